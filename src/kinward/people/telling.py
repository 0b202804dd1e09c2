"""Who saw or received what about a child, and why: from the log, for whoever may read that."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from kinward.access.models import (
    BreakGlass,
    Compartment,
    Emergency,
    Finding,
    Grant,
    Referral,
    Role,
)
from kinward.audit.models import Event
from kinward.audit.queries import act_words, days_of, events_about, purpose_words, told_on
from kinward.core.intake.cells import cell
from kinward.people.consents import ConsentPurpose, Giver, State
from kinward.people.models import DocumentKind, FileKind, Ground, Person, Printout
from kinward.people.properties import PROPERTIES
from kinward.people.queries import consents_of, history
from kinward.places.queries import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from uuid import UUID

    from django.db.models import QuerySet

    from kinward.access.models import User
    from kinward.audit.rules import DayTold, Told
    from kinward.people.consents import Consent

# The words of code lists that stand in the details of an event, by the name of the detail.
CODES: Final[Mapping[str, Any]] = {
    "file": FileKind,
    "document": DocumentKind,
    "state": State,
    "giver": Giver,
    "emergency": Emergency,
    "finding": Finding,
    "ground": Ground,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """To whom what is known may be, or was, passed on."""

    consents: list[Consent] = field(default_factory=list)  # to somebody named, in their order
    referrals: list[Referral] = field(default_factory=list)  # to offices and accounts
    emergencies: list[BreakGlass] = field(default_factory=list)
    documents: list[Printout] = field(default_factory=list)  # that were taken out


def disclosed(person: Person, *, user: User) -> QuerySet[Event]:
    """Every event about a person and about what was given on them; none for who may not see it."""
    if not history(person, user=user).exists():
        return Event.objects.none()
    return events_about([person.pk, *given_on(person)])


def given_on(person: Person) -> list[UUID]:
    """Return the identifiers of what opened the record to somebody: the log names them, not it."""
    grants = Grant.objects.filter(subject=person.pk).values_list("pk", flat=True)
    uses = BreakGlass.objects.filter(grant__subject=person.pk).values_list("pk", flat=True)
    referrals = Referral.objects.filter(subject=person.pk).values_list("pk", flat=True)
    return [*grants, *uses, *referrals]


def passed_on(person: Person, *, user: User) -> Passing:
    """To whom a person's data may be or were passed on; nothing for who may not see that."""
    if not history(person, user=user).exists():
        return Passing()
    about = Referral.objects.filter(subject=person.pk).select_related("offered_by", "to_account")
    used = BreakGlass.objects.filter(grant__subject=person.pk)
    return Passing(
        consents=[
            consent
            for consent in consents_of(person, user=user)
            if consent.purpose == ConsentPurpose.SHARING
        ],
        referrals=list(about.prefetch_related("steps__taken_by").order_by("offered_at", "id")),
        emergencies=list(used.select_related("account", "grant", "review__reviewer")),
        documents=taken_out(person, user=user),
    )


def taken_out(person: Person, *, user: User) -> list[Printout]:
    """The documents about a person that left, each with its recipient, as far as they are open."""
    left = events_about([person.pk]).filter(action="people.took_document")
    told = [details.get("printout") for details in left.values_list("details", flat=True)]
    seen = Printout.objects.visible_to(user).filter(person=person, pk__in=told)
    return list(seen.select_related("asked_by").order_by("asked_at", "id"))


def details_in_words(told: Told) -> list[str]:
    """What was done apart from its action: which fact, which file, what was answered."""
    return [words for part, said in told.details if (words := detail_in_words(part, said))]


def detail_in_words(part: str, said: str) -> str:
    """One detail in words; of an account, its name; of a code that is no more, itself."""
    if part == "property" and said in PROPERTIES:
        return str(PROPERTIES[said].label)
    codes = CODES.get(part)
    return str(codes(said).label) if codes is not None and said in codes.values else said


def compartments_in_words(told: Told) -> list[str]:
    """Of what something was shown, or could have been."""
    return [
        str(Compartment(each).label) if each in Compartment.values else each
        for each in told.compartments
    ]


def recipient_of(referral: Referral, language: str) -> str:
    """To whom a child was offered: an account, or what the gazetteer calls the office."""
    if referral.to_account:
        return referral.to_account.username
    return names_of([referral.to_region], language)[referral.to_region]


def role_in_words(role: str) -> str:
    """A role in words; one that is no more, or nobody’s, stands for itself."""
    return str(Role(role).label) if role in Role.values else role


def rows_of(
    person: Person, events: QuerySet[Event], *, user: User, language: str
) -> Iterator[list[str]]:
    """Yield the whole list as the rows of a file: its head, what was done, to whom it passed.

    No cell can be run by a spreadsheet. Moments are of the time zone in use.
    """
    yield [
        _("Day"), _("First"), _("Last"), _("Account"), _("Role"), _("What"), _("Times"),
        _("What for?"), _("Of what"), _("Details"), _("Device"), _("Recipient"),
    ]  # fmt: skip
    for day in told_on(days_of(events), events):
        for told in day.told:
            yield guarded(row_of(day, told))
    passing = passed_on(person, user=user)
    for consent in passing.consents:
        yield guarded(row_of_consent(consent))
    for printout in passing.documents:
        yield guarded(row_of_document(printout))
    for referral in passing.referrals:
        yield guarded(row_of_referral(referral, language))


def row_of_consent(consent: Consent) -> list[str]:
    """Return an answer to the question whether somebody named may be told, as a row of a file."""
    answered = f"{State(consent.state).label}; {Giver(consent.giver).label}"
    return [
        *moments(consent.recorded_at, consent.recorded_at),
        *(consent.recorded_by.username, role_in_words(consent.recorded_by.role)),
        *(str(ConsentPurpose.SHARING.label), "1", "", "", answered, "", consent.named),
    ]


def row_of_document(printout: Printout) -> list[str]:
    """Return a document that was taken out, for somebody named, as a row of a file."""
    return [
        *moments(printout.asked_at, printout.asked_at),
        *(printout.asked_by.username, role_in_words(printout.asked_by.role)),
        *(act_words("people.took_document"), "1", purpose_words(printout.purpose)),
        *("", str(DocumentKind(printout.kind).label), "", printout.recipient),
    ]


def row_of_referral(referral: Referral, language: str) -> list[str]:
    """Return an offer to an office or an account as a row of a file."""
    answers = "; ".join(str(step.get_step_display()) for step in referral.steps.all())
    return [
        *moments(referral.offered_at, referral.offered_at),
        *(referral.offered_by.username, role_in_words(referral.offered_by.role)),
        *(act_words("access.offered_referral"), "1", purpose_words(referral.purpose)),
        *("", answers, "", recipient_of(referral, language)),
    ]


def row_of(day: DayTold, told: Told) -> list[str]:
    """Return one thing that was done as a row of a file."""
    return [
        *moments(told.first_at, told.last_at),
        day.actor,
        role_in_words(day.role),
        act_words(told.action),
        str(told.times),
        purpose_words(told.purpose),
        "; ".join(compartments_in_words(told)),
        "; ".join(details_in_words(told)),
        told.device,
        "",
    ]


def moments(first: Any, last: Any) -> list[str]:
    """Return the day and the two times of day as ISO 8601 writes them."""
    began, ended = localtime(first), localtime(last)
    return [began.date().isoformat(), f"{began:%H:%M:%S}", f"{ended:%H:%M:%S}"]


def guarded(row: Iterable[str]) -> list[str]:
    """Return a row of which a spreadsheet runs no cell."""
    return [cell(text) for text in row]


def by_role(days: Iterable[DayTold]) -> list[tuple[Any, list[tuple[str, list[str]]]]]:
    """What was done day by day and role by role, without accounts: to be told to a family.

    Workers' accounts stay out of it: what is printed leaves the building, and they have families
    of their own (docs/decisions/0023).
    """
    told: dict[Any, dict[str, list[str]]] = {}
    for day in days:
        said = told.setdefault(day.day, {}).setdefault(role_in_words(day.role) or _("nobody"), [])
        for each in day.told:
            words = act_words(each.action)
            if words not in said:
                said.append(words)
    return [(day, sorted(roles.items())) for day, roles in told.items()]
