"""Recording what was answered when consent was asked for, and upon what one may act since."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.core.guarding import refuse_words
from kinward.core.versions import Conflict
from kinward.people.consents import (
    ABOUT_SOMEBODY,
    STOPS,
    Consent,
    ConsentPurpose,
    ConsentRevisit,
    StandingBasis,
    State,
)
from kinward.people.models import Person, described, withdrawn
from kinward.people.queries import told_under
from kinward.people.rules import CIRCUMSTANCES, ConsentAnswer, Gap, basis, gap, latest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from kinward.access.models import User

AT_ONCE: Final = 500  # persons whose answers are read with one query
NAMES_NOBODY: Final = [each for each in ConsentPurpose if each not in ABOUT_SOMEBODY]
GAPS: Final[Mapping[Gap, Any]] = {
    Gap.NAMED: gettext_lazy(
        "Name the recipient or the relative it is about; for any other purpose leave that empty."
    ),
    Gap.FORM: gettext_lazy("Say which form was explained, and in which language."),
    Gap.OVERRIDE: gettext_lazy(
        "Only the programme decides upon another lawful basis: give the decision and who took it."
    ),
    Gap.BEFORE: gettext_lazy("Only who has agreed before can withdraw that."),
    Gap.CIRCUMSTANCES: gettext_lazy("The circumstances cannot be read."),
}


class UnfitConsent(RuleBroken):
    """The answer to the question for consent cannot be stored as it is; its words say why."""


class AnsweredMeanwhile(Conflict):
    """The same question for consent was answered after the page was made that this answers from."""


@transaction.atomic
def record_consent(
    *, person: Person, answer: ConsentAnswer, seen: str | None = None, by: User, at: datetime
) -> Consent:
    """Record what was answered when consent was asked for; it takes effect at once.

    `seen` is the number of the last answer that whoever asked knew of, as text.

    Raises:
        NotAllowed: `by` does not record consent.
        NotFound: `by` may not know of this person.
        AnsweredMeanwhile: since then somebody recorded another answer to just this question.
        UnfitConsent: the answer cannot be stored as it is.
    """
    if not may(by, Permission.RECORD_CONSENT):
        raise NotAllowed(_("You may not record consent."))
    # Two answers at once would bear one number.
    person = locked(person, by=by, to=Permission.RECORD_CONSENT, at=at)
    if seen is not None:
        refuse_answered(person, answer, seen)
    (consent,) = store_consents(person, [answer], by=by, at=at)
    described.send(sender=Person, person=person, by=by, at=at)
    if consent.state in STOPS and (told := told_under(consent)):
        withdrawn.send(sender=Consent, consent=consent, recipients=told, by=by, at=at)
    return consent


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAgain:
    """How somebody who agrees was asked again, and what they said, before it is stored."""

    asked_on: date
    words: str
    circumstances: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def ask_consent_again(
    *, answer: Consent, asked: AskedAgain, by: User, at: datetime
) -> ConsentRevisit:
    """Record that somebody who agrees was asked again, and stands by it.

    Raises:
        NotAllowed: `by` does not record consent.
        NotFound: `by` may not know of this person.
        AnsweredMeanwhile: it is not their last answer any more, or not that they agree.
        UnfitConsent: they are not quoted, the circumstances cannot be read, or the day is before
            the answer or still to come.
        WordsRefused: the words hold what is never kept, or label a person.
    """
    if not may(by, Permission.RECORD_CONSENT):
        raise NotAllowed(_("You may not record consent."))
    person = locked(answer.subject, by=by, to=Permission.RECORD_CONSENT, at=at)
    last = latest(person.consents.order_by("number"), answer.purpose, answer.named)
    if last[answer.giver] != answer or answer.state != State.GIVEN:
        raise AnsweredMeanwhile(_("This is not how it stands any more. Read the last answer."))
    if not asked.words.strip():
        raise UnfitConsent(_("Write what they said."))
    if not localdate(answer.recorded_at) <= asked.asked_on <= localdate(at):
        raise UnfitConsent(_("The day is before the answer, or still to come."))
    if set(asked.circumstances) - CIRCUMSTANCES:
        raise UnfitConsent(str(GAPS[Gap.CIRCUMSTANCES]))
    refuse_words(asked.words, field="words")
    refuse_words(asked.circumstances.get("present", ""), field="present")
    made = ConsentRevisit.objects.create(
        answer=answer,
        asked_on=asked.asked_on,
        words=asked.words.strip(),
        circumstances=dict(asked.circumstances),
        recorded_by=by,
        recorded_at=at,
    )
    told = {"purpose": answer.purpose, "giver": answer.giver}
    record("people.asked_consent_again", person, by=by, at=at, **told)
    return made


def refuse_answered(person: Person, answer: ConsentAnswer, seen: str) -> None:
    """Refuse an answer to a question that was answered since; the person is locked.

    An answer to another question, or about another recipient, is a fact beside it.

    Raises:
        AnsweredMeanwhile
    """
    known = int(seen) if seen.isdecimal() else 0
    since = person.consents.filter(number__gt=known, purpose=answer.purpose)
    listed = since.select_related("recorded_by").order_by("number")
    same = [one for one in listed if one.named == answer.named]  # sealed: not for the database
    if same:
        last = same[-1]
        raise AnsweredMeanwhile(
            _("This question has been answered meanwhile. Read that answer before you add yours."),
            had=seen,
            stands=str(last.number),
            by=last.recorded_by.get_full_name(),
            at=last.recorded_at,
        )


def locked(person: Person, *, by: User, to: Permission, at: datetime) -> Person:
    """Lock and return the person, if `by` may do that to them.

    Raises:
        NotFound: they may not, or there is none.
    """
    seen = Person.objects.visible_to(by, to=to, at=at)
    found = seen.select_for_update().filter(pk=person.pk).first()
    if found is None:
        raise NotFound(_("There is no such person."))
    return found


def store_consents(
    person: Person, answers: Iterable[ConsentAnswer], *, by: User, at: datetime
) -> list[Consent]:
    """Store what was answered, each after the answers before it, and upon which one may act now.

    Raises:
        UnfitConsent: one cannot be stored as it is; none is.
    """
    given = consents_of(person, answers, before=person.consents.all(), by=by, at=at)
    for one in given:
        told = {"purpose": one.purpose, "giver": one.giver, "state": one.state}
        record("people.answered_consent", person, by=by, at=at, **told)
    made = Consent.objects.bulk_create(given)
    if made:
        keep_bases([person.pk])
    return made


def consents_of(
    person: Person,
    answers: Iterable[ConsentAnswer],
    *,
    before: Iterable[Consent] = (),
    by: User,
    at: datetime,
) -> list[Consent]:
    """Return what was answered as rows that are not stored yet, each after the answers before it.

    Raises:
        UnfitConsent: one cannot be stored as it is.
    """
    known = list(before)
    first = len(known)
    for answer in answers:
        if (lacking := gap(answer, known)) is not None:
            raise UnfitConsent(str(GAPS[lacking]))
        known.append(
            Consent(
                subject=person,
                number=len(known) + 1,
                recorded_by=by,
                recorded_at=at,
                **asdict(answer),
            )
        )
    return known[first:]


@transaction.atomic
def derive_bases(*, by: User, at: datetime) -> int:
    """Derive anew from all answers upon which of them one may act; return how many bases differed.

    None does, unless somebody changed the table of them from outside.

    Raises:
        NotAllowed: `by` does not have candidates looked for, which is what the bases are for.
    """
    if not may(by, Permission.FIND_CANDIDATES):
        raise NotAllowed(_("You may not look for candidates."))
    everybody = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    differed = 0
    for start in range(0, len(everybody), AT_ONCE):
        some = everybody[start : start + AT_ONCE]
        list(Person.objects.filter(pk__in=some).order_by("pk").select_for_update())
        differed += keep_bases(some)
    record("people.derived_bases", None, by=by, at=at, differed=differed)
    return differed


def keep_bases(persons: Collection[UUID]) -> int:
    """Keep upon which answers of these people one may act; return how many bases differed.

    Of the purposes that name nobody. Whoever calls it has locked the people, or just made them.
    """
    answers: defaultdict[UUID, list[Consent]] = defaultdict(list)
    for one in Consent.objects.filter(subject__in=persons).order_by("number"):
        answers[one.subject_id].append(one)
    wanted: dict[tuple[UUID, str], UUID] = {
        (person, purpose): upon.pk
        for person, said in answers.items()
        for purpose in NAMES_NOBODY
        if (upon := basis(said, purpose))
    }
    there = {
        (one.subject_id, one.purpose): one.answer_id
        for one in StandingBasis.objects.filter(subject__in=persons)
    }
    ended = [at for at, upon in there.items() if wanted.get(at) != upon]
    begun = [at for at, upon in wanted.items() if there.get(at) != upon]
    for person, purpose in ended:
        StandingBasis.objects.filter(subject=person, purpose=purpose).delete()
    StandingBasis.objects.bulk_create(
        StandingBasis(subject_id=person, purpose=purpose, answer_id=wanted[person, purpose])
        for person, purpose in begun
    )
    return len({*ended, *begun})
