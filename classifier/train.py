"""
Trains the classifier on the labelled texts of train and dev and writes the reviewed file of weights,
dbt/seeds/classifier_terms.csv, with the copies that TypeScript bundles. The same texts
give the same file; it takes seconds.
"""

from __future__ import annotations

import csv
import io
import json

from model import ALWAYS, DECISION_MARGIN, MARGIN, Weights, train
from texts import LABELS, REPOSITORY, labelled, rows, terms_of

TERMS = REPOSITORY / "dbt/seeds/classifier_terms.csv"
WORDS = REPOSITORY / "dbt/seeds/classifier_words.csv"
GENERATED = REPOSITORY / "shared/classification/generated"


def trained() -> Weights:
    texts = labelled("train", "dev")
    weights = train(
        terms_of([text.text for text in texts]), [text.label for text in texts], [text.author for text in texts]
    )
    return {MARGIN: (DECISION_MARGIN,) * len(LABELS), ALWAYS: weights.pop(ALWAYS), **weights}


def terms_csv(weights: Weights) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["term", *LABELS])
    writer.writerows([term, *row] for term, row in weights.items())
    return file.getvalue()


def read_weights() -> Weights:
    """The weights as committed."""
    return {row["term"]: tuple(int(row[label]) for label in LABELS) for row in rows(TERMS)}


def terms_json(weights: Weights) -> str:
    return _json_lines({term: list(row) for term, row in weights.items()})


def words_json() -> str:
    return _json_lines({row["word"]: row["concept"] for row in rows(WORDS)})


def _json_lines(record: dict[str, object]) -> str:
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in record.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> None:
    (GENERATED / "words.json").write_text(words_json())  # first: training reads texts with them
    weights = trained()
    TERMS.write_text(terms_csv(weights))
    (GENERATED / "terms.json").write_text(terms_json(weights))
    print(f"{len(weights) - 2} terms → {TERMS.relative_to(REPOSITORY)}")


if __name__ == "__main__":
    main()
