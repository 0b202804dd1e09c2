"""Loading the made-up caseload, by nothing but the actions people use."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.actions import approve, ask_for_role, give_role, open_account
from kinward.access.models import Role, User
from kinward.audit.actions import record
from kinward.audit.context import acting
from kinward.core.errors import RuleBroken
from kinward.demo.afterwards import by_region, go_on, households, say_origins
from kinward.demo.caseload import made_up
from kinward.demo.cases import Going, go_some_way, hold_back
from kinward.demo.children import FORM
from kinward.demo.figures import code_figures
from kinward.demo.flight import Flight
from kinward.demo.hands import Hands
from kinward.demo.homes import Household, find_homes
from kinward.demo.letters import put_letters_into_use
from kinward.demo.queries import LOADED
from kinward.demo.releases import compare_with_own, release_figures
from kinward.demo.requests import Asked
from kinward.demo.roster import listed, take_roster
from kinward.demo.scenario import STORY_ENDS, data
from kinward.demo.staying import register_staying
from kinward.demo.truth import Key, ties, write_truth
from kinward.people.actions import register_child, register_group
from kinward.people.consents import Giver, State
from kinward.people.rules import ConsentAnswer
from kinward.places.queries import codes
from kinward.tracing.actions import take_request
from kinward.tracing.matching import held_back

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from kinward.demo.caseload import MadeUp
    from kinward.demo.children import Together
    from kinward.operations.models import Operation
    from kinward.people.models import Person
    from kinward.tracing.models import Request

    Progress = Callable[[int, int], None]

AGREES: Final = ConsentAnswer(
    state=State.GIVEN, giver=Giver.RELATIVE, form_version=FORM, language="ru"
)


FIRST: Final = (Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)  # opened on the machine itself


class NotEmpty(RuleBroken):
    """The database holds accounts already: made-up people must not mix with real ones."""


@transaction.atomic
def load_caseload(*, by: User, at: datetime, progress: Progress) -> int:
    """Open the accounts, register the children, take the requests; all of it, or nothing.

    Each is done at its own moment of the story; `at` is the evening of the landing, when figures
    are compared and released, and `STORY_ENDS` when the loading is put down.
    The truth goes into a file beside the database. Returns how many persons and
    requests were taken in; candidates are not looked for.

    Raises:
        NotEmpty: there are accounts already.
    """
    if User.objects.exists():
        raise NotEmpty(_("This database is in use. The demo needs an empty one of its own."))
    caseload = made_up(codes())
    happened = _story_of(caseload)
    workers = open_accounts(by=by, at=happened[0].at)
    hands, registrar = Hands(workers), Hands(workers).first(Role.REGISTRAR)
    desks = {worker.region: worker for worker in workers if worker.role == Role.ENQUIRY_WORKER}

    found: dict[Key, Person] = {}
    requests: list[tuple[Asked, Request]] = []
    with held_back():
        for done, one in enumerate(happened, 1):
            if isinstance(one, Asked):
                requests.append((one, _take(one, by=_desk(one, desks))))
            else:
                found |= _register(one, by=registrar)
            progress(done, len(happened))
        staying = register_staying(by=registrar)
        take_roster(listed(caseload.registered), found, workers)
        say_origins(found, hands.first(Role.CASE_WORKER))
    coded = code_figures(workers, at=at)
    flight, operation = _fly(_in_order(found), staying, hands)
    compare_with_own(coded, release_figures(workers, at=at), workers, at=at)
    _bring_home(flight, operation, households(found), hands)
    write_truth(ties(found, requests, _consents_of(caseload)))
    record(LOADED, None, by=by, at=STORY_ENDS, children=len(found), requests=len(requests))
    return len(found) + len(requests)


def _story_of(caseload: MadeUp) -> list[Together | Asked]:
    """Return who was registered and who asked, in the order of time."""
    story: list[Together | Asked] = [*caseload.registered, *caseload.asked]
    return sorted(story, key=lambda one: one.at)


def _in_order(found: dict[Key, Person]) -> list[Person]:
    """Return the children in the order of their registration."""
    first = sorted(found, key=lambda key: (found[key].registered_at, key))
    return [found[key] for key in first]


def _consents_of(caseload: MadeUp) -> dict[Key, str]:
    """Return what was answered last for each child, whether it may be looked for."""
    return {
        child.key: child.consents[-1].state.value
        for together in caseload.registered
        for child in together.children
    }


def _fly(
    children: Sequence[Person], staying: Sequence[Person], hands: Hands
) -> tuple[Flight, Operation]:
    """Have letters put into use, every case go its way, and fly with thirty of thirty-nine.

    `children` fly, in the order of their registration; `staying` are those of `staying.toml`.
    """
    put_letters_into_use(hands)
    told = data("staying")["children"]
    eve = data("operation")["listed_at"].date() - timedelta(days=1)
    going = [Going(child, len(data("cases")["way"]), eve) for child in children]
    going += [Going(child, one["gone"], eve) for child, one in zip(staying, told, strict=True)]
    go_some_way(going, hands)
    hold_back(staying, hands)
    flight = Flight(children, list(zip(staying, told, strict=True)), hands)
    return flight, flight.fly()


def _bring_home(
    flight: Flight, operation: Operation, families: Sequence[Household], hands: Hands
) -> None:
    """Go on from hospital: each region takes its children there, and one finds homes for them."""
    go_on(operation, families, hands)
    flight.leave_hospital(operation, by_region(families))
    find_homes(families, hands.first(Role.GUARDIANSHIP_OFFICER))


def open_accounts(*, by: User, at: datetime) -> list[User]:
    """Open one account for each role: two on the machine itself, who agree to all the others."""
    accounts, password = data("accounts")["accounts"], data("accounts")["password"]
    opened: list[User] = []
    for account in sorted(accounts, key=lambda each: each["role"] not in FIRST):
        opener = opened[0] if len(opened) >= len(FIRST) else by
        with acting(opener):
            user = open_account(
                username=account["username"],
                password=password,
                role=Role(account["role"]),
                full_name=account["full_name"],
                region=account.get("region", ""),
                language=account.get("language", ""),
                by=opener,
                at=at,
            )
        opened.append(user if user.is_active else _agreed(user, *opened[:2], at=at))
    return opened


def _agreed(user: User, asks: User, agrees: User, *, at: datetime) -> User:
    """Have a new account open, as one asks and the other agrees."""
    with acting(asks):
        asked = ask_for_role(user=user, reason=_("For the demonstration."), by=asks, at=at)
    with acting(agrees):
        approve(approval=asked, by=agrees, at=at)
    with acting(asks):
        return give_role(user=user, approval=asked, by=asks, at=at)


def _register(together: Together, *, by: User) -> dict[Key, Person]:
    """Register the children of one occasion."""
    said = [child.statements for child in together.children]
    answered = [child.consents for child in together.children]
    with acting(by):
        if len(said) == 1:
            (statements,), (consents,) = said, answered
            one = register_child(statements=statements, consents=consents, by=by, at=together.at)
            persons = [one]
        else:
            persons = register_group(
                children=said, consents=answered, note=together.note, by=by, at=together.at
            )
    return {child.key: person for child, person in zip(together.children, persons, strict=True)}


def _desk(asked: Asked, desks: dict[str, User]) -> User:
    """Return the desk of the region asked in; the last desk, where a region has none."""
    return desks.get(asked.region) or list(desks.values())[-1]


def _take(asked: Asked, *, by: User) -> Request:
    """Take a request at a desk."""
    with acting(by):
        return take_request(
            enquirer=asked.enquirer,
            told=asked.told,
            language=asked.language,
            region=asked.region,
            sought=asked.sought,
            consents=[AGREES],
            by=by,
            at=asked.at,
        )
