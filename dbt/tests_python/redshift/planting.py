"""Mistakes planted in a copy of the project, to see that its parity test would fail."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from warehouse import PROJECT

IGNORED = shutil.ignore_patterns("tests_python", "tests_syntax", "target", "logs", "*.lock", "__pycache__")


@dataclass(frozen=True)
class Mistake:
    """A text of the project, what stands there instead, and the models to build to see it."""

    path: str
    text: str
    instead: str
    models: str


AGENTS = "models/staging/agents/stg_agents.sql"
CUSTOMERS = "models/staging/customers/stg_customers.sql"
FACTS = "models/marts/complaints/fct_complaints.sql"
SENDERS = "models/intermediate/int_sms_senders.sql"

MISTAKES = {
    "integer division": Mistake(
        FACTS,
        "as bigint)\n        end as handle_seconds",
        "as bigint) / 7 * 7\n        end as handle_seconds",
        "fct_complaints",
    ),
    "null in concat": Mistake(
        "models/intermediate/int_agents.sql",
        "coalesce(agents.agent_name, '')\n        || chr(31) || coalesce(agents.experience, '')",
        "concat(agents.agent_name, agents.experience)",
        "int_agents",
    ),
    "a column too narrow for its values": Mistake(
        "models/restricted/agent_identities.yml",
        "data_type: varchar(1024)",
        "data_type: varchar(5)",
        "agent_identities",
    ),
    "a cast that cuts": Mistake(
        "models/restricted/agent_identities.sql",
        "cast(agents.agent_id as varchar(1024))",
        "cast(cast(agents.agent_id as varchar(5)) as varchar(1024))",
        "agent_identities",
    ),
    "only the first match replaced": Mistake(
        "macros/portable/text.sql",
        "'{{ pattern }}', '{{ replacement }}', 'g')",
        "'{{ pattern }}', '{{ replacement }}')",
        "stg_customers",
    ),
    "a window without frame": Mistake(
        "models/intermediate/int_agents.sql",
        "\n            rows between unbounded preceding and current row",
        "",
        "int_agents",
    ),
    "a function of DuckDB": Mistake(SENDERS, "min(customer_key)", "any_value(customer_key)", "int_sms_senders"),
    "text compared with blanks at its end": Mistake(
        AGENTS,
        "{{ spelling('states.state_name') }} = {{ spelling('typed.state') }}",
        "states.state_name = typed.state",
        "stg_agents",
    ),
    "a backslash": Mistake(CUSTOMERS, "' ,' || chr(10)", "' ,\\n'", "stg_customers"),
    "group by all": Mistake(SENDERS, "group by phone_digits", "group by all", "int_sms_senders"),
    "a boolean's maximum": Mistake(
        "models/intermediate/int_agents.sql",
        "min(case when is_known_state then 1 else 0 end) = 1 as is_known_state",
        "min(is_known_state) as is_known_state",
        "int_agents",
    ),
    "the average of integers": Mistake(
        "models/intermediate/int_agents.sql",
        "max(partition_number) as last_partition_number",
        "cast(avg(partition_number) as bigint) as last_partition_number",
        "int_agents",
    ),
    "qualify right after a table": Mistake(
        "models/restricted/agent_identities.sql", "as agents\n    qualify", "\n    qualify", "agent_identities"
    ),
    "a tagged column without its tag": Mistake(
        "models/restricted/agent_identities.yml",
        "description: Full name in the latest version.\n        config: {meta: {pii: direct_identifier}}",
        "description: Full name in the latest version.",
        "agent_identities",
    ),
    "a mask that is attached after the commit": Mistake(
        "dbt_project.yml",
        '+post-hook: "{{ mask_tagged_columns() }}"',
        '+post-hook: {sql: "{{ mask_tagged_columns() }}", transaction: false}',
        "agent_identities",
    ),
    "a grant too many": Mistake(
        "dbt_project.yml",
        '+grants: {select: ["role:pii_reader"]}',
        '+grants: {select: ["role:analyst"]}',
        "agent_identities",
    ),
}


def planted(mistake: Mistake, folder: Path) -> Path:
    """A copy of the project with the mistake in it."""
    copy = folder / "project"
    shutil.copytree(PROJECT, copy, ignore=IGNORED)
    path = copy / mistake.path
    text = path.read_text()
    assert mistake.text in text, f"{mistake.path} no longer has the text to replace"
    path.write_text(text.replace(mistake.text, mistake.instead))
    return copy
