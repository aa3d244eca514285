"""Fits the linear model and brings it into the form in which it is reviewed: whole thousandths, few terms."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from texts import LABELS

ALWAYS = "(always)"
MARGIN = "(margin)"

# Strength of the L2 regularisation; how often and by how many people a term must have been written, which keeps
# what only one person writes (names, places) out; and what it must weigh to stay. See docs/adr/0033.
INVERSE_REGULARISATION = 0.5
LEAST_TEXTS = 2
LEAST_AUTHORS = 3
LEAST_WEIGHT = 0.1
MOST_TERMS = 6000
# By how much, in thousandths, a class must be ahead to be decided for; chosen by cross-validation, see the report.
DECISION_MARGIN = 600

Weights = dict[str, tuple[int, ...]]


def train(terms: list[list[str]], labels: list[str], authors: list[str]) -> Weights:
    """Weights of each term for each label, in thousandths. Deterministic."""
    candidates = _written_by_several(terms, authors)
    fitted = _fit(terms, labels, candidates)
    lead = {term: max(row) - sorted(row)[-2] for term, row in fitted.items()}
    kept = sorted(
        (term for term in candidates if max(map(abs, fitted[term])) >= LEAST_WEIGHT),
        key=lambda term: (-lead[term], term),
    )
    fitted = _fit(terms, labels, sorted(kept[:MOST_TERMS]))
    return {term: tuple(round(1000 * weight) for weight in row) for term, row in sorted(fitted.items())}


def totals(weights: Weights, terms: list[list[str]]) -> np.ndarray:
    """The sums of the weights, by text (rows) and label, as whole numbers."""
    return np.array(
        [np.sum([weights[term] for term in found if term in weights], axis=0) for found in terms], dtype=np.int64
    )


def _written_by_several(terms: list[list[str]], authors: list[str]) -> list[str]:
    texts: dict[str, int] = defaultdict(int)
    writers: dict[str, set[str]] = defaultdict(set)
    for found, author in zip(terms, authors, strict=True):
        for term in found:
            texts[term] += 1
            writers[term].add(author)
    return sorted(
        term for term in texts if texts[term] >= LEAST_TEXTS and len(writers[term]) >= LEAST_AUTHORS and term != ALWAYS
    )


def _fit(terms: list[list[str]], labels: list[str], kept: list[str]) -> dict[str, np.ndarray]:
    """Multinomial logistic regression on the presence of terms, every label counting the same."""
    places = {term: place for place, term in enumerate(kept)}
    columns = [[places[term] for term in found if term in places] for found in terms]
    presence = csr_matrix(
        (
            np.ones(sum(map(len, columns))),
            np.array([place for found in columns for place in found], dtype=np.int32),
            np.cumsum([0, *map(len, columns)]),
        ),
        shape=(len(terms), len(kept)),
    )
    regression = LogisticRegression(
        C=INVERSE_REGULARISATION, class_weight="balanced", solver="newton-cg", tol=1e-9, max_iter=500
    )
    regression.fit(presence, np.array([LABELS.index(label) for label in labels]))
    weights = regression.coef_ - regression.coef_.mean(axis=0)
    always = regression.intercept_ - regression.intercept_.mean()
    return {term: weights[:, place] for term, place in places.items()} | {ALWAYS: always}
