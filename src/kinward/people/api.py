"""Children for machines: the list, one child with all that was said, registering, stating."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, cast
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from kinward.access.models import Compartment
from kinward.access.queries import open_compartments, signed_in
from kinward.access.rules import Permission
from kinward.audit.actions import record_reads
from kinward.core.doors import needs, open_to_accounts, sees
from kinward.core.paging import rows_after
from kinward.core.refusing import REFUSALS, WRITING, After, Code, Limit, Named, Reason, Words
from kinward.people import actions, queries
from kinward.people.consents import ConsentPurpose, Giver, State
from kinward.people.models import Answer, Certainty, Method, Person, SaidBy
from kinward.people.properties import PROPERTIES, Property, Shape
from kinward.people.rules import ConsentAnswer, Statement
from kinward.people.views import open_child

if TYPE_CHECKING:
    from kinward.access.models import UserRequest
    from kinward.people.consents import Consent
    from kinward.people.models import Assertion
    from kinward.people.rules import Fact

router = Router(tags=["people"])

Part = Words | Annotated[int, Field(strict=True)]


class PropertyOut(Schema):
    """A kind of fact that can be stated about a person."""

    id: str
    label: str = Field(description="In the language of the request.")
    shape: Shape = Field(description="Which parts a value has.")
    compartment: Compartment
    several: bool = Field(description="Several values do not contradict each other.")

    @staticmethod
    def resolve_label(kind: Property) -> str:
        """Put the label into words."""
        return str(kind.label)


class StatementOut(Schema):
    """What somebody said, as it is stored."""

    id: UUID
    property: str
    answer: Answer
    value: dict[str, Any] = Field(description="Parts as of the shape of the property.")
    said_by: SaidBy
    method: Method
    certainty: Certainty
    source: str
    as_of: str = Field(description="A date of ISO 8601-2, or nothing.")
    compartment: Compartment
    corrects: UUID | None = Field(alias="corrects_id")
    recorded_at: datetime


class FactOut(Schema):
    """All that was said about one thing, and stands."""

    property: str
    contradicted: bool = Field(description="Two of the values cannot both be true.")
    statements: list[StatementOut]


class ChildOut(Schema):
    """A child on record."""

    id: UUID
    reference: str
    region: str = Field(description="The office that registered it.")
    registered_at: datetime
    group_id: UUID | None = Field(description="The group it was found with.")
    names: list[str] = Field(description="As they were written, the first said first.")


class WholeChildOut(ChildOut):
    """A child with everything about it that its reader may see."""

    may_be_traced: bool
    facts: list[FactOut]


class ChildrenOut(Schema):
    """Some of the children."""

    items: list[ChildOut]
    next: UUID | None = Field(description="Send it as `after` for those that follow.")


class ConsentOut(Schema):
    """An answer that was given when consent was asked for."""

    id: UUID
    number: int
    purpose: ConsentPurpose
    state: State
    giver: Giver
    named: str
    form_version: str
    language: str
    recorded_at: datetime


class ConsentsOut(Schema):
    """All answers about a person, in their order."""

    items: list[ConsentOut]


class StatementIn(Schema):
    """Something somebody says about a person."""

    model_config = ConfigDict(extra="forbid")

    property: Code
    value: Annotated[dict[Named, Part], Field(max_length=20)] = {}
    answer: Answer = Answer.KNOWN
    said_by: SaidBy
    method: Method
    certainty: Certainty = Certainty.PROBABLE
    source: Named = ""
    as_of: Code = ""
    corrects: UUID | None = None

    def said(self) -> Statement:
        """Return it as the actions take it."""
        return Statement(**self.dict())


class ConsentIn(Schema):
    """What was answered when consent was asked for."""

    model_config = ConfigDict(extra="forbid")

    purpose: ConsentPurpose = ConsentPurpose.TRACING
    state: State
    giver: Giver
    named: Named = ""
    form_version: Code = ""
    language: Code = ""
    reference: Named = ""
    decided_by: Named = ""
    circumstances: Annotated[dict[Named, Named], Field(max_length=10)] = {}

    def answered(self) -> ConsentAnswer:
        """Return it as the actions take it."""
        return ConsentAnswer(**self.dict())


class ChildIn(Schema):
    """A child to register."""

    model_config = ConfigDict(extra="forbid")

    statements: Annotated[list[StatementIn], Field(max_length=200)]
    consents: Annotated[list[ConsentIn], Field(max_length=20)] = []
    keeping: Words = Field("", description="Why words stay that label a person, if any do.")


class WithdrawalIn(Schema):
    """Why what was written down stands no more."""

    model_config = ConfigDict(extra="forbid")

    reason: Reason


@router.get("/properties", response={200: list[PropertyOut]} | REFUSALS)
@open_to_accounts
def list_properties(request: HttpRequest) -> list[Any]:
    """List the kinds of fact that can be stated, of the compartments open to you."""
    opened = open_compartments(signed_in(request))
    return [each for each in PROPERTIES.values() if each.compartment in opened]


@router.get("/children", response={200: ChildrenOut} | REFUSALS)
@needs(Permission.SEE_CHILDREN)
def list_children(
    request: HttpRequest,
    after: After = None,
    limit: Limit = 50,
) -> dict[str, Any]:
    """List the children you may know of, in the order in which they were registered."""
    user = signed_in(request)
    children, more = rows_after(queries.children(user=user), after, limit=limit)
    record_reads(
        "people.listed",
        children,
        by=user,
        at=timezone.now(),
        compartments=open_compartments(user),
    )
    profiles = queries.profiles(children, user=user)
    return {"items": [told(child, profiles[child.pk]) for child in children], "next": more}


@router.get("/children/{uuid:child_id}", response={200: WholeChildOut} | REFUSALS)
@sees(Permission.SEE_CHILDREN)
def read_child(request: HttpRequest, child_id: UUID) -> dict[str, Any]:
    """Read all that was said about a child, by whom, how sure, and what contradicts what."""
    context = open_child(cast("UserRequest", request), child_id)
    facts: dict[str, Fact] = context["facts"]
    return told(context["child"], facts) | {
        "may_be_traced": context["traced"],
        "facts": [
            {
                "property": name,
                "contradicted": fact.contradicted,
                "statements": [one for saying in fact.sayings for one in saying.statements],
            }
            for name, fact in facts.items()
        ],
    }


@router.post("/children", response={201: ChildOut} | REFUSALS | WRITING)
@needs(Permission.REGISTER_CHILD)
def register_child(request: HttpRequest, body: ChildIn) -> Status[dict[str, Any]]:
    """Register a child from what is said. Without consent to tracing it is compared with nobody."""
    user = signed_in(request)
    child = actions.register_child(
        statements=[each.said() for each in body.statements],
        consents=[each.answered() for each in body.consents],
        keeping=body.keeping,
        by=user,
        at=timezone.now(),
    )
    return Status(201, told(child, queries.profiles([child], user=user)[child.pk]))


@router.post(
    "/children/{uuid:child_id}/statements", response={201: StatementOut} | REFUSALS | WRITING
)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.ADD_STATEMENT)
def add_statement(request: HttpRequest, child_id: UUID, body: StatementIn) -> Status[Any]:
    """Add what somebody says; with `corrects`, in place of what was said before."""
    user = signed_in(request)
    said = actions.add_statement(
        person=found(child_id, request), statement=body.said(), by=user, at=timezone.now()
    )
    return Status(201, said)


@router.post(
    "/children/{uuid:child_id}/statements/{uuid:statement_id}/withdrawal",
    response={201: StatementOut} | REFUSALS | WRITING,
)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.ADD_STATEMENT)
def withdraw_statement(
    request: HttpRequest, child_id: UUID, statement_id: UUID, body: WithdrawalIn
) -> Status[Any]:
    """Withdraw what was written down; it stays on record, and stands no more."""
    user = signed_in(request)
    said = queries.statements_about([found(child_id, request)], user=user)
    statement: Assertion = get_object_or_404(said, pk=statement_id)
    withdrawn = actions.withdraw_statement(
        assertion=statement, reason=body.reason, by=user, at=timezone.now()
    )
    return Status(201, withdrawn)


@router.get("/children/{uuid:child_id}/consents", response={200: ConsentsOut} | REFUSALS)
@sees(Permission.SEE_CHILDREN)
def list_consents(request: HttpRequest, child_id: UUID) -> dict[str, list[Any]]:
    """List what was answered when consent was asked for about a child."""
    context = open_child(cast("UserRequest", request), child_id)
    return {"items": queries.consents_of(context["child"], user=signed_in(request))}


@router.post("/children/{uuid:child_id}/consents", response={201: ConsentOut} | REFUSALS | WRITING)
@sees(Permission.SEE_CHILDREN)
@sees(Permission.RECORD_CONSENT)
def record_consent(request: HttpRequest, child_id: UUID, body: ConsentIn) -> "Status[Consent]":
    """Record what was answered when consent was asked for: one more, never in place of another."""
    answer = actions.record_consent(
        person=found(child_id, request),
        answer=body.answered(),
        by=signed_in(request),
        at=timezone.now(),
    )
    return Status(201, answer)


def found(child_id: UUID, request: HttpRequest) -> Person:
    """Return a child that whoever asks may know of."""
    child: Person = get_object_or_404(queries.children(user=signed_in(request)), pk=child_id)
    return child


def told(child: Person, facts: "dict[str, Fact]") -> dict[str, Any]:
    """Return what is told of a child in short."""
    return {
        "id": child.pk,
        "reference": child.reference,
        "region": child.region,
        "registered_at": child.registered_at,
        "group_id": child.group_id,
        "names": queries.names_of(facts),
    }
