"""A family on both sides with something planted behind every wall, and the walk that looks for it.

No closed compartment has a kind of fact yet: for the walk, kinds that stand elsewhere are put into
them. Runs inside Django, and leaves nothing behind.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

from django.db import transaction

from kinward.access.models import Compartment, Role, clock
from kinward.people.actions.describing import store
from kinward.people.properties import PROPERTIES
from kinward.tracing import actions
from kinward.tracing.models import Candidate, Opinion
from reliability import barrier, made
from reliability.inside import signed_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kinward.access.models import User

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
    }
)
# What courts decide is read in a file by who works on its case.
OF_A_CASE: Final = frozenset({Role.CASE_WORKER, Role.LEGAL_OFFICER})
READERS: Final = frozenset({Role.REGISTRAR, Role.TRACING_OFFICER, Role.SECOND_REVIEWER})
OF_NOTHING_HERE: Final = (
    "approval_id",
    "begun_id",
    "document_id",
    "duty_id",
    "claim_id",
    "draft_id",
    "erasure_id",
    "file_id",
    "grant_id",
    "hold_id",
    "interview_id",
    "job_id",
    "link_id",
    "list_id",
    "other_id",
    "proceeding_id",
    "referral_id",
    "release_id",
    "report_id",
    "row_id",
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
        yield World(family(), accounts())
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
    return {
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
        "kind": ["name", "mark", "language"],
        "code": ["IQ-BG"],
        "track": ["locate", "host_release"],
    }


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
    """Return what was read behind a wall, but what courts decide by who works on that case."""
    return {
        leak
        for leak in walked.behind(WALLED)
        if not (leak.compartment == "legal" and leak.who in OF_A_CASE and leak.where in FILE)
    }
