"""The fact and the dimensions."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from ..classifier import UNCLASSIFIED
from ..compare import Expected
from ..holidays import federal_holidays
from ..seeds import CATEGORIES
from ..versions import CHANNELS
from ..working_days import FIRST_DAY, LAST_DAY
from ..world import World


def channels(_: World) -> Expected:
    names = {"call_centre": "Call centre", "social_media": "Social media", "web_form": "Web form", "sms": "SMS"}
    rows = [{"channel": channel, "channel_name": names[channel], "sources": s} for s, channel in CHANNELS.items()]
    return Expected(pd.DataFrame(rows), ("channel",))


def categories(world: World) -> Expected:
    rows = [{"category": one, "complaint_bucket": bucket, "is_known": True} for one, bucket in CATEGORIES.items()]
    unknown = world.fact.category[world.fact.is_unknown_category.astype(bool)].unique()
    rows += [{"category": one, "complaint_bucket": UNCLASSIFIED, "is_known": False} for one in unknown]
    return Expected(pd.DataFrame(rows), ("category",))


def calendar() -> pd.DataFrame:
    """Every day of the calendar, with its working days counted."""
    holidays = federal_holidays(FIRST_DAY.year, LAST_DAY.year)
    rows, number = [], 0
    for offset in range((LAST_DAY - FIRST_DAY).days + 1):
        day = FIRST_DAY + dt.timedelta(days=offset)
        is_weekend = day.isoweekday() > 5
        number += not is_weekend and day not in holidays
        rows.append(
            {
                "date_day": day,
                "year_number": day.year,
                "quarter_number": (day.month + 2) // 3,
                "month_number": day.month,
                "month_start_date": day.replace(day=1),
                "week_start_date": day - dt.timedelta(days=day.weekday()),
                "iso_weekday": day.isoweekday(),
                "weekday_name": day.strftime("%A"),
                "is_weekend": is_weekend,
                "is_federal_holiday": day in holidays,
                "holiday_name": holidays.get(day),
                "is_working_day": not is_weekend and day not in holidays,
                "working_day_number": number,
            }
        )
    return pd.DataFrame(rows, dtype=object)


MARTS = {
    "fct_complaints": lambda world: Expected(world.fact, ("complaint_key",)),
    "dim_customers": lambda world: Expected(world.dim_customers, ("customer_key",)),
    "dim_agents": lambda world: Expected(world.dim_agents, ("agent_key", "version_number")),
    "dim_channels": channels,
    "dim_complaint_categories": categories,
    "dim_dates": lambda _: Expected(calendar(), ("date_day",)),
}
