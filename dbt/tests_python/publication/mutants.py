"""Steps of the suppression taken away one at a time, each with the population that shows what it is there for."""

from __future__ import annotations

MEMBERS, PAIRS, RECTANGLES = "int_publication_members", "int_publication_pairs", "int_publication_rectangles"
STRONG = "has_enough_customers and complaints - known_complaints >= 10 as is_strong"

# what is missing: (population, [(model, what it says, what it says without the step)])
MUTANTS = {
    "customers, since complaints are counted": (
        "one customer with many complaints",
        [(model, "else counted_customers.customers >= 10", "else true") for model in (MEMBERS, PAIRS)],
    ),
    "a second member beside the small one": (
        "a tiny state",
        [(MEMBERS, "(is_small or position = 1)", "is_small")],
    ),
    "that channels hide all or none": (
        "a new channel of fifteen",
        [(MEMBERS, "or attribute = 'channel'", "")],
    ),
    "that resolution times hide among themselves": (
        "twelve measured, and unknown calls",
        [(MEMBERS, "when left(checked_counts.outer_member, 11) = 'resolved in' then 'resolution time'", "")],
    ),
    "that kinds are not merged with each other": (
        "small times, and small others in all channels",
        [(MEMBERS, "is_attribute_published and kind = 'resolution time'", "false")],
    ),
    "that free text is of its own kind": (
        "twelve calls of another category",
        [(MEMBERS, "when checked_counts.outer_member = '(free text)' then 'free text'", "")],
    ),
    "that an attribute given up has no names": (
        "twelve states of one",
        [(MEMBERS, "given_up.attribute is null as is_attribute_published", "true as is_attribute_published")],
    ),
    "room in a table for a member spread over all": (
        "eleven of another category",
        [
            (MEMBERS, "10 + coalesce(required.known_complaints, 1)", "0"),
            (RECTANGLES, STRONG, "has_enough_customers as is_strong"),
        ],
    ),
    "complementary cells": (
        "one small cell",
        [
            ("int_publication_cells", " or pairs.inner_member = rectangles.partner_inner", ""),
            ("int_publication_cells", " or pairs.outer_member = rectangles.partner_outer", ""),
        ],
    ),
    "complementary cells that are large": (
        "two small cells in a row",
        [(RECTANGLES, STRONG, "true as is_strong")],
    ),
    "complementary cells of many customers": (
        "two loud customers in a row",
        [(RECTANGLES, STRONG, "complaints - known_complaints >= 10 as is_strong")],
    ),
    "that a table which cannot be hidden is withheld": (
        "thin states",
        [
            (
                "int_publication_tables",
                "judged.unprotected_cells = 0 and coalesce(towards_root.unprotected_cells, 0) = 0 as is_published",
                "true as is_published",
            )
        ],
    ),
    "customers of a state behind its rate": (
        "a state of complaints with few customers",
        [
            (
                "int_publication_rates",
                "and coalesce(customers_by_state.customers, 0) >= 10 as may_be_shown",
                "as may_be_shown",
            )
        ],
    ),
    "a second state without rate": (
        "a state of complaints with few customers",
        [("int_publication_rates", "or (needs_another and position = 1)", "")],
    ),
}
