"""People and what is said about them: who may read what of whom."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils.translation import get_language

from kinward.access.models import Answered, ApprovalKind, Compartment, Referral
from kinward.access.queries import assignments, compares_blind, may, open_compartments
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission, may_answer
from kinward.audit.models import Event
from kinward.audit.queries import READ_LOG, events_about
from kinward.core.guarding import words_in_question
from kinward.people.consents import (
    GROUNDS,
    STOPS,
    Consent,
    ConsentPurpose,
    StandingBasis,
    State,
    lawful,
)
from kinward.people.family import Family, KnownKin, family
from kinward.people.models import (
    Answer,
    Assertion,
    AssertionQuerySet,
    Draft,
    DraftOf,
    Kind,
    Message,
    Person,
    PersonQuerySet,
    Printout,
)
from kinward.people.properties import PROPERTIES, Shape
from kinward.people.rules import Fact, is_stopped, profile, region_only
from kinward.places.queries import names_of as places_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from kinward.access.models import User

REGION_ONLY: Final = frozenset({Shape.PLACE, Shape.STAY})  # to who compares blind


def children(*, user: User, to: Permission | None = None) -> PersonQuerySet:
    """Children this account may know of, last registered first; `to` do more with than see."""
    seen = Person.objects.visible_to(user, to=to).children()
    return seen.select_related("group", "registered_by")


def narrowed(
    rows: PersonQuerySet, chosen: Mapping[str, str], *, user: User, at: datetime
) -> PersonQuerySet:
    """Keep the children that were chosen, in the order that was; see NarrowChildren."""
    given = assignments(user=user, at=at).order_by().values("subject")
    conditions = {
        "assigned": Q(pk__in=given),
        "traced": lawful("pk"),
        "together": Q(group__isnull=False),
    }
    for name, condition in conditions.items():
        if chosen.get(name) == "yes":
            rows = rows.filter(condition)
        elif chosen.get(name) == "no":
            rows = rows.exclude(condition)
    return rows.oldest_first() if chosen["sort"] == "oldest" else rows


def people(*, user: User, to: Permission | None = None) -> PersonQuerySet:
    """Everyone on record this account may know of: children, sought people, enquirers."""
    return Person.objects.visible_to(user, to=to).select_related("group", "registered_by")


@passage(Passage.REFERENCE)
def identified(reference: str) -> UUID | None:
    """The identifier under a reference, for who searches the log by it; nothing else is told."""
    return Person.objects.filter(reference=reference).values_list("pk", flat=True).first()


@passage(Passage.EMERGENCY)
def child_in_an_emergency(reference: str) -> Person | None:
    """Return whoever stands under an exact reference, whoever asks: only for breaking glass."""
    return Person.objects.children().filter(reference=reference).first()


def siblings_found_with(person: Person, *, user: User) -> PersonQuerySet:
    """The others of the group the child was found in, as far as this account may know of them."""
    if person.group_id is None:
        return Person.objects.none()
    return children(user=user).filter(group_id=person.group_id).exclude(pk=person.pk)


def statements_about(persons: Iterable[Person], *, user: User) -> AssertionQuerySet:
    """What was said about these people, of whom this account may know, and may be read by it.

    Oldest first.
    """
    readable = Assertion.objects.visible_to(user).settled()
    if compares_blind(user):
        readable = readable.exclude(person__kind=Kind.ENQUIRER)
    wanted = readable.filter(person__in=[each.pk for each in persons])
    return wanted.select_related("recorded_by").order_by("recorded_at", "id")


def standing_in_place_of(statement: Assertion) -> Assertion:
    """The last correction of a statement, or the statement itself; who shows it asks who reads."""
    while True:
        correction = statement.corrected_by.select_related("recorded_by").first()
        if correction is None:
            return statement
        statement = correction


def words_waiting(person: Person, *, user: User, answered: bool = False) -> AssertionQuerySet:
    """Statements about a person that label someone and wait for a second person, oldest first.

    Or also those that are `answered` meanwhile. Seen by whoever wrote them down and by those who
    may answer.
    """
    labelling = Assertion.objects.visible_to(user).filter(wording__isnull=False)
    readable = labelling if answered else labelling.waiting()
    if not may_answer(user.role, ApprovalKind.WORDING):
        readable = readable.filter(recorded_by=user)
    return readable.filter(person=person).select_related("recorded_by", "wording")


def as_asked(said: Iterable[Assertion], *, user: User) -> list[tuple[Assertion, str]]:
    """Statements that wait, as this account reads them, each with the words in question.

    Those stand there only where a place is withheld: the second person knows what to answer for.
    """
    listed = list(said)
    blind = compares_blind(user)
    words = [
        words_in_question(" ".join(map(str, one.value.values())))
        if blind and PROPERTIES[one.property].shape in REGION_ONLY
        else ""
        for one in listed
    ]
    return list(zip(as_shown(listed, user=user), words, strict=True))


def as_shown(said: Iterable[Assertion], *, user: User) -> list[Assertion]:
    """Statements as this account reads them: who compares blind reads regions, not places."""
    listed = list(said)
    if compares_blind(user):
        for one in listed:
            shape = PROPERTIES[one.property].shape
            if one.answer == Answer.WITHDRAWN and shape in REGION_ONLY:
                one.value = {}  # a reason may name the place
            elif one.value and shape in REGION_ONLY:
                kept = {"role": one.value["role"]} if shape == Shape.STAY else {}
                one.value = kept | region_only(one.value)
    return listed


def profiles(
    persons: Iterable[Person], *, user: User, but: Compartment | None = None
) -> dict[UUID, dict[str, Fact]]:
    """What stands about each of these people, for this reader: person id to property id to fact.

    Costs one query, however many people. `but` leaves a compartment out, though it be open.
    """
    listed = list(persons)
    said: dict[UUID, list[Assertion]] = defaultdict(list)
    wanted = statements_about(listed, user=user).exclude(compartment=but)
    for one in as_shown(wanted, user=user):
        said[one.person_id].append(one)
    return {person.pk: profile(said[person.pk]) for person in listed}


def names_of(facts: Mapping[str, Fact], of: str = "name") -> tuple[str, ...]:
    """The names as written that a profile holds, the first said first."""
    fact = facts.get(of)
    return tuple(saying.value["text"] for saying in fact.known) if fact else ()


def consents_of(person: Person, *, user: User) -> list[Consent]:
    """What was answered when consent was asked for about this person, in that order.

    Empty for who may not read who someone is: an answer tells of their family and their custody.
    """
    readable = Compartment.IDENTITY in open_compartments(user)
    answers = Consent.objects.filter(subject=person) if readable else Consent.objects.none()
    rows = answers.select_related("recorded_by").prefetch_related("revisits__recorded_by")
    return list(rows.order_by("number"))


def told_under(withdrawal: Consent) -> list[str]:
    """Who was told of a person while what is withdrawn stood, by name; whom it names first.

    A refusal withdraws what the same giver agreed to before it; nobody, where they had not.

    Told were offices and accounts that took the record over since then and before it ended, and
    whoever was given documents for that purpose.
    """
    same = Consent.objects.filter(
        subject=withdrawal.subject_id,
        purpose=withdrawal.purpose,
        giver=withdrawal.giver,
        number__lt=withdrawal.number,
        state__in=(*GROUNDS, *STOPS),
    )
    said = [one for one in same.order_by("number") if one.named == withdrawal.named]
    if not said or said[-1].state in STOPS:
        return []
    begun = [one for one in said if one.state in GROUNDS]
    if withdrawal.named:
        return [withdrawal.named]
    span = (begun[0].recorded_at, withdrawal.recorded_at)
    taken = {"steps__step": Answered.ACCEPTED, "steps__taken_at__range": span}
    passed = Referral.objects.filter(subject=withdrawal.subject_id, **taken)
    listed = list(passed.select_related("to_account").order_by("offered_at", "id"))
    named = places_named({each.to_region for each in listed}, get_language() or "en")
    told = [
        each.to_account.get_full_name() if each.to_account else named[each.to_region]
        for each in listed
    ]
    return list(dict.fromkeys([*told, *told_on_paper(withdrawal, span)]))


@passage(Passage.ELSEWHERE)
def told_on_paper(withdrawal: Consent, span: tuple[datetime, datetime]) -> list[str]:
    """Who was given documents about a person for a purpose in a span, whoever took them out."""
    out = events_about([withdrawal.subject_id]).filter(
        action="people.took_document", purpose=withdrawal.purpose, at__range=span
    )
    taken = [details.get("printout") for details in out.values_list("details", flat=True)]
    rows = Printout.objects.filter(person=withdrawal.subject_id, pk__in=taken)
    return [each.recipient for each in rows.order_by("asked_at", "id")]


def traced_by_decision(person: Person) -> bool:
    """Tell whether somebody is looked for upon a decision of the programme, not upon consent."""
    standing = StandingBasis.objects.filter(subject=person, purpose=ConsentPurpose.TRACING)
    return standing.filter(answer__state=State.OVERRIDDEN).exists()


def on_record(references: Iterable[str], *, user: User) -> dict[str, Person]:
    """Return those with these references of whom this account may know, by their reference.

    Nobody else's is told apart from one that does not exist.
    """
    return {found.reference: found for found in people(user=user).filter(reference__in=references)}


def is_record_of_another(person: Person, reference: str, *, user: User) -> bool:
    """Tell whether a record may be named as a relative’s: one may know of it, and it is another."""
    return reference != person.reference and bool(on_record([reference], user=user))


def family_of(
    person: Person, facts: Mapping[str, Fact], *, beside: Iterable[KnownKin] = (), user: User
) -> Family:
    """Return the family that what this reader may read of a person tells of.

    `beside` are those who are of it and have a record of their own that this reader may know of.
    """
    relatives = facts["relative"].known if "relative" in facts else ()
    references = {value for one in relatives if (value := one.value.get("record", ""))}
    answers = consents_of(person, user=user)
    named = {each.named for each in answers if each.purpose == ConsentPurpose.CONTACT}
    return family(
        facts,
        records=on_record(references, user=user),
        stopped=[each for each in named if is_stopped(answers, ConsentPurpose.CONTACT, each)],
        beside=beside,
    )


def may_be_traced(person: Person) -> bool:
    """Tell whether a lawful basis for tracing this person stands now (gate G1)."""
    return Person.objects.lawfully_traced().filter(pk=person.pk).exists()


def drafts(*, user: User, of: DraftOf | None = None) -> QuerySet[Draft]:
    """What this account has begun to type and not registered yet, the last begun first.

    Of groups, or of children, or of both.
    """
    kinds = [of] if of else DraftOf.values
    return Draft.objects.filter(typed_by=user, of__in=kinds).prefetch_related("pages")


def moments_of(action: str, *, user: User, since: datetime) -> list[datetime]:
    """When an account did something since then, from the log."""
    done = Event.objects.filter(actor=user.username, action=action, at__gt=since)
    return list(done.values_list("at", flat=True))


def questions_to(*, user: User, answered: bool = False) -> QuerySet[Message]:
    """Questions of other offices about people this account may know of, without an answer yet.

    Or also those that are `answered`: somebody may be about to answer one again.
    """
    if not may(user, Permission.SEARCH_PEOPLE):
        return Message.objects.none()
    asked = Message.objects.filter(answers__isnull=True)
    if not answered:
        asked = asked.filter(answered_by__isnull=True)
    known = Person.objects.visible_to(user).filter(erasure__isnull=True)
    seen = asked.filter(person__in=known).exclude(sent_by=user)
    return seen.select_related("person", "sent_by")


@passage(Passage.ELSEWHERE)
def questions_of(*, user: User) -> list[Message]:
    """Questions this account asked other offices, the last first, with their answers."""
    asked = Message.objects.filter(answers__isnull=True, sent_by=user)
    known = asked.select_related("answered_by__sent_by", "person")
    return list(known.order_by("-sent_at", "-id"))


def named(reference: str, *, user: User) -> Person | None:
    """Whom a reference stands for, for who may have people erased; nothing else is told of them."""
    if not may(user, Permission.ERASE_PERSON):
        return None
    return Person.objects.filter(reference=reference.strip().upper()).first()


def history(person: Person, *, user: User) -> QuerySet[Event]:
    """Who did or read what about this person, newest first, for whoever may see that."""
    readable = Person.objects.visible_to(user, to=Permission.READ_RECORD_LOG)
    if user.has_perm(READ_LOG) or readable.filter(pk=person.pk).exists():
        return events_about([person.pk])
    return Event.objects.none()
