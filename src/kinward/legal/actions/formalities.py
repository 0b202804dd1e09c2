"""Having papers translated and legalised, and the birth of a child registered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.audit.actions import record
from kinward.casework.actions import follow
from kinward.casework.models import Track
from kinward.casework.tracks import Civil
from kinward.core.versions import Conflict, overtaken
from kinward.legal.actions.civil import refuse_blank, refuse_future
from kinward.legal.actions.opening import UnfitPaper, open_papers
from kinward.legal.models import (
    BirthRegistration,
    CourtStep,
    EvidenceItem,
    Formality,
    FormalityKind,
    FormalityStep,
    Legalised,
    Progress,
    Registered,
    TravelDocument,
)
from kinward.legal.rules import BIRTH_FOLLOWS, FORMALITY_FOLLOWS, accepted, fits, next_due

if TYPE_CHECKING:
    from datetime import date, datetime

    from kinward.access.models import User
    from kinward.people.models import Person

Paper = TravelDocument | CourtStep | EvidenceItem


class DoneMeanwhile(Conflict):
    """Somebody recorded how far the same formality, or the registration, is meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """A translation, an apostille or a legalisation before it is stored."""

    kind: str
    issued_in: str
    used_in: str
    due_on: date
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What happened on the way into a register of births, before it is stored."""

    country: str
    registered: str
    authority: str
    entry: str
    happened_on: date


@transaction.atomic
def need_formality(*, paper: Paper, needed: Needed, by: User, at: datetime) -> Formality:
    """Record what a paper of a child needs before another state accepts it, and by when.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        UnfitPaper: the day is past, a translation lacks its language or anything else has one, or
            the two states ask for something else.
    """
    held = open_papers(paper.child, by=by, at=at)
    if needed.due_on < localdate(at):
        raise UnfitPaper(_("The day is past."))
    if (needed.kind == FormalityKind.TRANSLATION) != bool(needed.language):
        raise UnfitPaper(_("A translation has a language, and nothing else has."))
    how = accepted(needed.issued_in, needed.used_in, localdate(at)).how
    if not fits(needed.kind, how):
        raise UnfitPaper(_("Between these states it is: %(how)s.") % {"how": Legalised(how).label})
    formality = Formality.objects.create(
        child=held,
        kind=needed.kind,
        document=paper if isinstance(paper, TravelDocument) else None,
        ruling=paper if isinstance(paper, CourtStep) else None,
        item=paper if isinstance(paper, EvidenceItem) else None,
        issued_in=needed.issued_in,
        used_in=needed.used_in,
        language=needed.language,
        due_on=needed.due_on,
        recorded_by=by,
        recorded_at=at,
    )
    told = {"formality": str(formality.pk), "kind": str(formality.kind)}
    record("legal.needed_formality", held, by=by, at=at, **told)
    tell_due(held, by=by, at=at)
    return formality


@transaction.atomic
def record_progress(  # noqa: PLR0913 (how far, by whom, when, and what was seen)
    *,
    formality: Formality,
    progress: Progress,
    done_by: str,
    happened_on: date,
    seen: str | None = None,
    by: User,
    at: datetime,
) -> FormalityStep:
    """Record that a formality is ordered, done, or not needed any more.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        DoneMeanwhile: somebody recorded another step meanwhile.
        UnfitPaper: it cannot follow, nobody is named, or the day is still to come.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_papers(formality.child, by=by, at=at)
    refuse_blank(done_by)
    refuse_future(happened_on, localdate(at))
    before = list(formality.steps.select_related("recorded_by").order_by("number"))
    if before and overtaken(seen, str(len(before))):
        last = before[-1]
        said = _("Somebody recorded how far this is meanwhile.")
        raise DoneMeanwhile(said, by=last.recorded_by.get_full_name(), at=last.recorded_at)
    if progress not in FORMALITY_FOLLOWS[before[-1].progress if before else ""]:
        raise UnfitPaper(_("This cannot follow what happened before."))
    step = FormalityStep.objects.create(
        child=held,
        formality=formality,
        number=len(before) + 1,
        progress=progress,
        done_by=done_by.strip(),
        happened_on=happened_on,
        recorded_by=by,
        recorded_at=at,
    )
    told = {"formality": str(formality.pk), "progress": str(progress)}
    record("legal.recorded_progress", held, by=by, at=at, **told)
    tell_due(held, by=by, at=at)
    return step


def tell_due(child: Person, *, by: User, at: datetime) -> None:
    """Have the case say by which day the next formality is due, or that none is any more."""
    rows = Formality.objects.filter(child=child).prefetch_related("steps")
    last = [([step.progress for step in row.steps.all()][-1:], row.due_on) for row in rows]
    due = next_due((stands[0] if stands else "", day) for stands, day in last)
    if due is None:
        follow(child, Track.CIVIL_STATUS, Civil.FORMALITIES_DONE, by=by, at=at)
        return
    span = {"holds_from": min(due, localdate(at)), "holds_until": due}
    follow(child, Track.CIVIL_STATUS, Civil.FORMALITY, **span, by=by, at=at)


@transaction.atomic
def record_birth(
    *, child: Person, entered: Entered, seen: str | None = None, by: User, at: datetime
) -> BirthRegistration:
    """Record that a birth was filed for registration, registered or refused in a state.

    Once it is registered, the papers of the child stand so. `seen` is how many rows were seen.

    Raises:
        NotAllowed, NotFound: as `open_papers`.
        DoneMeanwhile: somebody recorded another row meanwhile.
        UnfitPaper: it cannot follow in that state, something is not said, or its day is before the
            step before or still to come.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    held = open_papers(child, by=by, at=at)
    refuse_blank(entered.authority, entered.entry)
    rows = BirthRegistration.objects.filter(child=held).select_related("recorded_by")
    before = list(rows.order_by("number"))
    if before and overtaken(seen, str(len(before))):
        newest = before[-1]
        said = _("Somebody recorded how far this is meanwhile.")
        raise DoneMeanwhile(said, by=newest.recorded_by.get_full_name(), at=newest.recorded_at)
    there = [each for each in before if each.country == entered.country]
    last = there[-1] if there else None
    if entered.registered not in BIRTH_FOLLOWS[last.registered if last else ""]:
        raise UnfitPaper(_("This cannot follow what happened before."))
    if entered.happened_on > localdate(at) or (last and entered.happened_on < last.happened_on):
        raise UnfitPaper(_("The day is before the step before, or still to come."))
    made = BirthRegistration.objects.create(
        child=held,
        number=len(before) + 1,
        country=entered.country,
        registered=entered.registered,
        authority=entered.authority.strip(),
        entry=entered.entry.strip(),
        happened_on=entered.happened_on,
        recorded_by=by,
        recorded_at=at,
    )
    told = {"country": made.country, "registered": str(made.registered)}
    record("legal.recorded_birth", held, by=by, at=at, **told)
    if made.registered == Registered.REGISTERED:
        shown = f"{made.authority}, {made.entry}"
        follow(held, Track.CIVIL_STATUS, Civil.BIRTH, evidence=shown, by=by, at=at)
    return made
