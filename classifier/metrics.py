"""What the report measures. Labels and predictions are places in LABELS; an abstention is predicted as ABSTAINED."""

from __future__ import annotations

import numpy as np

from texts import LABELS

ABSTAINED = len(LABELS)
CLASS_OF_BUCKET = {"Network (Latency)": 0, "Incorrect Billing": 1, "Bad Customer Service": 2}


def predicted(classification: dict) -> int:
    """The class decided for; a complaint without a bucket is an abstention."""
    if classification["isComplaint"] is False:
        return LABELS.index("not_complaint")
    return CLASS_OF_BUCKET.get(classification["bucket"], ABSTAINED)


def confusion(labels: np.ndarray, predictions: np.ndarray) -> np.ndarray:
    """How many texts, by label (rows) and prediction (columns; the last: abstained)."""
    counts = np.zeros((len(LABELS), len(LABELS) + 1), dtype=np.int64)
    np.add.at(counts, (labels, predictions), 1)
    return counts


def precision_recall_f1(counts: np.ndarray) -> np.ndarray:
    """Of each label (rows), from a confusion matrix: abstentions count as missed; 0 in place of 0/0."""
    right = np.diag(counts).astype(float)
    found = counts[:, : len(LABELS)].sum(axis=0)
    there = counts.sum(axis=1)
    precision = np.divide(right, found, out=np.zeros_like(right), where=found > 0)
    recall = np.divide(right, there, out=np.zeros_like(right), where=there > 0)
    both = precision + recall
    f1 = np.divide(2 * precision * recall, both, out=np.zeros_like(right), where=both > 0)
    return np.stack([precision, recall, f1], axis=1)


def scores(labels: np.ndarray, predictions: np.ndarray) -> dict[str, float]:
    """macro-F1 counting abstentions as errors, macro-F1 of the decided, and the share decided."""
    counts = confusion(labels, predictions)
    decided = counts.copy()
    decided[:, ABSTAINED] = 0
    return {
        "macro_f1": float(precision_recall_f1(counts)[:, 2].mean()),
        "macro_f1_decided": float(precision_recall_f1(decided)[:, 2].mean()),
        "coverage": float((predictions != ABSTAINED).mean()),
    }


def bootstrap(labels: np.ndarray, predictions: np.ndarray, authors: list[str], samples: int = 2000) -> dict:
    """95 % intervals of the scores. Whole authors are drawn, since texts of one author are alike."""
    random = np.random.default_rng(20251120)
    names = sorted(set(authors))
    texts_of = [np.flatnonzero(np.array(authors) == name) for name in names]
    drawn = []
    for _ in range(samples):
        texts = np.concatenate([texts_of[place] for place in random.integers(len(names), size=len(names))])
        drawn.append(list(scores(labels[texts], predictions[texts]).values()))
    low, high = np.percentile(np.array(drawn), [2.5, 97.5], axis=0)
    names_of_scores = scores(labels, predictions)
    return {name: (low[place], high[place]) for place, name in enumerate(names_of_scores)}
