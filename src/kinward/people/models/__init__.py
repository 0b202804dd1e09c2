"""People as somebody described them, what was said, kept and erased. All append-only."""

from kinward.people.models.drafts import Draft, DraftOf, DraftPage
from kinward.people.models.erasures import Erasure, Ground, LegalHold
from kinward.people.models.files import (
    COMPARTMENT_OF_FILE,
    AgreedBy,
    Attachment,
    AttachmentQuerySet,
    FileKind,
    Withdrawal,
)
from kinward.people.models.kept import KeptView, List
from kinward.people.models.lists import ListReading, ListRow, Mention, NameList, NameListQuerySet
from kinward.people.models.mergings import Found, Merging
from kinward.people.models.messages import Message, SearchPurpose
from kinward.people.models.persons import (
    KINDS_SEEN_WITH,
    Answer,
    Assertion,
    AssertionQuerySet,
    Certainty,
    Group,
    GuardedRow,
    Kind,
    Method,
    Person,
    PersonQuerySet,
    SaidBy,
    described,
    erasing,
    seen_by_kind,
    settled_words,
    waiting_words,
)

__all__ = [
    "COMPARTMENT_OF_FILE",
    "KINDS_SEEN_WITH",
    "AgreedBy",
    "Answer",
    "Assertion",
    "AssertionQuerySet",
    "Attachment",
    "AttachmentQuerySet",
    "Certainty",
    "Draft",
    "DraftOf",
    "DraftPage",
    "Erasure",
    "FileKind",
    "Found",
    "Ground",
    "Group",
    "GuardedRow",
    "KeptView",
    "Kind",
    "LegalHold",
    "List",
    "ListReading",
    "ListRow",
    "Mention",
    "Merging",
    "Message",
    "Method",
    "NameList",
    "NameListQuerySet",
    "Person",
    "PersonQuerySet",
    "SaidBy",
    "SearchPurpose",
    "Withdrawal",
    "described",
    "erasing",
    "seen_by_kind",
    "settled_words",
    "waiting_words",
]
