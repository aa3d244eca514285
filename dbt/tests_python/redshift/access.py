"""Roles, grants and masks as they follow from the statements that are really run.

`AccessModel.apply` takes every statement about access in the order in which Redshift gets them and fails where Redshift
would: an unknown role or policy, a policy attached twice, two policies of one priority. What a role can then read, and
whether masked or clear, is asked of the result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

NAME = r"\"?(\w+)\"?"
RELATION = r"(?:\"?\w+\"?\.)?\"?(?P<schema>\w+)\"?\.\"?(?P<table>\w+)\"?"
ABOUT_ACCESS = re.compile(
    r"(?:(?:create|alter|drop)\s+(?:role|user|group|(?:masking|rls)\s+policy)|grant|revoke|attach|detach"
    r"|alter\s+default\s+privileges)\b",
    re.IGNORECASE,
)
PRIVILEGES = {"usage", "create", "select", "insert", "update", "delete"}


@dataclass(frozen=True, order=True)
class Grantee:
    kind: str
    name: str


PUBLIC = Grantee("public", "public")


def role(name: str) -> Grantee:
    return Grantee("role", name)


@dataclass(frozen=True, order=True)
class Grant:
    """A privilege on a relation, or on a schema where `table` is empty."""

    grantee: Grantee
    privilege: str
    schema: str
    table: str = ""


@dataclass(frozen=True, order=True)
class Mask:
    policy: str
    schema: str
    table: str
    column: str
    grantee: Grantee
    priority: int = 0


@dataclass(frozen=True)
class Statement:
    kind: str
    name: str = ""
    member: str = ""
    shows: str = ""
    grants: tuple[Grant, ...] = ()
    mask: Mask | None = None


def parse_access(sql: str) -> Statement | None:
    """None for a statement about something else; ValueError for one about access of a form that is not known."""
    text = re.sub(r"\s+", " ", sql).strip().rstrip(";").strip()
    if not ABOUT_ACCESS.match(text):
        return None
    for pattern, meaning in FORMS:
        if match := pattern.fullmatch(text):
            return meaning(match)
    raise ValueError(f"a statement about access of a form that is not known: {text[:120]}")


@dataclass
class AccessModel:
    roles: set[str] = field(default_factory=set)
    system_roles: set[tuple[str, str]] = field(default_factory=set)
    policies: dict[str, str] = field(default_factory=dict)
    grants: set[Grant] = field(default_factory=set)
    masks: set[Mask] = field(default_factory=set)
    assume_role: list[str] = field(default_factory=list)

    def run(self, script: str) -> None:
        """Applies what a script of statements, each ending in `;` at the end of a line, says about access."""
        for sql in statements_in(script):
            statement = parse_access(sql)
            if statement is not None:
                self.apply(statement)

    def apply(self, statement: Statement) -> None:
        match statement.kind:
            case "create role":
                self._require(statement.name not in self.roles, f"role {statement.name} already exists")
                self.roles.add(statement.name)
            case "create policy":
                self._require(statement.name not in self.policies, f"policy {statement.name} already exists")
                self.policies[statement.name] = statement.shows
            case "grant role" | "revoke role":
                self._require_role(statement.member)
                change = self.system_roles.add if statement.kind == "grant role" else self.system_roles.discard
                change((statement.member, statement.name))
            case "assumerole":
                self.assume_role.append(statement.name)
            case "grant":
                for grant in statement.grants:
                    self._require_grantee(grant.grantee)
                    self.grants.add(grant)
            case "revoke":
                self.grants.difference_update(statement.grants)
            case "attach":
                self._attach(statement.mask)
            case "detach":
                found = {mask for mask in self.masks if replace(mask, priority=0) == statement.mask}
                self._require(bool(found), f"{statement.mask} is not attached")
                self.masks -= found

    def rename(self, schema: str, table: str, new_name: str) -> None:
        here = (schema, table)
        self.grants = {replace(g, table=new_name) if (g.schema, g.table) == here else g for g in self.grants}
        self.masks = {replace(m, table=new_name) if (m.schema, m.table) == here else m for m in self.masks}

    def drop(self, schema: str, table: str) -> None:
        here = (schema, table)
        self.grants = {grant for grant in self.grants if (grant.schema, grant.table) != here}
        self.masks = {mask for mask in self.masks if (mask.schema, mask.table) != here}

    def privileges(self, role_name: str, schema: str, table: str = "") -> set[str]:
        """What a role may do with a relation (or a schema), by itself or like everybody."""
        return self.held_by(role_name).get((schema, table), set())

    def held_by(self, role_name: str) -> dict[tuple[str, str], set[str]]:
        """Privileges by schema and relation (empty for the schema itself), as `privileges` tells them of each."""
        held: dict[tuple[str, str], set[str]] = {}
        for grant in self.grants:
            if grant.grantee in (role(role_name), PUBLIC):
                held.setdefault((grant.schema, grant.table), set()).add(grant.privilege)
        return held

    def may_select(self, role_name: str, schema: str, table: str) -> bool:
        return "usage" in self.privileges(role_name, schema) and "select" in self.privileges(role_name, schema, table)

    def sees(self, role_name: str, schema: str, table: str, column: str) -> str:
        """`clear` or `masked`: what the policy of the highest priority shows of a column to whoever has the role."""
        holders = {role(role_name), PUBLIC}
        here = [m for m in self.masks if m.column == column and m.table == table and m.schema == schema]
        here = [mask for mask in here if mask.grantee in holders]
        if not here:
            return "clear"
        strongest = max(here, key=lambda mask: mask.priority)
        return "clear" if self.policies[strongest.policy] == "value" else "masked"

    def _attach(self, mask: Mask) -> None:
        self._require_grantee(mask.grantee)
        self._require(mask.policy in self.policies, f"policy {mask.policy} does not exist")
        for other in self.masks:
            if (other.schema, other.table, other.column) == (mask.schema, mask.table, mask.column):
                self._require(other.grantee != mask.grantee, f"{mask.grantee} has a policy on {mask.column} already")
                self._require(
                    other.policy == mask.policy or other.priority != mask.priority,
                    f"{mask.column} has another policy of priority {mask.priority}",
                )
        self.masks.add(mask)

    def _require_grantee(self, grantee: Grantee) -> None:
        if grantee.kind == "role":
            self._require_role(grantee.name)

    def _require_role(self, name: str) -> None:
        self._require(name in self.roles, f"role {name} does not exist")

    @staticmethod
    def _require(holds: bool, message: str) -> None:
        if not holds:
            raise ValueError(message)


def statements_in(script: str) -> list[str]:
    """The statements of a script whose every statement ends in `;` at the end of a line; comment lines are left out."""
    text = re.sub(r"^--.*\n", "", script, flags=re.MULTILINE)
    return [part.strip() for part in re.split(r";\s*\n", text) if part.strip()]


def _grantees(text: str) -> list[Grantee]:
    return [_grantee(part) for part in text.split(",")]


def _grantee(text: str) -> Grantee:
    kind, _, name = text.strip().partition(" ")
    if kind.lower() == "public" and not name:
        return PUBLIC
    if kind.lower() == "role":
        return role(name.strip('"'))
    if not name:
        return Grantee("user", kind.strip('"'))
    raise ValueError(f"not a grantee: {text}")


def _grant(match: re.Match) -> Statement:
    found = match.groupdict()
    privileges = [privilege.strip().lower() for privilege in found["privileges"].split(",")]
    if not PRIVILEGES.issuperset(privileges):
        raise ValueError(f"not a privilege that is granted here: {', '.join(privileges)}")
    grants = tuple(
        Grant(grantee, privilege, found["schema"], found.get("table") or "")
        for privilege in privileges
        for grantee in _grantees(found["grantees"])
    )
    return Statement(found["verb"].lower(), grants=grants)


def _mask(match: re.Match) -> Statement:
    found = match.groupdict()
    mask = Mask(
        found["policy"],
        found["schema"],
        found["table"],
        found["column"],
        _grantee(found["grantee"]),
        int(found.get("priority") or 0),
    )
    return Statement(found["verb"].lower(), mask=mask)


def _form(pattern: str) -> re.Pattern:
    return re.compile(pattern, re.IGNORECASE)


FORMS = [
    (_form(rf"create role {NAME}"), lambda m: Statement("create role", m.group(1))),
    (_form(rf"grant role (sys:\w+) to role {NAME}"), lambda m: Statement("grant role", m.group(1), m.group(2))),
    (_form(rf"revoke role (sys:\w+) from role {NAME}"), lambda m: Statement("revoke role", m.group(1), m.group(2))),
    (_form(r"(?:grant|revoke) assumerole on .+"), lambda m: Statement("assumerole", m.group(0))),
    (
        _form(rf"create masking policy {NAME} with \(value [a-z]+(?:\(\d+\))?\) using \((?P<shows>.+)\)"),
        lambda m: Statement("create policy", m.group(1), shows=m.group("shows")),
    ),
    (
        _form(
            rf"(?P<verb>attach) masking policy (?P<policy>\w+) on {RELATION} \((?P<column>\w+)\)"
            r" to (?P<grantee>[^,]+?)(?: priority (?P<priority>\d+))?"
        ),
        _mask,
    ),
    (
        _form(
            rf"(?P<verb>detach) masking policy (?P<policy>\w+) on {RELATION} \((?P<column>\w+)\)"
            r" from (?P<grantee>[^,]+)"
        ),
        _mask,
    ),
    (_form(r"(?P<verb>grant) (?P<privileges>[a-z, ]+) on schema \"?(?P<schema>\w+)\"? to (?P<grantees>.+)"), _grant),
    (_form(r"(?P<verb>revoke) (?P<privileges>[a-z, ]+) on schema \"?(?P<schema>\w+)\"? from (?P<grantees>.+)"), _grant),
    (_form(rf"(?P<verb>grant) (?P<privileges>[a-z, ]+) on (?:table )?{RELATION} to (?P<grantees>.+)"), _grant),
    (_form(rf"(?P<verb>revoke) (?P<privileges>[a-z, ]+) on (?:table )?{RELATION} from (?P<grantees>.+)"), _grant),
]
