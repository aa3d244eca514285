"""What must hold for the labelled texts, or the scores would say less than they seem to."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest

from texts import HERE, LABELS, SPLITS, labelled, rows, terms_of

ALIKE = 0.6
NEARLY_EQUAL = 0.8
WORD = re.compile(r"[a-z0A-Z]+\Z")


@pytest.fixture(scope="module")
def texts():
    return labelled(*SPLITS)


@pytest.fixture(scope="module")
def words(texts):
    """The set of words of each text, as the classifier reads them."""
    return [
        frozenset(term for term in found if WORD.match(term) and not term.isupper())
        for found in terms_of([text.text for text in texts])
    ]


def test_there_are_enough_and_every_label_is_known(texts):
    assert len(texts) >= 800
    assert {text.label for text in texts} == set(LABELS)
    for split in ("train", "test"):
        counts = Counter(text.label for text in texts if text.split == split)
        assert min(counts.values()) >= 70


def test_ids_and_texts_are_unique_and_not_empty(texts):
    assert len({text.id for text in texts}) == len(texts)
    assert len({text.text.lower().strip() for text in texts}) == len(texts)
    assert all(text.text.strip() for text in texts)


def test_every_author_is_in_one_split_the_one_that_is_written_down(texts):
    written = {row["author"]: row["split"] for row in rows(HERE / "labelled/authors.csv")}
    assert {(text.author, text.split) for text in texts} == set(written.items())
    assert all(text.id.startswith(f"{text.author}-") for text in texts)


def test_no_near_copies_straddle_the_splits_and_none_are_close_within(texts, words):
    """Jaccard similarity of the sets of words, of every pair of texts."""
    copies = []
    for (one, its), (other, others) in combinations(zip(texts, words, strict=True), 2):
        shared = len(its & others)
        together = len(its) + len(others) - shared
        limit = ALIKE if one.split != other.split else NEARLY_EQUAL
        if together > 0 and shared >= limit * together:
            copies.append((one.id, other.id))
    assert copies == []


def test_texts_are_varied(texts):
    """Not templates with slots: no four words begin more than one text in a hundred, lengths differ widely."""
    openings = Counter(" ".join(text.text.lower().split()[:4]) for text in texts if len(text.text.split()) > 4)
    assert max(openings.values()) <= len(texts) / 100
    lengths = sorted(len(text.text) for text in texts)
    assert lengths[len(lengths) // 10] < 25
    assert lengths[-len(lengths) // 10] > 75
    assert lengths[-1] > 200
