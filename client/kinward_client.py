"""The client of Kinward's API. Made by tools/build_client.py: change its source, not this file.

    with Client("https://kinward.example", token="kwt_…") as kinward:
        for child in every(kinward.list_children):
            print(child.reference)

What is refused is raised as `Refused`. A request that changes something names itself (`once`), so
that it is sent again after a failing link without a second effect.
"""

from __future__ import annotations

import dataclasses
import json
import time
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date, datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    Final,
    Literal,
    Self,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

Told = TypeVar("Told")
REFUSED: Final = 400  # from this status on an answer is a refusal
PAUSES: Final = (0.5, 2.0, 8.0)  # seconds before a request is sent again that got no answer
READ_BY: Final[dict[Any, Callable[[str], Any]]] = {
    UUID: UUID,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}


Compartment = Literal[
    "identity", "family", "location", "legal", "health", "movement", "evidence", "staff", "public"
]

Shape = Literal["name", "sex", "birth", "place", "kin", "stay", "when", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyOut:
    """A kind of fact that can be stated about a person."""

    id: str
    label: str
    shape: Shape
    compartment: Compartment
    several: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A refusal, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    field: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildOut:
    """A child on record."""

    id: UUID
    reference: str
    region: str
    registered_at: datetime
    group_id: UUID | None
    names: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildrenOut:
    """Some of the children."""

    items: list[ChildOut]
    next: UUID | None


Answer = Literal["known", "unknown", "refused", "not_asked", "withdrawn"]

Certainty = Literal["confirmed", "probable", "possible", "doubted"]

SaidBy = Literal["child", "mother", "relative", "custodian", "official", "document", "worker"]

Method = Literal["interview", "observation", "document", "medical_estimate", "list", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementIn:
    """Something somebody says about a person."""

    property: str
    said_by: SaidBy
    method: Method
    value: dict[str, Any] = dataclasses.field(default_factory=dict)
    answer: Answer = "known"
    certainty: Certainty = "probable"
    source: str = ""
    as_of: str = ""
    corrects: UUID | None = None


ConsentPurpose = Literal["tracing", "sharing", "photo", "contact"]

State = Literal["not_sought", "informed", "given", "refused", "unable", "withdrawn", "overridden"]

Giver = Literal["child", "mother", "guardian", "relative", "programme"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentIn:
    """What was answered when consent was asked for."""

    state: State
    giver: Giver
    purpose: ConsentPurpose = "tracing"
    named: str = ""
    form_version: str = ""
    language: str = ""
    reference: str = ""
    decided_by: str = ""
    circumstances: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildIn:
    """A child to register."""

    statements: list[StatementIn]
    consents: list[ConsentIn] = dataclasses.field(default_factory=list)
    keeping: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementOut:
    """What somebody said, as it is stored."""

    id: UUID
    property: str
    answer: Answer
    value: dict[str, Any]
    said_by: SaidBy
    method: Method
    certainty: Certainty
    source: str
    as_of: str
    compartment: Compartment
    corrects: UUID | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FactOut:
    """All that was said about one thing, and stands."""

    property: str
    contradicted: bool
    statements: list[StatementOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeChildOut:
    """A child with everything about it that its reader may see."""

    id: UUID
    reference: str
    region: str
    registered_at: datetime
    group_id: UUID | None
    names: list[str]
    may_be_traced: bool
    facts: list[FactOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalIn:
    """Why what was written down stands no more."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentOut:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentsOut:
    """All answers about a person, in their order."""

    items: list[ConsentOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockOut:
    """One thing that stands between a child and home."""

    reason: str
    words: str
    step: str
    role: str


Phase = Literal[
    "reported",
    "registered",
    "identified",
    "preparing",
    "ready",
    "travelling",
    "arrived",
    "home",
    "closed",
    "ended",
]

Track = Literal[
    "locate",
    "tracing",
    "civil_status",
    "consent",
    "best_interests",
    "host_release",
    "movement",
    "placement",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackOut:
    """Where one track stands."""

    track: Track
    position: str
    words: str
    since: date | None
    blocks: list[BlockOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOut:
    """Where the case of a child stands, as far as its reader may see it."""

    child_id: UUID
    reference: str
    phase: Phase | None
    tracks: list[TrackOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepOut:
    """A step that was taken, or that an earlier one is withdrawn."""

    id: UUID
    number: int
    to: str
    happened_on: date
    holds_from: date | None
    holds_until: date | None
    reason: str
    evidence: str
    withdraws: UUID | None
    despite: list[str]
    taken_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsOut:
    """All steps of one track, in their order."""

    items: list[StepOut]
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepIn:
    """A step to take."""

    to: str
    on: date
    reason: str = ""
    evidence: str = ""
    holds_from: date | None = None
    holds_until: date | None = None


HoldKind = Literal[
    "identity",
    "family",
    "dna",
    "document",
    "consent",
    "court",
    "custodian",
    "clearance",
    "child",
    "relative",
    "unfit",
    "capacity",
    "carer",
    "other",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgedOut:
    """A hold that stands, without a word of what is said."""

    id: UUID
    child_id: UUID
    kind: HoldKind
    since: date
    days: int
    next_by: str
    next_on: date
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeingOut:
    """Some of the holds that stand."""

    items: list[AgedOut]
    next: UUID | None


Added = Literal["contested", "reply", "evidence", "next", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldEntryOut:
    """Something that was added to a hold."""

    id: UUID
    what: Added
    words: str
    how: str
    next_by: str
    next_on: date | None
    recorded_at: datetime


Party = Literal[
    "host_state",
    "host_court",
    "home_state",
    "home_court",
    "custodian",
    "relative",
    "child",
    "carrier",
    "programme",
    "organisation",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldOut:
    """That somebody says a child may not go yet: what its owner says, never a fact."""

    id: UUID
    kind: HoldKind
    party: Party
    owner: str
    told_by: str
    since: date
    claim: str
    evidence: str
    open: bool
    days: int
    next_action: str
    next_by: str
    next_on: date | None
    entries: list[HoldEntryOut]
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldsOut:
    """The holds on a child that are open to you, those that stand first."""

    items: list[HoldOut]


Role = Literal[
    "registrar",
    "enquiry_worker",
    "tracing_officer",
    "second_reviewer",
    "case_worker",
    "panel_member",
    "legal_officer",
    "operation_lead",
    "escort",
    "medic",
    "guardianship_officer",
    "programme_manager",
    "figures_editor",
    "second_editor",
    "data_protection_officer",
    "auditor",
    "administrator",
    "clock",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldIn:
    """A hold, as its owner says it, and what is done about it next."""

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


HoldEnded = Literal["lifted", "overcome", "overruled", "mistaken"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldEntryIn:
    """What is added: with `next` by whom and when, with `ended` how."""

    what: Added
    words: str
    next_by: Role | None = None
    next_on: date | None = None
    how: HoldEnded | None = None


Ended = Literal["done", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEndOut:
    """What became of a task."""

    id: UUID
    how: Ended
    reason: str
    ended_at: datetime


What = Literal["ask", "call", "visit", "document", "consent", "check", "compare", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOut:
    """Something to be done about a person by a day."""

    id: UUID
    person_id: UUID
    what: What
    words: str
    role: str
    account_id: UUID | None
    due_on: date
    set_at: datetime
    end: TaskEndOut | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksOut:
    """Some of the tasks."""

    items: list[TaskOut]
    next: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskIn:
    """What is to be done, by when, and by whom: a role or one account, not both."""

    what: What
    due_on: date
    words: str = ""
    role: Role | None = None
    account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEndIn:
    """What became of a task; to take it back needs a reason."""

    how: Ended
    reason: str = ""


Heard = Literal["said", "shown", "unable", "not_heard"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentOut:
    """What was best for a child as its case worker saw it on a day."""

    id: UUID
    heard: Heard | str
    view: str
    analysis: str
    recommends: str
    to_determine: bool
    why: str
    review_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionOut:
    """One thing that could be done."""

    option: str
    speaks_for: str
    speaks_against: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelOpinionOut:
    """What one member of the panel says of a report."""

    id: UUID
    opinion: Literal["approves", "defers", "not_approved"]
    words: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelDecisionOut:
    """What the panel decided on a report."""

    id: UUID
    decision: Literal["approves", "defers", "not_approved"]
    words: str
    review_on: date
    digest: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOut:
    """What lies before the panel, what its members say, and what it decided."""

    id: UUID
    number: int
    heard: Heard | str
    view: str
    participants: str
    options: list[OptionOut]
    recommends: str
    digest: str
    intact: bool
    open: bool
    missing: int
    opinions: list[PanelOpinionOut]
    decision: PanelDecisionOut | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BestOut:
    """All that is kept of what is best for a child; the newest first."""

    child_id: UUID
    assessments: list[AssessmentOut]
    reports: list[ReportOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentIn:
    """An assessment."""

    heard: Heard
    view: str
    analysis: str
    recommends: str
    to_determine: bool
    why: str
    review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """A report that was laid before the panel."""

    id: UUID
    number: int
    digest: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionIn:
    """One thing that could be done, with what speaks for it and against it."""

    option: str
    speaks_for: str
    speaks_against: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportIn:
    """A report to lay before the panel; it weighs two options or more."""

    heard: Heard
    view: str
    participants: str
    options: list[OptionIn]
    recommends: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelOpinionIn:
    """An opinion of a report, and why."""

    opinion: Literal["approves", "defers", "not_approved"]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelDecisionIn:
    """What most of the panel say, why, and when it is looked at again."""

    decision: Literal["approves", "defers", "not_approved"]
    words: str
    review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCheckOut:
    """A name of a passenger list that was held against a document."""

    id: UUID
    surname: str
    given: str
    list_named: str
    recorded_at: datetime


Difference = Literal["surname", "given", "exchanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedOut:
    """A name of a passenger list, and how it differs from that in the document."""

    check: NameCheckOut
    differences: list[Difference]


DocumentKind = Literal["passport", "return", "laissez_passer", "emergency", "travel", "card"]

Noted = Literal["error", "cancelled", "mistyped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNoteOut:
    """Why nobody may travel with a document."""

    id: UUID
    noted: Noted
    reason: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentOut:
    """A travel document as it is printed."""

    id: UUID
    kind: DocumentKind
    issuer: str
    number: str
    surname: str
    given: str
    zone: str
    valid_from: date
    valid_until: date
    replaces: UUID | None
    recorded_at: datetime


Flaw = Literal["faulty", "issuer", "number", "validity", "name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """A travel document with what follows from what is printed."""

    document: DocumentOut
    valid: bool
    days_left: int
    agrees: bool | None
    flaws: list[Flaw]
    checks: list[ComparedOut]
    note: DocumentNoteOut | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsOut:
    """The travel documents of a child, the newest first."""

    items: list[HeldOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentIn:
    """A travel document, letter by letter as it is printed."""

    kind: DocumentKind
    issuer: str
    number: str
    valid_from: date
    valid_until: date
    surname: str = ""
    given: str = ""
    zone: str = ""
    replaces: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNoteIn:
    """Why a document cannot be used."""

    noted: Noted
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCheckIn:
    """A name as it stands on a passenger list, and on which."""

    list_named: str
    surname: str = ""
    given: str = ""


EvidenceKind = Literal["original", "certified", "copy", "witness", "hospital", "dna"]

EvidenceNoted = Literal["contested", "answered", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceNoteOut:
    """That evidence is contested, that this was answered, or that it counts no more."""

    id: UUID
    number: int
    noted: EvidenceNoted
    said_by: str
    reason: str
    recorded_at: datetime


Question = Literal["identity", "birth", "parentage", "nationality", "marriage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceOut:
    """One thing that shows something of a child, where it is, and how far it goes."""

    id: UUID
    question: Question
    kind: EvidenceKind
    result: str
    shows: str
    issuer: str
    issued_on: date | None
    holder: str
    standard: str
    standard_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceOut:
    """A piece of evidence with what was noted of it."""

    item: EvidenceOut
    counts: bool
    contested: bool
    notes: list[EvidenceNoteOut]
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionOut:
    """One question about a child, and the evidence of its answer."""

    question: Question
    missing: bool
    pieces: list[PieceOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencesOut:
    """Every question about a child, in one order."""

    items: list[QuestionOut]


Result = Literal["supports", "excludes", "inconclusive"]

Standard = Literal["reasonable", "balance", "conviction", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceIn:
    """A piece of evidence; of a genetic test only its result."""

    question: Question
    kind: EvidenceKind
    shows: str
    issuer: str
    holder: str
    issued_on: date | None = None
    result: Result | None = None
    standard: Standard | None = None
    standard_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceNoteIn:
    """What is noted of a piece of evidence, who says so, and why."""

    noted: EvidenceNoted
    said_by: str
    reason: str


Basis = Literal["descent", "birth", "naturalisation", "adoption", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAnswerOut:
    """What an authority of the country answered to a claim."""

    id: UUID
    number: int
    answer: Literal["claimed", "recognised", "refused", "disputed"]
    authority: str
    reference: str
    happened_on: date
    recorded_at: datetime


LawAsks = Literal[
    "father_national",
    "mother_national",
    "only_parent",
    "father_unknown",
    "other_none",
    "other_stateless",
    "born_there",
    "else_none",
    "parents_unknown",
    "parents_stateless",
    "parent_lives",
    "parent_born_there",
    "passes_on",
    "declared",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalFactOut:
    """Whether what a nationality law asks for is so of a child."""

    id: UUID
    country: str
    fact: LawAsks
    holds: bool
    said_by: str
    evidence: UUID | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalityClaimOut:
    """That a child has the nationality of a country, as somebody says."""

    id: UUID
    country: str
    basis: Basis
    claimed_by: str
    since: date | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOut:
    """A claim with what was answered to it."""

    claim: NationalityClaimOut
    stands: Literal["claimed", "recognised", "refused", "disputed"]
    answers: list[ClaimAnswerOut]
    version: str


Protection = Literal["not_yet", "disputed", "at_risk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalityOut:
    """What is said of a child's nationality. Nobody is recognised by it."""

    claims: list[SaidOut]
    facts: list[LegalFactOut]
    flag: Protection | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalityClaimIn:
    """Which nationality a child is said to have, and by whom."""

    country: str
    basis: Basis
    claimed_by: str
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalFactIn:
    """Whether what a nationality law asks for is so, and which evidence of the child shows it."""

    country: str
    fact: LawAsks
    holds: bool
    said_by: str
    evidence: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAnswerIn:
    """What an authority answered to a claim."""

    answer: Literal["recognised", "refused", "disputed"]
    authority: str
    reference: str
    happened_on: date


Band = Literal["very_likely", "likely", "possible", "not_credible"]

Verdict = Literal["open", "confirmed", "rejected", "disputed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonOut:
    """What one comparison says for or against a candidate."""

    comparison: str
    level: str
    bits: float
    found: str
    sought: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateOut:
    """A child who may be a sought person, with the reasons level by level."""

    id: UUID
    child_id: UUID
    child_reference: str
    sought_id: UUID
    sought_reference: str
    request_reference: str
    weight: float
    probability: float
    band: Band
    verdict: Verdict
    round: int
    version: str
    model_version: str
    computed_at: datetime
    reasons: list[ReasonOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatesOut:
    """Some of the candidates, and how many there are in all."""

    items: list[CandidateOut]
    count: int
    not_shown: int


Opinion = Literal["same", "not_same", "cannot_tell"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOut:
    """An opinion as it was stored."""

    id: UUID
    candidate_id: UUID
    round: int
    opinion: Opinion
    reason: str
    reviewed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictOut:
    """A refusal; where something was judged meanwhile, with both versions."""

    type: str
    title: str
    status: int
    detail: str
    field: str = ""
    reason: str = ""
    had: str = ""
    stands: str = ""
    now: dict[str, Any] = dataclasses.field(default_factory=dict)
    changed_by: str = ""
    changed_at: datetime | None = None
    sent: dict[str, Any] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewIn:
    """An opinion and its reason."""

    opinion: Opinion
    reason: str


Relation = Literal[
    "child",
    "sons_child",
    "daughters_child",
    "grandchild",
    "brothers_child",
    "sisters_child",
    "nibling",
    "sibling",
    "cousin",
    "other_relative",
    "no_relative",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtOut:
    """Somebody who is looked for."""

    id: UUID
    person_id: UUID
    reference: str
    relation: Relation


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestOut:
    """A tracing request."""

    id: UUID
    reference: str
    region: str
    taken_at: datetime
    sought: list[SoughtOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestsOut:
    """Some of the requests."""

    items: list[RequestOut]
    next: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtIn:
    """Somebody to look for, and what they are to who asks."""

    relation: Relation
    statements: list[StatementIn]


Through = Literal["self", "anonymous", "lawyer", "organisation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestIn:
    """A tracing request to take."""

    enquirer: list[StatementIn]
    sought: list[SoughtIn]
    consents: list[ConsentIn] = dataclasses.field(default_factory=list)
    told: str = ""
    language: str = ""
    through: Through = "self"
    through_whom: str = ""
    keeping: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeRequestOut:
    """A tracing request with what was told, as far as its reader may see it."""

    id: UUID
    reference: str
    region: str
    taken_at: datetime
    sought: list[SoughtOut]
    told: str
    language: str
    through: Through
    facts: dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationOut:
    """An operation."""

    id: UUID
    title: str
    day: date
    state: Literal[
        "planned",
        "permits",
        "manifest_draft",
        "manifest_frozen",
        "handover_signed",
        "departed",
        "landed",
        "reconciled",
        "closed",
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationsOut:
    """The operations you plan, watch or escort."""

    items: list[OperationOut]


CheckpointKind = Literal["handed_over", "boarded", "landed", "border", "admitted", "discharged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointOut:
    """A place where everybody is counted."""

    id: UUID
    kind: CheckpointKind
    words: str
    expected: int
    you_saw: int
    finished: int
    closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TravellerOut:
    """A child of the frozen manifest."""

    child_id: UUID
    number: int
    name: str
    legs: list[int]
    held_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyOut:
    """An operation on its way."""

    id: UUID
    title: str
    travellers: list[TravellerOut]
    checkpoints: list[CheckpointOut]


SeenHow = Literal["tapped", "scanned", "typed", "taken_back"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountOut:
    """A child that was counted."""

    id: UUID
    checkpoint_id: UUID
    child_id: UUID
    how: SeenHow


@dataclass(frozen=True, slots=True, kw_only=True)
class CountIn:
    """A child that you see, or took back."""

    child_id: UUID
    how: SeenHow


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneOut:
    """Somebody said to be done with counting."""

    id: UUID
    checkpoint_id: UUID


EntryKind = Literal["measure", "vaccine", "screening", "mind", "plan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryOut:
    """Something written down when a child was seen."""

    id: UUID
    kind: EntryKind
    said: dict[str, Any]
    stands: bool


Fit = Literal["fit", "conditional", "not_fit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FitnessOut:
    """What a medic stated about flying."""

    id: UUID
    fit: Fit
    until: date | None
    needs: str
    grounds: str


Meeting = Literal["before", "in_flight", "admission", "examination", "leaving", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenOut:
    """That a medic saw a child."""

    id: UUID
    meeting: Meeting
    seen_on: date
    place: str
    notes: str
    entries: list[EntryOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthOut:
    """All that is kept of one child's health; the newest first."""

    child_id: UUID
    seen: list[SeenOut]
    fitness: list[FitnessOut]


CarerKind = Literal["relative", "known", "foster", "group"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarerOut:
    """Somebody who could take a child in, or did."""

    id: UUID
    kind: CarerKind
    relation: str
    name: str
    address: str
    for_now: bool


Where = Literal["home", "school", "office", "telephone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitOut:
    """A visit after a child moved in."""

    id: UUID
    visited_on: date
    seen: bool
    why_not: str
    where: Where
    changed: str
    view: str
    settled: bool
    next_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedOut:
    """That a child lives, or lived, with a carer."""

    id: UUID
    carer_id: UUID
    moved_on: date
    broken_down: bool
    visits: list[VisitOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOut:
    """Everything about a child's home that its reader may see."""

    child_id: UUID
    region: str
    position: str
    carers: list[CarerOut]
    placed: list[PlacedOut]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitIn:
    """A visit: was the child seen, what changed, when is the next one."""

    visited_on: date
    seen: bool
    where: Where
    changed: str
    next_on: date
    why_not: str = ""
    view: str = ""
    settled: bool = False


SourceKind = Literal["article", "post", "video", "statement", "court"]

Translation = Literal["none", "machine", "human"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOut:
    """Something published that figures stand in."""

    id: UUID
    kind: SourceKind
    title: str
    address: str
    outlet: str
    agency: str
    language: str
    translation: Translation
    published_on: date
    digest: str
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesOut:
    """Some of the sources."""

    items: list[SourceOut]
    next: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceIn:
    """A source to keep."""

    kind: SourceKind
    title: str
    outlet: str
    language: str
    translation: Translation
    published_on: date
    text: str
    address: str = ""
    agency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimOut:
    """One figure of a source, as somebody coded it."""

    id: UUID
    source_id: UUID
    quote: str
    operator: str
    low: str | None
    high: str | None
    unit: str
    words: str
    state: str
    dimension: str
    category: str
    as_of: str
    since: str
    speaker: str
    channel: str
    corrects_id: UUID | None
    coded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsOut:
    """Some of the claims that stand."""

    items: list[ClaimOut]
    next: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictOut:
    """What some claims come to."""

    verdict: str
    words: str
    claims: list[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictsOut:
    """What contradicts, breaks or is left over, the worst first."""

    items: list[VerdictOut]


class Refused(Exception):
    """The server said no: `status`, and the problem document as it came (RFC 9457)."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{status} {problem.get('title', '')}: {problem.get('detail', '')}")
        self.status = status
        self.problem = problem


def every(ask: Callable[..., Any], **asked: Any) -> Iterator[Any]:
    """Yield everything that an operation lists, page by page."""
    after: UUID | None = None
    while True:
        page = ask(after=after, **asked)
        yield from page.items
        after = page.next
        if after is None:
            return


class Client:
    """A connection to one installation, by a token. One at a time: not for several threads."""

    def __init__(
        self, address: str, *, token: str, language: str = "en", seconds: float = 60
    ) -> None:
        parts = urlsplit(address)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._connection = kind(parts.netloc, timeout=seconds)
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Accept": "application/json",
            "Accept-Language": language,
        }

    def __enter__(self) -> Self:
        """Use it, and close it at the end."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        self._connection.close()

    def list_properties(self) -> list[PropertyOut]:
        """List the kinds of fact that can be stated, of the compartments open to you."""
        return self._ask("GET", "/api/properties", list[PropertyOut])

    def list_children(self, *, after: UUID | None = None, limit: int = 50) -> ChildrenOut:
        """List the children you may know of, in the order in which they were registered."""
        return self._ask(
            "GET", "/api/children", ChildrenOut, query={"after": after, "limit": limit}
        )

    def register_child(self, body: ChildIn, *, once: str | None = None) -> ChildOut:
        """Register a child from what is said. Without consent to tracing it is compared with nobody."""
        return self._ask("POST", "/api/children", ChildOut, body=body, once=once)

    def read_child(self, child_id: UUID | str) -> WholeChildOut:
        """Read all that was said about a child, by whom, how sure, and what contradicts what."""
        return self._ask("GET", f"/api/children/{child_id}", WholeChildOut)

    def add_statement(
        self, child_id: UUID | str, body: StatementIn, *, once: str | None = None
    ) -> StatementOut:
        """Add what somebody says; with `corrects`, in place of what was said before."""
        return self._ask(
            "POST", f"/api/children/{child_id}/statements", StatementOut, body=body, once=once
        )

    def withdraw_statement(
        self,
        child_id: UUID | str,
        statement_id: UUID | str,
        body: WithdrawalIn,
        *,
        once: str | None = None,
    ) -> StatementOut:
        """Withdraw what was written down; it stays on record, and stands no more."""
        return self._ask(
            "POST",
            f"/api/children/{child_id}/statements/{statement_id}/withdrawal",
            StatementOut,
            body=body,
            once=once,
        )

    def list_consents(self, child_id: UUID | str) -> ConsentsOut:
        """List what was answered when consent was asked for about a child."""
        return self._ask("GET", f"/api/children/{child_id}/consents", ConsentsOut)

    def record_consent(
        self, child_id: UUID | str, body: ConsentIn, *, once: str | None = None
    ) -> ConsentOut:
        """Record what was answered when consent was asked for: one more, never in place of another."""
        return self._ask(
            "POST", f"/api/children/{child_id}/consents", ConsentOut, body=body, once=once
        )

    def read_case(self, child_id: UUID | str) -> CaseOut:
        """Read where the tracks of a child stand, and what blocks each."""
        return self._ask("GET", f"/api/children/{child_id}/case", CaseOut)

    def list_steps(self, child_id: UUID | str, track: UUID | str) -> StepsOut:
        """List the steps of one track of a child, if it is open to you."""
        return self._ask("GET", f"/api/children/{child_id}/tracks/{track}/steps", StepsOut)

    def take_step(
        self,
        child_id: UUID | str,
        track: UUID | str,
        body: StepIn,
        *,
        seen: str,
        once: str | None = None,
    ) -> StepOut:
        """Take the next step of a track. A gate that refuses says all its reasons (409)."""
        return self._ask(
            "POST",
            f"/api/children/{child_id}/tracks/{track}/steps",
            StepOut,
            body=body,
            seen=seen,
            once=once,
        )

    def withdraw_step(
        self,
        child_id: UUID | str,
        track: UUID | str,
        body: WithdrawalIn,
        *,
        seen: str,
        once: str | None = None,
    ) -> StepOut:
        """Withdraw the last step of a track; it stays on record."""
        return self._ask(
            "POST",
            f"/api/children/{child_id}/tracks/{track}/withdrawal",
            StepOut,
            body=body,
            seen=seen,
            once=once,
        )

    def list_open_holds(self, *, after: UUID | None = None, limit: int = 50) -> AgeingOut:
        """List the holds that stand on children you may know of: kinds and days, no words."""
        return self._ask("GET", "/api/holds", AgeingOut, query={"after": after, "limit": limit})

    def list_holds(self, child_id: UUID | str) -> HoldsOut:
        """List who says that a child may not go yet, and what was said to that."""
        return self._ask("GET", f"/api/children/{child_id}/holds", HoldsOut)

    def record_hold(
        self, child_id: UUID | str, body: HoldIn, *, once: str | None = None
    ) -> HoldOut:
        """Record that somebody says a child may not go yet."""
        return self._ask("POST", f"/api/children/{child_id}/holds", HoldOut, body=body, once=once)

    def read_hold(self, child_id: UUID | str, hold_id: UUID | str) -> HoldOut:
        """Read one hold. Its ETag names the version that is added to."""
        return self._ask("GET", f"/api/children/{child_id}/holds/{hold_id}", HoldOut)

    def add_to_hold(
        self,
        child_id: UUID | str,
        hold_id: UUID | str,
        body: HoldEntryIn,
        *,
        seen: str,
        once: str | None = None,
    ) -> HoldEntryOut:
        """Add to a hold: contested, answered, shown, what is next, or that it ended."""
        return self._ask(
            "POST",
            f"/api/children/{child_id}/holds/{hold_id}/entries",
            HoldEntryOut,
            body=body,
            seen=seen,
            once=once,
        )

    def list_tasks(
        self,
        *,
        show: Literal["waiting", "set", "ended"] = "waiting",
        after: UUID | None = None,
        limit: int = 50,
    ) -> TasksOut:
        """List the tasks that wait for you or your role, that you set, or that are over."""
        return self._ask(
            "GET", "/api/tasks", TasksOut, query={"show": show, "after": after, "limit": limit}
        )

    def read_task(self, task_id: UUID | str) -> TaskOut:
        """Read a task about somebody you may know of."""
        return self._ask("GET", f"/api/tasks/{task_id}", TaskOut)

    def list_tasks_about(
        self, person_id: UUID | str, *, after: UUID | None = None, limit: int = 50
    ) -> TasksOut:
        """List the tasks about a child or somebody who is sought."""
        return self._ask(
            "GET",
            f"/api/people/{person_id}/tasks",
            TasksOut,
            query={"after": after, "limit": limit},
        )

    def set_task(self, person_id: UUID | str, body: TaskIn, *, once: str | None = None) -> TaskOut:
        """Ask for something to be done about somebody by a day."""
        return self._ask("POST", f"/api/people/{person_id}/tasks", TaskOut, body=body, once=once)

    def end_task(
        self, task_id: UUID | str, body: TaskEndIn, *, once: str | None = None
    ) -> TaskEndOut:
        """Say that a task is done, or take it back. It ends once."""
        return self._ask("POST", f"/api/tasks/{task_id}/end", TaskEndOut, body=body, once=once)

    def read_best_interests(self, child_id: UUID | str) -> BestOut:
        """Read what was assessed, laid before the panel, said of it and decided."""
        return self._ask("GET", f"/api/children/{child_id}/best-interests", BestOut)

    def read_report(self, child_id: UUID | str, report_id: UUID | str) -> ReportOut:
        """Read one report with the opinions of it and the decision."""
        return self._ask(
            "GET", f"/api/children/{child_id}/best-interests/reports/{report_id}", ReportOut
        )

    def assess(
        self, child_id: UUID | str, body: AssessmentIn, *, once: str | None = None
    ) -> AssessmentOut:
        """Assess what is best for a child; its case follows where it can."""
        return self._ask(
            "POST",
            f"/api/children/{child_id}/best-interests/assessments",
            AssessmentOut,
            body=body,
            once=once,
        )

    def lay_before_panel(
        self, child_id: UUID | str, body: ReportIn, *, once: str | None = None
    ) -> LaidOut:
        """Lay a report before the panel; it is sealed, and stands in place of one before it."""
        return self._ask(
            "POST",
            f"/api/children/{child_id}/best-interests/reports",
            LaidOut,
            body=body,
            once=once,
        )

    def give_opinion(
        self,
        child_id: UUID | str,
        report_id: UUID | str,
        body: PanelOpinionIn,
        *,
        once: str | None = None,
    ) -> PanelOpinionOut:
        """Say, as a member of the panel, what you think of a report; once."""
        return self._ask(
            "POST",
            f"/api/children/{child_id}/best-interests/reports/{report_id}/opinions",
            PanelOpinionOut,
            body=body,
            once=once,
        )

    def decide(
        self,
        child_id: UUID | str,
        report_id: UUID | str,
        body: PanelDecisionIn,
        *,
        once: str | None = None,
    ) -> PanelDecisionOut:
        """Put down what the panel decided; the case follows where it can."""
        return self._ask(
            "POST",
            f"/api/children/{child_id}/best-interests/reports/{report_id}/decision",
            PanelDecisionOut,
            body=body,
            once=once,
        )

    def list_documents(self, child_id: UUID | str) -> DocumentsOut:
        """List the travel documents of a child, and whether one may travel with each."""
        return self._ask("GET", f"/api/children/{child_id}/documents", DocumentsOut)

    def record_document(
        self, child_id: UUID | str, body: DocumentIn, *, once: str | None = None
    ) -> DocumentOut:
        """Record a travel document as it is printed; with `replaces`, in place of one of the child."""
        return self._ask(
            "POST", f"/api/children/{child_id}/documents", DocumentOut, body=body, once=once
        )

    def read_document(self, child_id: UUID | str, document_id: UUID | str) -> HeldOut:
        """Read one travel document."""
        return self._ask("GET", f"/api/children/{child_id}/documents/{document_id}", HeldOut)

    def note_document(
        self,
        child_id: UUID | str,
        document_id: UUID | str,
        body: DocumentNoteIn,
        *,
        once: str | None = None,
    ) -> DocumentNoteOut:
        """Say why a travel document cannot be used; once."""
        return self._ask(
            "POST",
            f"/api/children/{child_id}/documents/{document_id}/note",
            DocumentNoteOut,
            body=body,
            once=once,
        )

    def check_name(
        self,
        child_id: UUID | str,
        document_id: UUID | str,
        body: NameCheckIn,
        *,
        once: str | None = None,
    ) -> NameCheckOut:
        """Hold the name on a passenger list against a travel document; another person than recorded."""
        return self._ask(
            "POST",
            f"/api/children/{child_id}/documents/{document_id}/checks",
            NameCheckOut,
            body=body,
            once=once,
        )

    def list_evidence(self, child_id: UUID | str) -> EvidencesOut:
        """List what shows who a child is, question by question, and what is missing."""
        return self._ask("GET", f"/api/children/{child_id}/evidence", EvidencesOut)

    def record_evidence(
        self, child_id: UUID | str, body: EvidenceIn, *, once: str | None = None
    ) -> EvidenceOut:
        """Record a piece of evidence; the case follows where it can."""
        return self._ask(
            "POST", f"/api/children/{child_id}/evidence", EvidenceOut, body=body, once=once
        )

    def read_evidence(self, child_id: UUID | str, item_id: UUID | str) -> PieceOut:
        """Read one piece of evidence. Its ETag names the version a note is sent with."""
        return self._ask("GET", f"/api/children/{child_id}/evidence/{item_id}", PieceOut)

    def note_evidence(
        self,
        child_id: UUID | str,
        item_id: UUID | str,
        body: EvidenceNoteIn,
        *,
        seen: str,
        once: str | None = None,
    ) -> EvidenceNoteOut:
        """Note that evidence is contested, that this was answered, or that it counts no more."""
        return self._ask(
            "POST",
            f"/api/children/{child_id}/evidence/{item_id}/notes",
            EvidenceNoteOut,
            body=body,
            seen=seen,
            once=once,
        )

    def read_nationality(self, child_id: UUID | str) -> NationalityOut:
        """Read which nationalities a child is said to have, and what countries answered."""
        return self._ask("GET", f"/api/children/{child_id}/nationality", NationalityOut)

    def read_claim(self, child_id: UUID | str, nationality_id: UUID | str) -> SaidOut:
        """Read one claim. Its ETag names the version an answer is sent with."""
        return self._ask("GET", f"/api/children/{child_id}/nationality/{nationality_id}", SaidOut)

    def claim_nationality(
        self, child_id: UUID | str, body: NationalityClaimIn, *, once: str | None = None
    ) -> NationalityClaimOut:
        """Record that a child is said to have a nationality."""
        return self._ask(
            "POST",
            f"/api/children/{child_id}/nationality/claims",
            NationalityClaimOut,
            body=body,
            once=once,
        )

    def record_legal_fact(
        self, child_id: UUID | str, body: LegalFactIn, *, once: str | None = None
    ) -> LegalFactOut:
        """Record whether what a nationality law asks for is so; the last word counts."""
        return self._ask(
            "POST",
            f"/api/children/{child_id}/nationality/facts",
            LegalFactOut,
            body=body,
            once=once,
        )

    def answer_claim(
        self,
        child_id: UUID | str,
        nationality_id: UUID | str,
        body: ClaimAnswerIn,
        *,
        seen: str,
        once: str | None = None,
    ) -> ClaimAnswerOut:
        """Record what an authority answered to a claim; the case follows where it can."""
        return self._ask(
            "POST",
            f"/api/children/{child_id}/nationality/{nationality_id}/answers",
            ClaimAnswerOut,
            body=body,
            seen=seen,
            once=once,
        )

    def list_candidates(
        self, child_id: UUID | str, *, limit: int = 50, offset: int = 0
    ) -> CandidatesOut:
        """List the candidates of a child, strongest first."""
        return self._ask(
            "GET",
            f"/api/children/{child_id}/candidates",
            CandidatesOut,
            query={"limit": limit, "offset": offset},
        )

    def read_candidate(self, candidate_id: UUID | str) -> CandidateOut:
        """Read a candidate. Its ETag names the version that an opinion of it is sent with."""
        return self._ask("GET", f"/api/candidates/{candidate_id}", CandidateOut)

    def create_review(
        self, candidate_id: UUID | str, body: ReviewIn, *, seen: str, once: str | None = None
    ) -> ReviewOut:
        """Record your opinion of a candidate, as you read it: If-Match names the version."""
        return self._ask(
            "POST",
            f"/api/candidates/{candidate_id}/reviews",
            ReviewOut,
            body=body,
            seen=seen,
            once=once,
        )

    def list_requests(self, *, after: UUID | None = None, limit: int = 50) -> RequestsOut:
        """List the tracing requests you may know of, in the order in which they were taken."""
        return self._ask(
            "GET", "/api/requests", RequestsOut, query={"after": after, "limit": limit}
        )

    def take_request(self, body: RequestIn, *, once: str | None = None) -> RequestOut:
        """Take a tracing request. Without consent to tracing it is compared with nobody."""
        return self._ask("POST", "/api/requests", RequestOut, body=body, once=once)

    def read_request(self, request_id: UUID | str) -> WholeRequestOut:
        """Read a tracing request: what was told, and what was said of everybody it is about."""
        return self._ask("GET", f"/api/requests/{request_id}", WholeRequestOut)

    def list_operations(self) -> OperationsOut:
        """List the operations you plan, watch or escort, the latest day first."""
        return self._ask("GET", "/api/operations", OperationsOut)

    def read_operation(self, operation_id: UUID | str) -> JourneyOut:
        """Read who travels, who holds each child, and how far the counts are."""
        return self._ask("GET", f"/api/operations/{operation_id}", JourneyOut)

    def count_child(
        self, checkpoint_id: UUID | str, body: CountIn, *, once: str | None = None
    ) -> CountOut:
        """Count a child at a checkpoint of a leg you escort, or take it back. The last word stands."""
        return self._ask(
            "POST", f"/api/checkpoints/{checkpoint_id}/counts", CountOut, body=body, once=once
        )

    def finish_count(self, checkpoint_id: UUID | str, *, once: str | None = None) -> DoneOut:
        """Say that you are done with counting at a checkpoint."""
        return self._ask("POST", f"/api/checkpoints/{checkpoint_id}/done", DoneOut, once=once)

    def read_health(self, child_id: UUID | str) -> HealthOut:
        """Read what is kept of a child's health: when it was seen, what was found, may it fly."""
        return self._ask("GET", f"/api/children/{child_id}/health", HealthOut)

    def read_home(self, child_id: UUID | str) -> HomeOut:
        """Read where a child is to live or lives, with whom, and how the visits went."""
        return self._ask("GET", f"/api/children/{child_id}/placement", HomeOut)

    def record_visit(
        self, child_id: UUID | str, body: VisitIn, *, once: str | None = None
    ) -> VisitOut:
        """Record a visit. One at which the child was not seen moves nothing: it stays due."""
        return self._ask(
            "POST", f"/api/children/{child_id}/placement/visits", VisitOut, body=body, once=once
        )

    def list_sources(self, *, after: UUID | None = None, limit: int = 50) -> SourcesOut:
        """List the sources, in the order in which they were added."""
        return self._ask(
            "GET", "/api/figures/sources", SourcesOut, query={"after": after, "limit": limit}
        )

    def add_source(self, body: SourceIn, *, once: str | None = None) -> SourceOut:
        """Keep a published text as it is, with its digest."""
        return self._ask("POST", "/api/figures/sources", SourceOut, body=body, once=once)

    def list_claims(self, *, after: UUID | None = None, limit: int = 50) -> ClaimsOut:
        """List the claims that stand; what was corrected is left out."""
        return self._ask(
            "GET", "/api/figures/claims", ClaimsOut, query={"after": after, "limit": limit}
        )

    def list_verdicts(self) -> VerdictsOut:
        """List what contradicts, breaks or is left over, as a sentence each."""
        return self._ask("GET", "/api/figures/verdicts", VerdictsOut)

    def _ask(  # noqa: PLR0913 (what a request is made of)
        self,
        verb: str,
        path: str,
        kind: type[Told],
        *,
        query: dict[str, Any] | None = None,
        body: Any = None,
        seen: str = "",
        once: str | None = None,
    ) -> Told:
        headers = dict(self._headers)
        if verb != "GET":
            headers |= {"Idempotency-Key": once or str(uuid4()), "Content-Type": "application/json"}
        if seen:
            headers["If-Match"] = f'"{seen}"'
        asked = {name: str(said) for name, said in (query or {}).items() if said is not None}
        there = f"{path}?{urlencode(asked)}" if asked else path
        content = None if body is None else json.dumps(asdict(body), default=_written)
        status, told = self._send(verb, there, content, headers)
        if status >= REFUSED:
            raise Refused(status, told if isinstance(told, dict) else {})
        read: Told = _read(kind, told)
        return read

    def _send(
        self, verb: str, path: str, content: str | None, headers: dict[str, str]
    ) -> tuple[int, Any]:
        """Send a request, again where no answer came: what changes something names itself."""
        for pause in (*PAUSES, None):
            try:
                self._connection.request(verb, path, content, headers)
                answer = self._connection.getresponse()
                told = answer.read()
            except (OSError, HTTPException):
                self._connection.close()
                if pause is None:
                    raise
                time.sleep(pause)
            else:
                return answer.status, json.loads(told) if told else None
        raise AssertionError  # the last pause is none


def _written(value: Any) -> str:
    """Return a value as JSON has it."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(kind: Any, told: Any) -> Any:
    """Return what was told as the type says."""
    if get_origin(kind) is UnionType:
        if told is None:
            return None
        return _read(next(each for each in get_args(kind) if each is not NoneType), told)
    if get_origin(kind) is list:
        (of,) = get_args(kind)
        return [_read(of, each) for each in told]
    if get_origin(kind) is dict:
        _key, of = get_args(kind)
        return {name: _read(of, each) for name, each in told.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        names = {one.name: one.name.rstrip("_") for one in fields(kind)}
        return kind(
            **{name: _read(hints[name], told[said]) for name, said in names.items() if said in told}
        )
    reader = READ_BY.get(kind)
    return reader(told) if reader else told
