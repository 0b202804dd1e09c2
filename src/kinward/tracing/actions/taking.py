"""Taking requests, and what a relative answers when consent is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core.errors import NotAllowed, NotFound, RuleBroken
from kinward.people.actions import describe_new, guard_words, record_consent
from kinward.people.models import Kind
from kinward.tracing import matching
from kinward.tracing.actions.finding import look_later
from kinward.tracing.actions.tracing import LACKS
from kinward.tracing.models import (
    Relation,
    Request,
    Sought,
    Through,
)
from kinward.tracing.rules import lack_of_asking

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from kinward.access.models import User
    from kinward.people.consents import Consent
    from kinward.people.rules import ConsentAnswer, Statement


class UnfitRequest(RuleBroken):
    """The request cannot be stored as it is; its words say why."""


class SoughtPerson(NamedTuple):
    """A person asked for: what they are to the enquirer, and what is said about them."""

    relation: Relation
    statements: Sequence[Statement]


@transaction.atomic
def take_request(  # noqa: PLR0913 (what a request holds)
    *,
    enquirer: Iterable[Statement],
    told: str = "",
    language: str = "",
    region: str = "",
    through: Through = Through.SELF,
    through_whom: str = "",
    keeping: str = "",
    sought: Sequence[tuple[Relation, Sequence[Statement]]],
    consents: Sequence[ConsentAnswer] = (),
    by: User,
    at: datetime,
) -> Request:
    """Take a tracing request for one or several people; `region` is the taker's if not given.

    `consents` are what the relative answered: they hold for all that the request is about. Without
    one that agrees to tracing the request is on record and is compared with nobody. `through_whom`
    is who asks for the relative, and how to reach them, where `through` says that somebody does.

    Raises:
        NotAllowed: `by` does not take requests.
        UnfitRequest: somebody asks for the relative and is not named, or the other way about.
        RuleBroken: nobody is asked for.
        UnfitConsent, UnfitStatement: an answer or a statement cannot be stored as it is.
        WordsRefused: what is told holds what is never kept, or a label without a reason for
            `keeping` it.
    """
    if not may(by, Permission.TAKE_REQUEST):
        raise NotAllowed(_("You may not take requests."))
    if not sought:
        raise RuleBroken(_("A request asks for at least one person."))
    if (wrong := lack_of_asking(through, through_whom)) is not None:
        raise UnfitRequest(str(LACKS[wrong]))
    region = region or by.region
    asking = describe_new(
        Kind.ENQUIRER, enquirer, consents=consents, region=region, keeping=keeping, by=by, at=at
    )
    request = Request(
        enquirer=asking,
        told=told,
        language=language,
        through=through,
        through_whom=through_whom.strip(),
        region=region,
        taken_by=by,
        taken_at=at,
    )
    texts = {told: False, through_whom: True}
    guard_words(request, texts, field="told", keeping=keeping, by=by, at=at)
    request.save()
    with matching.held_back():
        for relation, statements in sought:
            person = describe_new(
                Kind.SOUGHT,
                statements,
                consents=consents,
                region=region,
                keeping=keeping,
                by=by,
                at=at,
            )
            Sought.objects.create(request=request, person=person, relation=relation)
    look_later([request.pk], at=at)
    record("tracing.took_request", request, by=by, at=at, sought=len(sought))
    return request


@transaction.atomic
def record_request_consent(
    *, request: Request, answer: ConsentAnswer, seen: str | None = None, by: User, at: datetime
) -> list[Consent]:
    """Record what a relative answered about a request: for who asks and for all who are sought.

    Raises:
        NotAllowed: `by` does not record consent.
        NotFound: `by` may not know of the request.
        AnsweredMeanwhile: since `seen`, the number of the enquirer's last answer, somebody recorded
            another answer to just this question.
        UnfitConsent: the answer cannot be stored as it is.
    """
    if not Request.objects.visible_to(by).filter(pk=request.pk).exists():
        raise NotFound(_("There is no such request."))
    asked = [one.person for one in request.sought.select_related("person").order_by("pk")]
    with matching.held_back():
        answered = [
            record_consent(person=request.enquirer, answer=answer, seen=seen, by=by, at=at),
            *(record_consent(person=person, answer=answer, by=by, at=at) for person in asked),
        ]
    look_later([request.pk], at=at)
    return answered
