"""A family on both sides with something planted behind every wall, and the walk that looks for it.

No closed compartment has a kind of fact yet: for the walk, kinds that stand elsewhere are put into
them; and the room of health has rows of its own. Runs inside Django, and leaves nothing behind.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

from django.db import transaction
from django.utils import timezone

from kinward.access.models import Compartment, Grant, Purpose, Role, Way, clock
from kinward.health.models import Encounter, Entry, FitnessStatement
from kinward.people.actions.describing import store
from kinward.people.properties import PROPERTIES
from kinward.tracing import actions
from kinward.tracing.models import Candidate, Opinion
from reliability import barrier, made
from reliability.inside import signed_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kinward.access.models import User
    from kinward.people.models import Person

WALLED: Final = ("health", "legal", "staff")
PLANTED: Final = {
    "health": "Zqhealthcanary",
    "legal": "Zqlegalcanary",
    "staff": "Zqstaffcanary",
    "evidence": "Zqevidencecanary",
}
KIND_OF: Final = {
    "evidence": "mark",
    "health": "language",
    "legal": "separated",
    "staff": "songs_and_words",
}
# Evidence is read where a file is read, by those who register it or compare; nowhere else.
FILE: Final = frozenset(
    {
        "children/<uuid:child_id>/facts/",
        "children/<uuid:child_id>/timeline/",
        "api/children/<uuidstr:child_id>",
    }
)
# What courts decide is read in a file by who works on its case.
OF_A_CASE: Final = frozenset({Role.CASE_WORKER, Role.LEGAL_OFFICER})
# A child's health is read in its file, and in the room of medics, by the medic it was given to.
OF_HEALTH: Final = frozenset(
    {
        "children/<uuid:child_id>/health/",
        "children/<uuid:child_id>/health/entries/<uuid:entry_id>/end/",
        "api/children/<uuidstr:child_id>/health",
    }
)
READERS: Final = frozenset({Role.REGISTRAR, Role.TRACING_OFFICER, Role.SECOND_REVIEWER})
OF_NOTHING_HERE: Final = (
    "amendment_id",
    "approval_id",
    "begun_id",
    "checkpoint_id",
    "document_id",
    "duty_id",
    "claim_id",
    "conflict_id",
    "copy_id",
    "device_id",
    "photo_id",
    "token_id",
    "consent_id",
    "draft_id",
    "duty_id",
    "erasure_id",
    "escort_id",
    "file_id",
    "formality_id",
    "grant_id",
    "hold_id",
    "interview_id",
    "item_id",
    "job_id",
    "leaving_id",
    "line_id",
    "link_id",
    "list_id",
    "operation_id",
    "letter_id",
    "minute_id",
    "nationality_id",
    "other_id",
    "printout_id",
    "proceeding_id",
    "receiver_id",
    "referral_id",
    "release_id",
    "report_id",
    "row_id",
    "signed_id",
    "source_id",
    "statement_id",
    "task_id",
    "test_id",
    "use_id",
    "view_id",
)
BODIES: Final[Mapping[str, Sequence[Mapping[str, str]]]] = {
    "find/": [{"purpose": "tracing", "name": "Руслан Магомедов"}],
    "children/register/alike/": [{"name-0-text": "رسلان محمدوف", "name-0-answer": "not_asked"}],
    "matches/<uuid:candidate_id>/reveal/": [
        {"reveal-step": step, "reveal-purpose": "verification"}
        for step in ("places", "whereabouts", "enquirer", "contact")
    ],
    "api/candidates/<uuid:candidate_id>/reviews": [{"opinion": "same"}],
}


@dataclass(frozen=True, slots=True)
class World:
    """What is known of it, for the parameters of addresses; an account of each role."""

    known: Mapping[str, Sequence[str]]
    accounts: Mapping[str, User]


@contextmanager
def world() -> Iterator[World]:
    """Make it for a while."""
    kinds = {
        KIND_OF[each]: replace(PROPERTIES[KIND_OF[each]], compartment=Compartment(each))
        for each in WALLED
    }
    with transaction.atomic(), patch.dict(PROPERTIES, kinds):
        made_up = World(family(), accounts())
        give(made_up)
        yield made_up
        transaction.set_rollback(True)


def family() -> dict[str, list[str]]:
    """Make a child and a request that match, with everything planted; return their identifiers."""
    said = [made.said(KIND_OF[each], text=text) for each, text in PLANTED.items()]
    child = made.register("رسلان محمدوف", statements=said, region="IQ-BG")
    request = made.take("Руслан Магомедов", region="RU-DA")
    for person in (request.enquirer, request.sought.get().person):
        store(person, said, by=request.taken_by, at=made.AT)
    actions.find_candidates(by=clock(), at=made.AT)
    candidate = Candidate.objects.get()
    for _ in range(2):
        reviewer = made.account()
        actions.review_candidate(
            candidate=candidate, opinion=Opinion.SAME, reason="same", by=reviewer, at=made.AT
        )
    return treated(child) | {
        "child_id": [str(child.pk)],
        "request_id": [str(request.pk)],
        "candidate_id": [str(candidate.pk)],
        "person_id": [str(child.pk), str(candidate.sought.person_id)],
        "question_id": [str(child.pk)],
        "account_id": [str(child.registered_by_id)],
        **{name: [str(child.pk)] for name in OF_NOTHING_HERE},
        "uidb64": ["x"],
        "provider_id": ["oidc"],
        "token": ["x-y"],
        "language": ["en"],
        "pk": ["1"],
        "number": ["1"],
        "offset": ["0"],
        "kind": ["name", "mark", "language"],
        "code": ["IQ-BG"],
        "part": ["mind"],
        "track": ["locate", "host_release"],
        "entry": ["carer", "visit"],
    }


def treated(child: Person) -> dict[str, list[str]]:
    """Write in every kind of row of the child's health; return the identifiers of some."""
    planted = PLANTED["health"]
    by = {"recorded_by": child.registered_by, "recorded_at": made.AT}
    row = {"child": child} | by
    met = {"meeting": "before", "seen_on": made.AT.date(), "place": planted, "notes": planted}
    encounter = Encounter.objects.create(**met, **row)
    said = {"kind": "mind", "words": planted}
    entry = Entry.objects.create(encounter=encounter, said=said, **row)
    FitnessStatement.objects.create(fit="not_fit", grounds=planted, passed_on=False, **row)
    return {"encounter_id": [str(encounter.pk)], "entry_id": [str(entry.pk)]}


def give(of: World) -> None:
    """Assign the child to the medic; to everybody else its health stays closed."""
    Grant.objects.create(
        subject=of.known["child_id"][0],
        way=Way.ASSIGNED,
        account=of.accounts[Role.MEDIC],
        purpose=Purpose.PROTECTION,
        since=made.AT,
        until=timezone.now() + timedelta(days=1),
        given_by=of.accounts[Role.PROGRAMME_MANAGER],
    )


def accounts() -> dict[str, User]:
    """Open an account of every role."""
    offices = {Role.ENQUIRY_WORKER: "RU-DA"}
    return {
        str(role): made.account(role=role, region=offices.get(role, "IQ-BG"))
        for role in Role
        if role != Role.CLOCK
    }


def walk(of: World, *, roles: Iterable[str] = ()) -> barrier.Walked:
    """Walk all addresses as every role, or as some; signed in anew, as a walk ends signed out."""
    asked = {role: signed_in(of.accounts[role]) for role in roles or of.accounts}
    return barrier.walk(asked, known=of.known, planted=PLANTED, bodies=BODIES)


def holes(walked: barrier.Walked) -> set[barrier.Leak]:
    """Return what was read behind a wall, but by whom it is there for."""
    return {leak for leak in walked.behind(WALLED) if not is_read_rightly(leak)}


def is_read_rightly(leak: barrier.Leak) -> bool:
    """Tell whether that was read by whom it is there for, where it is."""
    if leak.compartment == "legal":
        return leak.who in OF_A_CASE and leak.where in FILE
    of_medics = leak.compartment == "health" and leak.who == Role.MEDIC
    return of_medics and leak.where in FILE | OF_HEALTH
