"""What must hold for the labelled texts, or the scores would say less than they seem to."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest
from scipy.sparse import csr_matrix, triu

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
    places = {word: place for place, word in enumerate(sorted(frozenset().union(*words)))}
    rows_of_words = [(row, places[word]) for row, its in enumerate(words) for word in its]
    presence = csr_matrix((np.ones(len(rows_of_words)), np.transpose(rows_of_words)), (len(words), len(places)))
    pairs = triu(presence @ presence.T, k=1).tocoo()
    sizes = np.array([len(its) for its in words])
    splits = np.array([text.split for text in texts])
    limits = np.where(splits[pairs.row] != splits[pairs.col], ALIKE, NEARLY_EQUAL)
    alike = pairs.data >= limits * (sizes[pairs.row] + sizes[pairs.col] - pairs.data)
    copies = [(texts[one].id, texts[other].id) for one, other in zip(pairs.row[alike], pairs.col[alike], strict=True)]
    assert copies == []


def test_texts_are_varied(texts):
    """Not templates with slots: no four words begin more than one text in a hundred, lengths differ widely."""
    openings = Counter(" ".join(text.text.lower().split()[:4]) for text in texts if len(text.text.split()) > 4)
    assert max(openings.values()) <= len(texts) / 100
    lengths = sorted(len(text.text) for text in texts)
    assert lengths[len(lengths) // 10] < 35
    assert lengths[-len(lengths) // 10] > 75
    assert lengths[-1] > 200
