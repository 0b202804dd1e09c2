"""Recording evidence, claims to nationalities and answers to them, facts a law asks for."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.audit.actions import record
from kinward.casework.actions import follow
from kinward.casework.models import Track
from kinward.casework.tracks import Civil
from kinward.core.guarding import refuse_words
from kinward.core.versions import Conflict, overtaken
from kinward.legal.actions.documents import take_back
from kinward.legal.actions.opening import UnfitPaper, open_papers
from kinward.legal.models import (
    Answer,
    ClaimAnswer,
    EvidenceItem,
    EvidenceKind,
    EvidenceNote,
    EvidenceNoted,
    LegalFact,
    NationalityClaim,
    Result,
)
from kinward.legal.rules import DNA_STEPS, counts, step_of_claims

if TYPE_CHECKING:
    from datetime import date, datetime

    from kinward.access.models import User
    from kinward.people.models import Person


class NotedMeanwhile(Conflict):
    """Somebody noted something of the same evidence, or an answer to the same claim, meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A piece of evidence before it is stored."""

    question: str
    kind: str
    shows: str
    issuer: str
    holder: str
    issued_on: date | None = None
    result: str = ""
    standard: str = ""
    standard_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A claim to a nationality before it is stored."""

    country: str
    basis: str
    claimed_by: str
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What an authority answered to a claim, before it is stored."""

    answer: str
    authority: str
    reference: str
    happened_on: date


@transaction.atomic
def record_evidence(*, child: Person, shown: Shown, by: User, at: datetime) -> EvidenceItem:
    """Record a piece of evidence; the papers of the child stand as evidence is gathered.

    Of a genetic test only what the laboratory concludes is kept, and the papers follow from it.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        UnfitPaper: something is not said, a genetic test lacks its result or anything else has one,
            nobody says that the standard is reached, or its day is still to come.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_papers(child, by=by, at=at)
    refuse_unfit(shown, today=localdate(at))
    item = EvidenceItem.objects.create(
        child=held, **stripped(shown), recorded_by=by, recorded_at=at
    )
    told = {"evidence": str(item.pk), "question": str(item.question), "kind": str(item.kind)}
    record("legal.recorded_evidence", held, by=by, at=at, **told)
    words = f"{item.get_kind_display()}, {item.issuer}"
    to = DNA_STEPS[Result(item.result)] if item.result else Civil.EVIDENCE
    follow(held, Track.CIVIL_STATUS, to, evidence=words, by=by, at=at)
    return item


def refuse_unfit(shown: Shown, *, today: date) -> None:
    """Refuse evidence that lacks something.

    Raises:
        UnfitPaper, WordsRefused: it does.
    """
    refuse_blank(shown.shows, shown.issuer, shown.holder)
    if (shown.kind == EvidenceKind.DNA) != bool(shown.result):
        raise UnfitPaper(_("A genetic test has a result, and nothing else has."))
    if bool(shown.standard) != bool(shown.standard_by.strip()):
        raise UnfitPaper(_("Say which standard is reached, and who says so; or neither."))
    refuse_future(shown.issued_on, today)


def refuse_future(day: date | None, today: date) -> None:
    """Refuse a day that is still to come.

    Raises:
        UnfitPaper: it is.
    """
    if day is not None and day > today:
        raise UnfitPaper(_("The day is still to come."))


def refuse_blank(*texts: str) -> None:
    """Refuse text that says nothing, or what must not be said.

    Raises:
        UnfitPaper: one is blank.
        WordsRefused: one labels a person, or holds what is never kept.
    """
    if not all(each.strip() for each in texts):
        raise UnfitPaper(_("Something is not filled in."))
    for each in texts:
        refuse_words(each, field="words")


def stripped(said: Shown | Claimed | Answered) -> dict[str, object]:
    """Return what was said, without the blanks around it."""
    return {
        name: each.strip() if isinstance(each, str) else each for name, each in asdict(said).items()
    }


@transaction.atomic
def note_evidence(  # noqa: PLR0913 (what is noted, by whom it was said, and what was seen)
    *,
    item: EvidenceItem,
    noted: EvidenceNoted,
    said_by: str,
    reason: str,
    seen: str | None = None,
    by: User,
    at: datetime,
) -> EvidenceNote:
    """Note that evidence is contested, that this was answered, or that it does not count any more.

    `seen` is how many notes were seen. Where nothing is left that counts, the papers no longer
    stand as evidence is gathered.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        NotedMeanwhile: another note came meanwhile, or it does not count any more.
        UnfitPaper: there is no reason, or nobody who says so.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_papers(item.child, by=by, at=at)
    refuse_blank(said_by, reason)
    before = list(item.notes.select_related("recorded_by").order_by("number"))
    if before and (overtaken(seen, str(len(before))) or not counts([before[-1].noted])):
        last = before[-1]
        said = _("Something was noted of this evidence meanwhile.")
        raise NotedMeanwhile(said, by=last.recorded_by.get_full_name(), at=last.recorded_at)
    note = EvidenceNote.objects.create(
        child=held,
        item=item,
        number=len(before) + 1,
        noted=noted,
        said_by=said_by.strip(),
        reason=reason.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    told = {"evidence": str(item.pk), "noted": str(noted)}
    record("legal.noted_evidence", held, by=by, at=at, **told)
    left = EvidenceItem.objects.filter(child=held).exclude(notes__noted=EvidenceNoted.WITHDRAWN)
    if not left.exists():
        take_back(held, note.reason, (Civil.EVIDENCE,), by=by, at=at)
    return note


@transaction.atomic
def claim_nationality(
    *, child: Person, claimed: Claimed, by: User, at: datetime
) -> NationalityClaim:
    """Record that somebody says which nationality a child has. Siblings may have others.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        UnfitPaper: nobody says so, the day is still to come, or it is claimed upon that already.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_papers(child, by=by, at=at)
    refuse_blank(claimed.claimed_by)
    refuse_future(claimed.since, localdate(at))
    same = {"country": claimed.country, "basis": claimed.basis}
    if NationalityClaim.objects.filter(child=held, **same).exists():
        raise UnfitPaper(_("That nationality is claimed upon this already: record what follows."))
    claim = NationalityClaim.objects.create(
        child=held, **stripped(claimed), recorded_by=by, recorded_at=at
    )
    record("legal.claimed_nationality", held, by=by, at=at, claim=str(claim.pk))
    return claim


@transaction.atomic
def answer_claim(
    *, claim: NationalityClaim, answered: Answered, seen: str | None = None, by: User, at: datetime
) -> ClaimAnswer:
    """Record what an authority answered to a claim; the papers follow from all claims together.

    `seen` is how many answers were seen.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        NotedMeanwhile: another answer came meanwhile.
        UnfitPaper: it is what stands already, lacks the authority or the reference, or its day is
            before the answer before it or still to come.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_papers(claim.child, by=by, at=at)
    refuse_blank(answered.authority, answered.reference)
    refuse_future(answered.happened_on, localdate(at))
    before = list(claim.answers.select_related("recorded_by").order_by("number"))
    last = before[-1] if before else None
    if last is not None and overtaken(seen, str(len(before))):
        said = _("Somebody recorded an answer to this claim meanwhile.")
        raise NotedMeanwhile(said, by=last.recorded_by.get_full_name(), at=last.recorded_at)
    if answered.answer in {last.answer if last else "", Answer.CLAIMED}:
        raise UnfitPaper(_("That is how it stands already."))
    if last is not None and answered.happened_on < last.happened_on:
        raise UnfitPaper(_("The day is before the step before, or still to come."))
    made = ClaimAnswer.objects.create(
        child=held,
        claim=claim,
        number=len(before) + 1,
        **stripped(answered),
        recorded_by=by,
        recorded_at=at,
    )
    told = {"claim": str(claim.pk), "answer": str(made.answer)}
    record("legal.answered_claim", held, by=by, at=at, **told)
    if to := step_of_claims(stands_of(held)):
        shown = f"{made.authority}, {made.reference}"
        follow(held, Track.CIVIL_STATUS, to, evidence=shown, by=by, at=at)
    return made


def stands_of(child: Person) -> list[str]:
    """How each claim of a child stands."""
    claims = NationalityClaim.objects.filter(child=child).prefetch_related("answers")
    last = [list(each.answers.all())[-1:] for each in claims]
    return [rows[0].answer if rows else Answer.CLAIMED for rows in last]


@transaction.atomic
def record_legal_fact(  # noqa: PLR0913 (a fact, of which country, whether it holds, who says so)
    *,
    child: Person,
    country: str,
    fact: str,
    holds: bool,
    said_by: str,
    evidence: EvidenceItem | None = None,
    by: User,
    at: datetime,
) -> LegalFact:
    """Record whether what a nationality law asks for is so of a child; the last word counts.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        UnfitPaper: nobody says so, or the evidence is of another child.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_papers(child, by=by, at=at)
    refuse_blank(said_by)
    if evidence is not None and evidence.child_id != held.pk:
        raise UnfitPaper(_("That evidence is not about this child."))
    made = LegalFact.objects.create(
        child=held,
        country=country,
        fact=fact,
        holds=holds,
        said_by=said_by.strip(),
        evidence=evidence,
        recorded_by=by,
        recorded_at=at,
    )
    record("legal.recorded_fact", held, by=by, at=at, fact=str(made.fact), holds=made.holds)
    return made
