"""The labelled texts, and what the platform's own tokeniser and classifier make of texts."""

from __future__ import annotations

import csv
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
LABELS = ("network", "billing", "service", "not_complaint")
SPLITS = ("train", "dev", "test", "fresh", "others")


@dataclass(frozen=True)
class Labelled:
    id: str
    author: str
    label: str
    text: str
    split: str


def labelled(*splits: str) -> list[Labelled]:
    """The texts of these splits, in the order of their files."""
    return [Labelled(**row, split=split) for split in splits for row in rows(HERE / "labelled" / f"{split}.csv")]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def terms_of(texts: list[str]) -> list[list[str]]:
    """The terms of each text, by shared/classification."""
    return _read("terms", texts)


def classify(texts: list[str]) -> list[dict]:
    """bucket, isComplaint, score, margin and matchedTerms of each text, by shared/classification."""
    return _read("classify", texts)


def generator_messages() -> list[tuple[str, str]]:
    """Intent and text of every message that local/generator knows."""
    return [(intent, text) for intent, text in _read("generator", [])]


def _read(what: str, texts: list[str]) -> list:
    node = str(REPOSITORY / "node_modules" / ".bin" / "node")
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    result = subprocess.run(
        [node, str(REPOSITORY / "local/classifier/read-texts.ts"), what],
        input=lines,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise RuntimeError(f"read-texts.ts {what} failed:\n{result.stderr}")
    return [json.loads(line) for line in result.stdout.splitlines()]
