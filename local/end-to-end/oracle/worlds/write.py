"""Writes a world as folders of sources, one per run, and what happened to them."""

from __future__ import annotations

from pathlib import Path

from ..foreign.draw import Draw
from ..foreign.files import write_calls, write_forms, write_posts, write_table, write_text
from .complaints import Complaints
from .messages import draw_inbox
from .people import Agents, customers_of_run, draw_customers
from .plan import Plan, draw_plan

FORMS = 3


def write_world(out: Path, seed: int) -> list[dict]:
    """Answers the history (see history.py)."""
    draw = Draw(seed)
    plan = draw_plan(draw)
    people = draw_customers(draw, plan)
    agents, complaints = Agents(draw, plan), Complaints(draw, plan, people)
    messages: list[str] = []
    steps: list[dict] = []
    for number, days in enumerate(plan.runs):
        folder = out / f"run-{number + 1}"
        if "customers" in plan.snapshots:
            write_table(folder / "customers" / "customers_dataset.csv", customers_of_run(draw, plan, people))
        if "agents" in plan.snapshots:
            write_table(folder / "agents" / "agents.csv", agents.of_run())
        for day in days:
            if "call_logs" in plan.sources:
                write_calls(folder, day, complaints.batch("call_logs", day), draw.randrange(FORMS))
            if "social_media" in plan.sources:
                write_posts(folder, day, complaints.batch("social_media", day))
            if "web_forms" in plan.sources:
                write_forms(folder, day, complaints.batch("web_forms", day))
            for hour in plan.hours if "sms" in plan.sources else ():
                inbox = draw_inbox(draw, plan, day, hour, people, messages)
                write_text(folder / "sms" / f"sms_inbox_{day}_{hour:02d}.txt", inbox)
        steps.append({"sources": str(folder.resolve()), "days": [day.isoformat() for day in sorted(days)]})
    withdrawn = withdrawals(draw, plan)
    if withdrawn:
        steps += [{"withdraw": one} for one in withdrawn] + steps[-1:]
    return steps


def withdrawals(draw: Draw, plan: Plan) -> list[list]:
    days = sorted({day for run in plan.runs for day in run})
    found = []
    for _ in range(plan.withdrawals):
        source = draw.choice(plan.sources)
        hour = draw.choice(plan.hours) if source == "sms" else -1
        found.append([source, draw.choice(days).isoformat(), hour])
    return found
