"""The published rule for free text (docs/adr/0033), read from the two seeds that are the model."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

SEEDS = Path(__file__).resolve().parents[3] / "dbt" / "seeds"
BUCKETS = ("Network (Latency)", "Incorrect Billing", "Bad Customer Service", "Unclassified")
UNCLASSIFIED = BUCKETS[3]
NOT_A_COMPLAINT = 3
MOST_TOKENS = 200
MOST_MATCHED = 5

# What stands for an ASCII character: letters, signs, feelings (^ angry, ~ happy, | sad).
REPLACED = {
    **dict(zip("ÀÁÂÃÄÅàáâãäåÇçÈÉÊËèéêëÌÍÎÏìíîïÑñÒÓÔÕÖØ", "AAAAAAaaaaaaCcEEEEeeeeIIIIiiiiNnOOOOOO", strict=True)),
    **dict(zip("òóôõöøÙÚÛÜùúûüÝýÿŠšŽžŁłẸẹỌọṢṣẠạỊịỤụ", "ooooooUUUUuuuuYyySsZzLlEeOoSsAaIiUu", strict=True)),
    **dict(zip("ĄąĆćĘęŃńŚśŹźŻż", "AaCcEeNnSsZzZz", strict=True)),
    **dict(zip("’‘`´“”–—£€₦₵₹¥¿¡？！", "''''\"\"--$$$$$$?!?!", strict=True)),  # noqa: RUF001
    **dict.fromkeys("^~|", " "),
    **dict.fromkeys("😡😠🤬👎😤🖕💩😒🙄🤡😑", "^"),
    **dict.fromkeys("👍😊😀😃😄😁🙂😍🥰❤💖🎉👏🔥😎💯🥳🫶🤗", "~"),
    **dict.fromkeys("😭😢😞😔😩😫💀🥺", "|"),
    **dict.fromkeys("\u0300\u0301\u0302\u0303\u0308\u0323\u0327\u00ad\u200b\u200c\u200d\ufe0f\ufeff", ""),
}
MARKERS = {"?": " ASK ", "!": " BANG ", "^": " ANGRY ", "~": " HAPPY ", "|": " SAD "}


class Reading(NamedTuple):
    bucket: str
    is_complaint: bool | None
    score: int | None
    margin: int | None
    matched_terms: str | None


NOTHING = Reading(UNCLASSIFIED, None, None, None, None)


@cache
def model() -> tuple[dict[str, str], dict[str, tuple[int, ...]]]:
    with (SEEDS / "classifier_words.csv").open(newline="", encoding="utf-8") as file:
        concepts = dict(list(csv.reader(file))[1:])
    with (SEEDS / "classifier_terms.csv").open(newline="", encoding="utf-8") as file:
        weights = {term: tuple(map(int, rest)) for term, *rest in list(csv.reader(file))[1:]}
    return concepts, weights


def tokens(text: str) -> list[str]:
    ascii_only = "".join(REPLACED.get(c, c if " " <= c <= "~" else " ") for c in text)
    rest = ascii_only.lower().replace("'", "")
    rest = re.sub(r"(?:https?:|www\.)[^ ]*", " URL ", rest)
    rest = re.sub(r"[^ ]*@[^ ]*", " ", rest)
    rest = re.sub(r"[a-z0-9-]+\.[a-z.]*/[^ ]*", " URL ", rest)
    rest = re.sub(r"[0-9]+(?:[.,:/-][0-9]+)*", "0", rest)
    rest = re.sub(r"\$ *0", " MONEY ", rest)
    rest = re.sub(r"0 *\$", " MONEY ", rest)
    rest = re.sub(r"[?!^~|]", lambda sign: MARKERS[sign[0]], rest)
    return re.findall(r"[a-zA-Z0]+", rest)[:MOST_TOKENS]


def terms(text: str) -> set[str]:
    concepts, _ = model()
    found, previous = set(), "START"
    for token in tokens(text):
        found.add(token)
        concept = concepts.get(token, token)
        if concept != "-":
            found |= {concept, f"{previous} {concept}"}
            previous = concept
    return found


@cache
def classify(text: str | None) -> Reading:
    _, weights = model()
    known = {term: weights[term] for term in terms(text or "") if term in weights and not term.startswith("(")}
    if not known:
        return NOTHING
    totals = [sum(column) for column in zip(weights["(always)"], *known.values(), strict=True)]
    best, second = sorted(range(4), key=lambda place: (-totals[place], place))[:2]
    margin, needed = totals[best] - totals[second], weights["(margin)"][best]
    if best == NOT_A_COMPLAINT:
        bucket, is_complaint = UNCLASSIFIED, False if margin >= needed else None
    else:
        bucket = BUCKETS[best] if margin >= needed else UNCLASSIFIED
        is_complaint = True if totals[best] - totals[NOT_A_COMPLAINT] >= needed else None
    lead = {term: row[best] - row[second] for term, row in known.items() if row[best] > row[second]}
    matched = sorted(lead, key=lambda term: (-lead[term], term))[:MOST_MATCHED]
    return Reading(bucket, is_complaint, totals[best], margin, ", ".join(matched) or None)
