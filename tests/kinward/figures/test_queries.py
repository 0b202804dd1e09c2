from __future__ import annotations

import pytest
from django.utils import translation

from kinward.audit.context import acting
from kinward.figures import actions, queries
from kinward.figures.models import Tie
from kinward.figures.rules import Coding


def sentences(language="en"):
    with translation.override(language):
        return [
            told.sentence.replace("\u2068", "").replace("\u2069", "")
            for group in queries.groups()
            for told in group.told
        ]


def test_register_says_what_is_left_over(breakdown):
    [group] = queries.groups()

    assert sentences() == ["24 + 3 = 27 of 30: not accounted for in this source: 3."]
    assert group.heading == breakdown[0]
    assert [(one.written, one.feasible, one.told_by) for one in group.claims] == [
        ("30", "30", 1),
        ("24", "24", 1),
        ("3", "3", 1),
    ]


@pytest.mark.parametrize("language", ["ru", "ar"])
def test_sentences_are_told_in_every_language(breakdown, language):
    [told] = sentences(language)

    assert "24 + 3 = 27" in told
    assert "source" not in told


def test_links_follow_corrections(breakdown, source, editor, at):
    whole, *_parts = breakdown
    with acting(editor):
        corrected = actions.code_claim(
            source=source,
            coding=Coding(
                quote="30 children landed", operator="=", low=27, unit="children", words="they"
            ),
            corrects=whole,
            reason="Misread.",
            by=editor,
            at=at,
        )

    assert sentences() == ["24 + 3 = 27 of 27: it adds up."]
    assert queries.newest(whole) == corrected
    assert queries.history_of(corrected) == [whole]
    assert [(one.category, other) for _link, one, other in queries.links_of(corrected)] == [
        ("Dagestan", corrected),
        ("Chechnya", corrected),
    ]


def test_link_that_was_taken_back_says_nothing(breakdown, editor, at):
    for link, _one, _other in queries.links_of(breakdown[0]):
        with acting(editor):
            actions.take_back_link(link=link, by=editor, at=at)

    assert sentences() == []


def test_inbox_shows_what_to_look_at_the_worst_first(breakdown, make_source, make_claim):
    other = make_source("33 children landed.", outlet="Another")
    make_claim("33 children landed", 33, of=other)

    found = [told.verdict for told in queries.inbox()]

    assert found == ["contradicts", "residual"]
    assert all(one.impossible == (one.claim.low >= 30) for one in queries.groups()[0].claims) is (
        False
    )


@pytest.mark.parametrize(
    ("first", "second", "tie", "expected"),
    [
        ({}, {"low": 33}, "", "30 against 33: they cannot both be true."),
        ({}, {}, "", "30 and 30 agree."),
        (
            {"speaker": "a minister", "channel": "a post"},
            {"speaker": "a minister", "channel": "a post"},
            "",
            "30 and 30 are one statement, told twice: they count once.",
        ),
        (
            {"words": "planned for the flight", "low": 39},
            {"words": "on the flight", "low": 27},
            "",
            "Planned 39 and counted 27: a planned figure is no count. The difference is 12.",
        ),
        (
            {},
            {"unit": "names", "operator": ">"},
            Tie.CONTESTS,
            "30 against more than 30: different things are counted (children and names in a list).",
        ),
        (
            {},
            {"words": "from Iraq", "operator": "~"},
            Tie.CONTESTS,
            "30 against about 30: different people are meant (the event and nationality).",
        ),
        (
            {"dimension": "origin"},
            {"dimension": "sex"},
            Tie.CONTESTS,
            (
                "30 against 30: they are broken down by different things (by where they are from"
                " and by sex), so this is no contradiction."
            ),
        ),
        (
            {"words": "held", "as_of": "2018"},
            {"words": "held", "as_of": "2019"},
            Tie.CONTESTS,
            "30 against 30: they are of different times.",
        ),
        (
            {"words": "held since 2017", "as_of": "2018", "low": 40},
            {"words": "held since 2017", "as_of": "2019"},
            "",
            "40, then 30: a count that goes on cannot fall. The difference is 10.",
        ),
        (
            {"operator": "hundreds", "low": None},
            {"low": 4},
            "",
            "several hundred against 4: they cannot both be true.",
        ),
        (
            {"operator": "range", "low": 3, "high": 10, "unit": "age"},
            {"operator": "range", "low": 3, "high": 15, "unit": "age"},
            "",
            "3 to 10 against 3 to 15: they cannot both be true.",
        ),
        (
            {"words": "they", "operator": ">"},
            {"words": "some of them", "low": 4},
            Tie.PART_OF,
            "more than 30 of 4: more than the whole, by 27 or more.",
        ),
        (
            {"words": "they", "unit": "women"},
            {"words": "some of them", "low": 40},
            Tie.PART_OF,
            "30 of 40: different things are counted.",
        ),
        (
            {"words": "to be flown"},
            {"words": "returned", "low": 40},
            Tie.PART_OF,
            "30 of 40: planned and counted figures are not added up.",
        ),
        (
            {"words": "they"},
            {"words": "some of them", "low": 40},
            Tie.PART_OF,
            "30 of 40: not accounted for in all sources together: 10.",
        ),
    ],
)
def test_sentence_says_what_claims_come_to(
    make_source, make_claim, make_link, first, second, tie, expected
):
    one = make_claim(**{"low": 30} | first)
    other = make_claim(of=make_source(outlet="Another"), **{"low": 30} | second)
    if tie:
        make_link(one, other, tie)

    assert sentences() == [expected]


def test_conflict_of_many_is_told(make_claim, make_link):
    top = make_claim(low=10, words="all")
    middle = make_claim(low=1, words="some", operator=">=")
    low = make_claim(low=12, words="few")
    beside = make_claim(low=0, words="none", operator=">=")
    make_link(middle, top)
    make_link(beside, top)
    make_link(low, middle)

    assert "10 and 12: they cannot all be true." not in sentences()
    assert "10 against 12: they cannot both be true." in sentences()
