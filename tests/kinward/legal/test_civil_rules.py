"""What laws ask, what treaties say, what follows from claims and evidence: no database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinward.casework.tracks import Civil
from kinward.legal.models import Answer, LawAsks, Legalised, Outcome, Protection, Question, Standard
from kinward.legal.rules import (
    BIRTH_FOLLOWS,
    FORMALITY_FOLLOWS,
    LawRule,
    accepted,
    fits,
    is_contested,
    next_due,
    outcome,
    packs,
    proof,
    protection,
    step_of_claims,
    treaties,
    unanswered,
)

DAY = date(2018, 11, 1)
BORN = (date(2014, 1, 1), date(2014, 12, 31))
RULES = [rule for pack in packs().values() for rule in pack.rules]
facts = st.dictionaries(st.sampled_from(LawAsks.values), st.booleans())
claims = st.lists(st.sampled_from(list(Answer)), max_size=4)


def test_every_pack_says_whose_law_it_is_and_that_it_is_no_advice():
    assert set(packs()) == {"RU", "IQ", "SY", "TJ", "KZ", "UZ", "BE", "GB", "FR", "DE"}
    for country, pack in packs().items():
        assert pack.country == country
        assert pack.notice.startswith("Not legal advice")
        assert all([pack.act, pack.version, pack.left_out, pack.valid_from, pack.rules])
        assert bool(pack.reviewed_by) is bool(pack.reviewed_on)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_its_article_and_asks_for_known_facts(rule):
    assert rule.article
    assert rule.needs
    assert {fact for group in rule.needs for fact in group} <= set(LawAsks.values)
    assert rule.births_until is None or rule.births_from <= rule.births_until


def test_every_standard_of_proof_has_a_source():
    standards = proof()["standards"]

    assert {each["id"] for each in standards} == set(Standard.values)
    assert all(each["source"] and each["asked_by"] for each in standards)


@given(rule=st.sampled_from(RULES), known=facts)
def test_nothing_follows_but_from_facts_that_hold(rule, known):
    found = outcome(rule, known, BORN)

    shown = all(any(known.get(fact) for fact in group) for group in rule.needs)
    assert (found.outcome == Outcome.FOLLOWS) <= shown
    assert bool(found.missing) is (found.outcome == Outcome.NEEDS)
    assert all(known.get(fact) is None for group in found.missing for fact in group)


@given(rule=st.sampled_from(RULES), known=facts, fact=st.sampled_from(LawAsks.values))
def test_what_is_shown_besides_takes_nothing_away(rule, known, fact):
    before = outcome(rule, known, BORN)
    after = outcome(rule, known | {fact: True}, BORN)

    assert (before.outcome == Outcome.FOLLOWS) <= (after.outcome == Outcome.FOLLOWS)
    assert len(after.missing) <= len(before.missing) or before.outcome == Outcome.NOT_BY_IT


def test_siblings_differ_where_their_facts_do():
    rules = {rule.id: rule for rule in packs()["RU"].rules}
    mother = {"mother_national": True}

    alone = outcome(rules["one-parent-other-none"], mother | {"other_none": True}, BORN)
    foreign = outcome(rules["one-parent-other-foreign"], mother | {"born_there": False}, BORN)

    assert alone.outcome == Outcome.FOLLOWS
    assert (foreign.outcome, foreign.missing) == (Outcome.NEEDS, (("else_none",),))


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (BORN, Outcome.NEEDS),
        (None, Outcome.UNKNOWN),
        ((date(2023, 1, 1), date(2024, 1, 1)), Outcome.UNKNOWN),
        ((date(2024, 1, 1), date(2024, 1, 1)), Outcome.NOT_BY_IT),
        ((date(2001, 1, 1), date(2002, 6, 30)), Outcome.NOT_BY_IT),
        ((date(2023, 10, 26), date(2023, 10, 26)), Outcome.NOT_BY_IT),
        ((date(2002, 7, 1), date(2023, 10, 25)), Outcome.NEEDS),
    ],
)
def test_a_law_is_about_births_of_its_own_days(born, expected):
    rule = packs()["RU"].rules[0]

    assert outcome(rule, {}, born).outcome == expected
    assert outcome(LawRule(id="", basis="", article="", needs=()), {}, born).outcome == (
        Outcome.FOLLOWS
    )


@pytest.mark.parametrize(
    ("born", "acts"),
    [
        ((date(2023, 10, 25), date(2023, 10, 25)), {"Federal Law No. 62-FZ"}),
        ((date(2023, 10, 26), date(2023, 10, 26)), {"Federal Law No. 138-FZ"}),
        (
            (date(2023, 1, 1), date(2023, 12, 31)),
            {"Federal Law No. 62-FZ", "Federal Law No. 138-FZ"},
        ),
        (None, {"Federal Law No. 62-FZ", "Federal Law No. 138-FZ"}),
        ((date(2002, 6, 30), date(2002, 6, 30)), set()),
    ],
)
def test_each_birth_falls_under_the_law_of_its_day(born, acts):
    found = [outcome(rule, {}, born) for rule in packs()["RU"].rules]

    open_ = [each.rule.act for each in found if each.outcome != Outcome.NOT_BY_IT]
    assert {act.partition(" of ")[0] for act in open_} == acts


@pytest.mark.parametrize(
    ("country", "born", "told"),
    [
        ("TJ", date(2015, 8, 8), []),
        ("TJ", date(2015, 8, 7), ["Constitutional Law of 4 November 1995"]),
        ("RU", date(2002, 7, 1), []),
        ("RU", date(2002, 6, 30), ["Law No. 1948-1 of 28 November 1991"]),
        ("KZ", date(2002, 6, 30), []),
    ],
)
def test_law_that_is_not_written_down_is_named(country, born, told):
    pack = packs()[country]

    assert [each.act.partition(" on ")[0] for each in pack.not_told((born, born))] == told
    assert list(pack.unwritten) == pack.not_told(None)


@given(rule=st.sampled_from(RULES), known=facts)
def test_without_a_day_of_birth_all_the_rest_is_told(rule, known):
    without, born = outcome(rule, known, None), (rule.births_from or date(2014, 1, 1),) * 2
    with_it = outcome(rule, known, born)

    assert (without.recorded, without.against) == (with_it.recorded, with_it.against)
    assert without.missing == with_it.missing
    bound = rule.births_from or rule.births_until
    fails = with_it.outcome == Outcome.NOT_BY_IT
    assert without.outcome == (Outcome.UNKNOWN if bound and not fails else with_it.outcome)


def test_rule_fails_by_what_is_recorded_as_not_so():
    rule = next(each for each in packs()["RU"].rules if each.id == "one-parent-born-there-2023")
    known = {"mother_national": True, "born_there": False}

    found = outcome(rule, known, (date(2024, 1, 1), date(2024, 1, 1)))

    assert (found.recorded, found.against) == (("mother_national",), ("born_there",))
    assert (found.outcome, found.missing) == (Outcome.NOT_BY_IT, ())


@pytest.mark.parametrize(
    ("issued_in", "used_in", "how"),
    [
        ("RU", "RU", Legalised.NONE),
        ("RU", "TJ", Legalised.NONE),
        ("UZ", "KZ", Legalised.NONE),
        ("RU", "GB", Legalised.APOSTILLE),
        ("FR", "DE", Legalised.APOSTILLE),
        ("IQ", "RU", Legalised.CONSULAR),
        ("SY", "IQ", Legalised.CONSULAR),
        ("UZ", "DE", Legalised.UNKNOWN),
        ("TJ", "BE", Legalised.CONSULAR),
        ("UZ", "GB", Legalised.APOSTILLE),
        ("RU", "BR", Legalised.UNKNOWN),
    ],
)
def test_papers_are_accepted_as_two_states_agreed(issued_in, used_in, how):
    assert accepted(issued_in, used_in, DAY).how == how
    assert accepted(used_in, issued_in, DAY).how == how


def test_an_agreement_counts_from_its_day_and_names_its_source():
    regulation = date(2019, 2, 16)

    assert accepted("FR", "DE", regulation - timedelta(days=1)).how == Legalised.APOSTILLE
    assert accepted("FR", "DE", regulation).how == Legalised.NONE
    assert accepted("TJ", "GB", date(2015, 10, 30)).how == Legalised.CONSULAR
    assert all(each["source"] for each in treaties()["between"])


def test_only_what_two_states_ask_for_fits():
    assert fits("translation", Legalised.NONE)
    assert fits("consular", Legalised.UNKNOWN)
    assert fits("apostille", Legalised.APOSTILLE)
    assert not fits("apostille", Legalised.CONSULAR)
    assert not fits("consular", Legalised.NONE)


@given(claims=claims)
def test_a_child_is_flagged_until_one_country_recognises_it(claims):
    flag, step = protection(claims), step_of_claims(claims)

    assert (flag is None) is (Answer.RECOGNISED in claims)
    assert (flag is None) is (step in {Civil.RECOGNISED, Civil.MULTIPLE})
    assert (step == Civil.MULTIPLE) is (claims.count(Answer.RECOGNISED) > 1)
    assert (flag == Protection.AT_RISK) is (step == Civil.STATELESS)
    assert (flag == Protection.NOT_YET) is (step is None)


def test_nobody_claiming_a_nationality_is_a_flag_of_its_own():
    assert protection([]) == Protection.NOT_YET
    assert protection([Answer.REFUSED]) == Protection.AT_RISK
    assert protection([Answer.REFUSED, Answer.CLAIMED]) == Protection.NOT_YET


@pytest.mark.parametrize(
    ("notes", "contested"),
    [
        ([], False),
        (["contested"], True),
        (["contested", "answered"], False),
        (["contested", "answered", "contested"], True),
        (["contested", "withdrawn"], True),
    ],
)
def test_evidence_is_contested_until_that_is_answered(notes, contested):
    assert is_contested(notes) is contested


def test_what_every_register_asks_is_missing_until_it_is_shown():
    assert unanswered([]) == (Question.IDENTITY, Question.BIRTH, Question.PARENTAGE)
    assert unanswered([Question.BIRTH, Question.MARRIAGE, Question.IDENTITY]) == (
        Question.PARENTAGE,
    )


@given(st.lists(st.tuples(st.sampled_from(list(FORMALITY_FOLLOWS)), st.dates())))
def test_next_formality_is_the_first_that_is_open(rows):
    due = next_due(rows)

    still = [day for stands, day in rows if stands in {"", "ordered"}]
    assert due == (min(still) if still else None)


def test_what_is_registered_or_done_is_over():
    assert BIRTH_FOLLOWS["registered"] == ()
    assert FORMALITY_FOLLOWS["done"] == FORMALITY_FOLLOWS["dropped"] == ()
