"""Recording that somebody says a child may not go yet, what is said to it, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kinward.access.policy import decide
from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.casework.models import Added, Hold, HoldEntry, HoldKind
from kinward.casework.queries import entries_of, version_of_hold
from kinward.casework.rules import NO_WORDS, TRACK_OF
from kinward.casework.tracks import TABLES
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.core.versions import Conflict, overtaken
from kinward.people.models import Person

if TYPE_CHECKING:
    from datetime import date, datetime

    from kinward.access.models import Role, User
    from kinward.casework.models import HoldEnded, Party


class UnfitHold(RuleBroken):
    """A hold cannot be recorded, or added to, like that; its words say why."""


class HoldMeanwhile(Conflict):
    """Somebody added to a hold after the page was made that this answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What its owner says against a child's going, who told us so, and what is done about it."""

    kind: HoldKind
    party: Party
    owner: str
    told_by: str
    since: date
    next_action: str
    next_by: Role
    next_on: date
    claim: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What is added to a hold: words, who does what next by when, or how it ended."""

    what: Added
    words: str
    next_by: Role | None = None
    next_on: date | None = None
    how: HoldEnded | None = None


@transaction.atomic
def record_hold(*, child: Person, said: Claim, by: User, at: datetime) -> Hold:
    """Record that somebody says a child may not go yet.

    Raises:
        NotAllowed: `by` does not work on cases.
        NotFound: `by` may not know of this child, or what it is about is not open to them.
        UnfitHold: its owner, who told of it or what is done next is not said, its day is still to
            come, the next day is past, or it has words where none are kept.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    compartment = TABLES[TRACK_OF[said.kind]].compartment
    found = _reached(child, compartment, by=by, at=at)
    _refuse_unfit(said, today=localdate(at))
    for name in ("owner", "told_by", "claim", "evidence", "next_action"):
        refuse_words(getattr(said, name), field=name)
    hold = Hold.objects.create(
        child=found,
        kind=said.kind,
        party=said.party,
        owner=said.owner.strip(),
        told_by=said.told_by.strip(),
        since=said.since,
        claim=said.claim.strip(),
        evidence=said.evidence.strip(),
        next_action=said.next_action.strip(),
        next_by=said.next_by,
        next_on=said.next_on,
        compartment=compartment,
        recorded_by=by,
        recorded_at=at,
    )
    told = {"hold": str(hold.pk), "kind": str(said.kind)}
    record("casework.recorded_hold", found, by=by, at=at, **told)
    return hold


@transaction.atomic
def add_to_hold(
    *, hold: Hold, said: Addition, seen: str | None = None, by: User, at: datetime
) -> HoldEntry:
    """Add to a hold: that it is contested, an answer, what shows it, what is next, or its end.

    Raises:
        NotAllowed, NotFound: as `record_hold`.
        HoldMeanwhile: what was seen is not what stands.
        UnfitHold: it ended, nothing is said, or of what is next not by whom and when, or of its
            end not how.
        WordsRefused: the words label a person, or hold what is never kept.
    """
    child = _reached(hold.child, hold.compartment, by=by, at=at)
    # Two who add at once must see each other: a ledger row is locked like any other.
    found = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    entries = entries_of(found)
    stands = version_of_hold(found, entries)
    if overtaken(seen, stands):
        last = entries[-1] if entries else None
        raise HoldMeanwhile(
            _("Somebody added to this hold since you opened the page."),
            had=seen or "",
            stands=stands,
            by=last.recorded_by.get_full_name() if last else "",
            at=last.recorded_at if last else None,
        )
    _refuse_addition(found, entries, said, today=localdate(at))
    refuse_words(said.words, field="words")
    entry = HoldEntry.objects.create(
        hold=found,
        what=said.what,
        words=said.words.strip(),
        next_by=said.next_by or "",
        next_on=said.next_on,
        how=said.how or "",
        compartment=found.compartment,
        recorded_by=by,
        recorded_at=at,
    )
    told = {"hold": str(found.pk), "what": str(said.what)}
    record("casework.added_to_hold", child, by=by, at=at, **told)
    return entry


def _reached(child: Person, compartment: str, *, by: User, at: datetime) -> Person:
    """Return a child, if `by` works on its case and reads that part of it.

    Raises:
        NotAllowed: `by` does not work on cases.
        NotFound: `by` may not know of this child, or that part is not open to them.
    """
    if not may(by, Permission.TAKE_STEP):
        raise NotAllowed(_("You may not take steps of a case."))
    found = Person.objects.visible_to(by, to=Permission.TAKE_STEP, at=at).children()
    reached = found.filter(pk=child.pk).first()
    opened = decide(by, Permission.TAKE_STEP, reached, at=at).compartments if reached else ()
    if reached is None or compartment not in opened:
        raise NotFound(_("There is no such child."))
    return reached


def _refuse_unfit(said: Claim, *, today: date) -> None:
    """Refuse a hold that is nobody’s, or about which nobody does anything.

    Raises:
        UnfitHold: always, when it is unfit.
    """
    if not said.owner.strip() or not said.told_by.strip():
        raise UnfitHold(_("Say whose hold it is, and who told you so."))
    if said.kind in NO_WORDS and said.claim.strip():
        raise UnfitHold(_("No words are kept of this: only that it is so, and who said so."))
    if said.kind not in NO_WORDS and not said.claim.strip():
        raise UnfitHold(_("Write what its owner says."))
    if said.since > today:
        raise UnfitHold(_("This day is still to come. Record what has happened."))
    if not said.next_action.strip() or said.next_on < today:
        raise UnfitHold(_("Say what is done next, by whom, and by which day from today on."))


def _refuse_addition(hold: Hold, entries: list[HoldEntry], said: Addition, *, today: date) -> None:
    """Refuse what cannot be added.

    Raises:
        UnfitHold: always, when it is unfit.
    """
    if any(each.what == Added.ENDED for each in entries):
        raise UnfitHold(_("This hold has ended."))
    if hold.kind in NO_WORDS and said.what in {Added.REPLY, Added.EVIDENCE}:
        raise UnfitHold(_("No words are kept of this: only that it is so, and who said so."))
    if not said.words.strip():
        raise UnfitHold(_("Write it in your own words, with who said so."))
    if said.what == Added.NEXT and not (said.next_by and said.next_on and said.next_on >= today):
        raise UnfitHold(_("Say what is done next, by whom, and by which day from today on."))
    if said.what == Added.ENDED and not said.how:
        raise UnfitHold(_("Say how it ended."))
