from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest

from kinward.access.models import Role
from kinward.audit.context import acting
from kinward.audit.models import Event
from kinward.core.errors import NotAllowed
from kinward.core.guarding import WordsRefused
from kinward.core.models import Immutable
from kinward.figures import actions
from kinward.figures.models import Claim, ClaimCheck, ClaimLink, Source, Tie
from kinward.figures.rules import Coding


def coding(quote="30 children landed", low=Decimal(30), **parts):
    typed = {"operator": "=", "unit": "children", "words": "on the flight of 3 May"} | parts
    return Coding(quote=quote, low=low, **typed)


def test_source_keeps_its_text_and_digest(source):
    assert source.digest == hashlib.sha256(source.text.encode()).hexdigest()
    assert Event.objects.filter(action="figures.added_source").count() == 1


def test_claim_tells_its_facets_and_state(make_claim):
    claim = make_claim(words="on the flight of 3 May; returned since 2017")

    assert claim.population == {
        "event": "the flight of 3 May",
        "other": "returned since 2017",
    }
    assert (claim.state, claim.since) == ("flown", "2017")


def test_state_that_was_chosen_goes_before_what_the_words_tell(make_claim):
    assert make_claim(state="landed").state == "landed"


@pytest.mark.parametrize(
    "wrong",
    [
        {"quote": "40 children landed"},
        {"quote": ""},
        {"low": None},
        {"low": Decimal("30.5")},
        {"operator": "range", "high": Decimal(20)},
        {"operator": "range"},
        {"high": Decimal(40)},
        {"operator": "thousands"},
        {"as_of": "May 2019"},
        {"since": "2019-13"},
    ],
)
def test_claim_that_cannot_be_is_refused(source, editor, at, wrong):
    with acting(editor), pytest.raises(actions.UnfitClaim):
        actions.code_claim(source=source, coding=coding(**wrong), by=editor, at=at)

    assert Claim.objects.count() == 0


@pytest.mark.parametrize(
    "right",
    [
        {"operator": "range", "high": Decimal(40)},
        {"operator": "thousands", "low": None},
        {"unit": "share", "low": Decimal("0.333")},
        {"as_of": "2019-05", "since": "2018"},
    ],
)
def test_claim_that_can_be_is_kept(source, editor, at, right):
    with acting(editor):
        actions.code_claim(source=source, coding=coding(**right), by=editor, at=at)

    assert Claim.objects.count() == 1


def test_label_in_the_words_of_a_coder_is_refused(source, editor, at):
    with acting(editor), pytest.raises(WordsRefused):
        actions.code_claim(
            source=source, coding=coding(words="children of terrorists"), by=editor, at=at
        )


def test_correction_keeps_what_was_there(make_claim, source, editor, at):
    claim = make_claim(low=29)

    with acting(editor):
        corrected = actions.code_claim(
            source=source, coding=coding(), corrects=claim, reason="Misread.", by=editor, at=at
        )

    assert (corrected.corrects, corrected.low) == (claim, 30)
    assert Claim.objects.get(pk=claim.pk).low == 29
    assert Event.objects.filter(action="figures.corrected").count() == 1


def test_correction_needs_a_reason_and_its_own_source(make_claim, make_source, source, editor, at):
    claim, other = make_claim(), make_source(outlet="Another")

    with acting(editor), pytest.raises(actions.UnfitClaim):
        actions.code_claim(
            source=source, coding=coding(), corrects=claim, reason=" ", by=editor, at=at
        )
    with acting(editor), pytest.raises(actions.UnfitClaim):
        actions.code_claim(
            source=other, coding=coding(), corrects=claim, reason="So.", by=editor, at=at
        )


def test_claim_is_corrected_once(make_claim, source, editor, at):
    claim = make_claim()
    again = {"source": source, "coding": coding(), "corrects": claim, "reason": "Misread."}

    with acting(editor):
        actions.code_claim(**again, by=editor, at=at)
    with acting(editor), pytest.raises(actions.AlreadyCorrected):
        actions.code_claim(**again, by=editor, at=at)


def test_claims_are_never_changed(make_claim):
    claim = make_claim()
    claim.low = 31

    with pytest.raises(Immutable):
        claim.save()
    with pytest.raises(Immutable):
        Claim.objects.update(low=31)


def test_second_coder_checks(make_claim, second, at):
    claim = make_claim()

    with acting(second):
        actions.check_claim(claim=claim, agrees=False, reason="It says 31.", by=second, at=at)

    [check] = ClaimCheck.objects.all()
    assert (check.claim, check.agrees, check.checked_by) == (claim, False, second)


def test_nobody_checks_twice_or_their_own(make_claim, editor, second, at):
    claim = make_claim()
    with acting(second):
        actions.check_claim(claim=claim, agrees=True, reason="", by=second, at=at)

    for by in (editor, second):
        with acting(by), pytest.raises(actions.CannotCheck):
            actions.check_claim(claim=claim, agrees=True, reason="", by=by, at=at)


def test_disagreeing_needs_a_reason(make_claim, second, at):
    with acting(second), pytest.raises(actions.CannotCheck):
        actions.check_claim(claim=make_claim(), agrees=False, reason=" ", by=second, at=at)


def test_part_is_linked_by_its_own_dimension(breakdown):
    assert list(ClaimLink.objects.values_list("dimension", flat=True)) == ["origin", "origin"]


def test_whole_is_no_part_of_its_parts(breakdown, make_claim, make_link):
    whole, part, _other = breakdown
    deeper = make_claim("24 are", 24)
    make_link(deeper, part)

    with pytest.raises(actions.CannotLink):
        make_link(whole, deeper)
    with pytest.raises(actions.CannotLink):
        make_link(whole, whole, Tie.CONTESTS)


def test_link_is_taken_back_once(breakdown, editor, at):
    link = ClaimLink.objects.first()

    with acting(editor):
        back = actions.take_back_link(link=link, by=editor, at=at)
    for each in (link, back):
        with acting(editor), pytest.raises(actions.CannotLink):
            actions.take_back_link(link=each, by=editor, at=at)

    assert back.takes_back == link


@pytest.mark.parametrize("role", [Role.SECOND_EDITOR, Role.PROGRAMME_MANAGER, Role.REGISTRAR])
def test_only_the_figures_editor_codes(breakdown, source, make_user, at, role):
    claim, part, _other = breakdown
    by = make_user("other", role=role)
    before = [model.objects.count() for model in (Source, Claim, ClaimLink)]

    with acting(by):
        with pytest.raises(NotAllowed):
            actions.code_claim(source=source, coding=coding(), by=by, at=at)
        with pytest.raises(NotAllowed):
            actions.link_claims(
                claim=part, tie=Tie.CONTESTS, other=claim, dimension="", by=by, at=at
            )
        with pytest.raises(NotAllowed):
            actions.take_back_link(link=ClaimLink.objects.first(), by=by, at=at)

    assert [model.objects.count() for model in (Source, Claim, ClaimLink)] == before
