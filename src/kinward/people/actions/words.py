"""Words that label a person: refused, or kept once a second person has agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.actions import approve, refuse, request_approval
from kinward.access.models import ApprovalKind
from kinward.audit.actions import record
from kinward.core.errors import RuleBroken
from kinward.core.guarding import KEEPABLE, WordsRefused, objection
from kinward.people.models import Assertion, GuardedRow, Person, described
from kinward.people.properties import PROPERTIES, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from kinward.access.models import User


def words_of(said: Assertion) -> dict[str, bool]:
    """Return the free texts of a statement, and whether each is a name."""
    is_name = PROPERTIES[said.property].shape in {Shape.NAME, Shape.KIN}
    texts = {str(said.value.get("text", "")): is_name, str(said.value.get("parent", "")): True}
    return texts | {str(said.value.get("why", "")): False, said.source: False}


def guard_words(  # noqa: PLR0913 (a text, where it stands, and who answers for it)
    row: GuardedRow,
    texts: Mapping[str, bool],
    *,
    field: str,
    keeping: str,
    by: User,
    at: datetime,
) -> None:
    """Read the texts of a new row; where labels are to stay, ask for a second person's approval.

    Raises:
        WordsRefused: a text holds what is never kept, or a label without a reason to keep it.
    """
    objections = [objection(text, is_name=is_name) for text, is_name in texts.items()]
    for found in filter(None, objections):
        if found.kind not in KEEPABLE or not keeping.strip():
            raise WordsRefused(field, found)
    if any(objections):
        row.wording = request_approval(
            kind=ApprovalKind.WORDING,
            payload=_wording_of(row),
            reason=keeping,
            by=by,
            at=at,
        )


def _wording_of(row: GuardedRow) -> dict[str, str]:
    """Return what an approval of the words of a row allows."""
    return {"keep_words_of": row._meta.label_lower, "id": str(row.pk)}  # noqa: SLF001 (Django's API)


@transaction.atomic
def answer_for_words(*, row: GuardedRow, keep: bool, reason: str, by: User, at: datetime) -> None:
    """Say as the second person whether words that label a person stay, or are never shown.

    Raises:
        NotAllowed: `by` may not answer.
        RuleBroken: `by` asked for it.
        AnsweredBefore: somebody else has answered.
        NoReason: they do not stay, and the reason is blank.
    """
    if row.wording is None:
        raise RuleBroken(_("Nobody has asked about these words."))
    if keep:
        approve(approval=row.wording, by=by, at=at)
    else:
        refuse(approval=row.wording, reason=reason, by=by, at=at)
    record("people.answered_for_words", row, by=by, at=at, kept=keep)
    if keep and isinstance(row, Assertion):
        described.send(sender=Person, person=row.person, by=by, at=at)
