"""What was begun and never became a record: drafts, and rows of lists that nobody registered.

They are nobody's record yet, so no two people decide about them: once they were kept as long as the
schedule says, a clock lets them go with their keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Max
from django.db.models.functions import Coalesce

from kinward.access.queries import may
from kinward.access.rows import Passage, passage
from kinward.access.rules import Permission
from kinward.core import keystore
from kinward.people.models import Draft, ListRow, NameList
from kinward.people.retention import Workings, terms

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from kinward.access.models import User
    from kinward.people.retention import Term


@passage(Passage.COUNTING)
def drafts_due(*, at: datetime) -> list[UUID]:
    """The drafts nobody has typed in for as long as they may be kept."""
    last = Coalesce(Max("pages__changed_at"), F("begun_at"))
    before = at - terms()[Workings.DRAFTS].kept
    due = Draft.objects.annotate(last=last).filter(last__lte=before).order_by("id")
    return list(due.values_list("pk", flat=True))


@passage(Passage.COUNTING)
def rows_due(*, at: datetime) -> list[UUID]:
    """The rows without a record, of lists nobody has worked on for as long as they may be kept.

    A row that was mended goes with the one in its place; one that is gone is not named again.
    """
    before = at - terms()[Workings.ROWS].kept
    untouched = (
        NameList.objects.filter(taken_at__lte=before)
        .exclude(readings__read_at__gt=before)
        .exclude(rows__written_at__gt=before)
        .exclude(rows__mention__person__registered_at__gt=before)
    )
    rows = ListRow.objects.filter(of__in=untouched.values("pk")).order_by("id")
    mends = dict(rows.values_list("pk", "mends_id"))
    for row in rows.filter(mention__isnull=False).values_list("pk", flat=True):
        kept: UUID | None = row
        while kept is not None:
            kept = mends.pop(kept, None)
    with_keys = keystore.store().having_keys(mends)
    return [row for row in mends if row in with_keys]


def all_due(*, user: User, at: datetime) -> list[tuple[Term, int]]:
    """How many drafts and rows are due, for who watches over it."""
    if not may(user, Permission.SEE_ERASURES):
        return []
    return counted(at=at)


def counted(*, at: datetime) -> list[tuple[Term, int]]:
    """How many drafts and rows are due, kind by kind."""
    due = {Workings.DRAFTS: drafts_due(at=at), Workings.ROWS: rows_due(at=at)}
    return [(term, len(due[kind])) for kind, term in terms().items()]
