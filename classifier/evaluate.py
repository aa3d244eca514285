"""Measures the committed classifier on texts it was not trained on and writes docs/data/classifier-report.md."""

from __future__ import annotations

import numpy as np
from sklearn.model_selection import GroupKFold

from metrics import ABSTAINED, predicted, scores
from model import totals, train
from report import Evaluated, report
from texts import LABELS, REPOSITORY, SPLITS, Labelled, classify, generator_messages, labelled, terms_of
from train import read_weights

REPORT = REPOSITORY / "docs/data/classifier-report.md"
FOLDS = 8
MARGINS = (0, 100, 200, 300, 400, 500, 600, 800)
LABEL_OF_INTENT = {"network": "network", "billing": "billing", "service": "service"}


def evaluated(texts: list[Labelled]) -> Evaluated:
    """Texts read by the classifier as it runs."""
    answers = classify([text.text for text in texts])
    return Evaluated(
        labels=np.array([LABELS.index(text.label) for text in texts]),
        predictions=np.array([predicted(answer) for answer in answers]),
        complaint=[answer["isComplaint"] for answer in answers],
        authors=[text.author for text in texts],
    )


def held_out(split: str) -> Evaluated:
    return evaluated(labelled(split))


def generator() -> Evaluated:
    """The generator's messages, written by somebody else for another purpose."""
    return evaluated(
        [
            Labelled(f"g-{place}", "generator", LABEL_OF_INTENT.get(intent, "not_complaint"), text, "generator")
            for place, (intent, text) in enumerate(generator_messages())
        ]
    )


def cross_validated() -> dict[int, dict[str, float]]:
    """Scores by margin on train and dev, each author's texts judged by a model that has not seen that author."""
    texts = labelled("train", "dev")
    terms = terms_of([text.text for text in texts])
    labels = np.array([LABELS.index(text.label) for text in texts])
    sums = np.zeros((len(texts), len(LABELS)), dtype=np.int64)
    for seen, unseen in GroupKFold(FOLDS).split(terms, labels, [text.author for text in texts]):
        weights = train(
            [terms[place] for place in seen],
            [texts[place].label for place in seen],
            [texts[place].author for place in seen],
        )
        sums[unseen] = totals(weights, [terms[place] for place in unseen])
    ordered = np.sort(sums, axis=1)
    lead = ordered[:, -1] - ordered[:, -2]
    return {margin: scores(labels, np.where(lead >= margin, sums.argmax(axis=1), ABSTAINED)) for margin in MARGINS}


def written() -> str:
    """The report's text."""
    return report(
        splits={split: labelled(split) for split in SPLITS},
        terms=len(read_weights()) - 2,
        test=held_out("test"),
        fresh=held_out("fresh"),
        others=held_out("others"),
        generator=generator(),
        by_margin=cross_validated(),
    )


def main() -> None:
    REPORT.write_text(written())
    for split in ("test", "fresh", "others"):
        found = held_out(split)
        for name, value in scores(found.labels, found.predictions).items():
            print(f"{name} on {split}: {value:.3f}")
    print(f"→ {REPORT.relative_to(REPOSITORY)}")


if __name__ == "__main__":
    main()
