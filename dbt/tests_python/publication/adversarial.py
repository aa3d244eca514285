"""Populations made by hand: each would tell something if one step of the suppression were missing."""

from __future__ import annotations

from itertools import count

from publication.populations import FREE_TEXT, Population, Record

Group = tuple[int, str, str, str, str, str | None]


def crowd(name: str, groups: list[Group], **extra) -> Population:
    """Groups of complaints, each of a customer of its own: number, channel, month, category, resolution, state."""
    numbers = count()
    records, states = [], {}
    for size, channel, month, category, resolution, state in groups:
        for _ in range(size):
            customer = f"c{next(numbers)}"
            states[customer] = state
            records.append(Record(customer, channel, month, category, resolution))
    return Population(name, records, states, **extra)


def call(size: int, *, month="2025-09", category="Payments", resolution="unresolved", state="CA") -> Group:
    return size, "call_centre", month, category, resolution, state


def web(size: int, *, month="2025-09", category="Payments", resolution="unresolved", state="CA") -> Group:
    return size, "web_form", month, category, resolution, state


def sms(size: int, *, month="2025-09", state="CA") -> Group:
    return size, "sms", month, FREE_TEXT, FREE_TEXT, state


def in_every_cell(size: int) -> list[Group]:
    """Two channels, two months, two categories, two resolutions, two states, in all combinations."""
    return [
        group(size, month=month, category=category, resolution=resolution, state=state)
        for group in (call, web)
        for month in ("2025-09", "2025-10")
        for category in ("Payments", "Network Failure")
        for resolution in ("unresolved", "unknown")
        for state in ("CA", "NY")
    ]


def everything() -> list[Population]:
    plenty = in_every_cell(20)
    outcomes = [web(30, resolution=f"resolved in {days} days") for days in ("01", "07", "30")] + [
        call(30, resolution="resolved, not measured"),
        call(30, resolution="(none)"),
        web(30, category="(none)"),
    ]
    return [
        Population("nothing at all", [], {}),
        crowd("nine customers", [call(9)]),
        crowd("ten customers of one kind", [call(10)]),
        crowd("a hundred customers of one kind", [call(100)]),
        crowd("all is large", plenty),
        with_more("one customer with many complaints", plenty, "WY", [("loud", 500, "call_centre", "Router Delivery")]),
        with_more("customers unknown", plenty, None, [(None, 40, "web_form", "Router Delivery")]),
        with_more(
            "two loud customers in a row",
            [*plenty, call(300, category="Router Delivery"), call(300, category="(other)")],
            "CA",
            [("loud", 50, "web_form", "Router Delivery"), ("louder", 60, "web_form", "(other)")],
        ),
        crowd("one small cell", [*plenty, call(3, category="Router Delivery"), web(60, category="Router Delivery")]),
        crowd(
            "two small cells in a row",
            [
                *plenty,
                *(
                    group
                    for category in ("Router Delivery", "(other)")
                    for group in (call(60, category=category), web(2, category=category))
                ),
            ],
        ),
        crowd("a tiny state", [*plenty, call(4, state="WY")]),
        crowd("two tiny states", [*plenty, call(4, state="WY"), web(3, state="VT")]),
        crowd("twelve states of one", [call(1, state=f"{letter}X") for letter in "ABCDEFGHIJKL"]),
        crowd("thin states", [call(3, month=f"2025-{m:02}", state=f"{s}X") for m in range(1, 9) for s in "ABCDEF"]),
        crowd(
            "thin states beside large ones",
            [*plenty, *(call(2, month=f"2025-{m:02}", state=s) for m in range(1, 9) for s in ("CA", "TX"))],
        ),
        crowd("a small member spread over all", [*plenty, call(5, category="(other)"), web(6, category="(other)")]),
        crowd("eleven of another category", [*plenty, call(1, category="(other)"), web(10, category="(other)")]),
        crowd("twelve calls of another category", [*plenty, call(12, category="(other)"), sms(40)]),
        crowd("a month for each", [*plenty, *(call(1, month=f"2031-{m:02}", state="WY") for m in range(1, 12))]),
        crowd("one month", [call(40), web(30), web(3, category="(none)"), call(30, category="(none)"), sms(30)]),
        crowd("one channel", [call(60), call(40, category="(other)"), call(4, resolution="unknown", state="WY")]),
        crowd("a new channel", [*plenty, sms(5)]),
        crowd("a new channel of fifteen", [*plenty, *outcomes, sms(15)]),
        crowd("text and a few without category", [*plenty, sms(300), call(3, category="(none)")]),
        crowd("text and a few without status", [*plenty, sms(300), web(4, resolution="(none)")]),
        crowd(
            "twelve measured, and unknown calls",
            [call(400), web(400), call(20, resolution="unknown"), web(12, resolution="resolved in 07 days"), sms(40)],
        ),
        crowd(
            "small times, and small others in all channels",
            [
                call(400),
                web(400),
                call(3, resolution="unknown"),
                web(30, resolution="unknown"),
                call(2, resolution="(none)"),
                web(3, resolution="(none)"),
                web(15, resolution="resolved in 01 days"),
                *(web(1, resolution=f"resolved in {days:02} days") for days in range(2, 12)),
            ],
        ),
        crowd(
            "few calls resolved", [*plenty, *outcomes, call(4, resolution="resolved, not measured", month="2025-10")]
        ),
        crowd("a channel that began late", [*plenty, sms(300, month="2025-10"), sms(4)]),
        crowd(
            "a state of complaints with few customers",
            [*plenty, call(15, state="WY")],
            inferred={f"c{number}" for number in range(646, 655)},
        ),
        crowd("no months", [call(30, month="(none)"), web(30, month="(none)"), call(2)]),
    ]


def with_more(
    name: str, groups: list[Group], state: str | None, more: list[tuple[str | None, int, str, str]]
) -> Population:
    """A crowd, and a few who complain again and again: customer (None: unknown), number, channel, category."""
    population = crowd(name, groups)
    for customer, number, channel, category in more:
        population.records += [Record(customer, channel, "2025-09", category, "unresolved")] * number
        if customer:
            population.states[customer] = state
    return population
