"""Keeping what is typed in a sitting, page by page, and letting go of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from kinward.access.queries import may
from kinward.access.rules import Permission
from kinward.audit.actions import record
from kinward.core import keystore
from kinward.core.errors import NotAllowed, NotFound
from kinward.people import workings
from kinward.people.actions.describing import register_child, register_group
from kinward.people.models import Draft, DraftPage
from kinward.people.retention import Workings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from kinward.access.models import User
    from kinward.people.models import DraftOf, Person
    from kinward.people.rules import ConsentAnswer, Statement


@transaction.atomic
def begin_draft(*, of: DraftOf, by: User, at: datetime) -> Draft:
    """Begin to type a group, or a child.

    Raises:
        NotAllowed: `by` does not register children.
    """
    if not may(by, Permission.REGISTER_CHILD):
        raise NotAllowed(_("You may not register children."))
    return Draft.objects.create(of=of, typed_by=by, begun_at=at)


@transaction.atomic
def keep_page(
    *, draft: Draft, number: int, typed: Mapping[str, Sequence[str]], by: User, at: datetime
) -> DraftPage:
    """Keep what stands on a page now, in the place of what stood there.

    Raises:
        NotFound: there is no such draft of `by`.
    """
    draft = locked_draft(draft, by=by)
    page = draft.pages.filter(number=number).first() or DraftPage(draft=draft, number=number)
    page.typed, page.changed_at = dict(typed), at
    page.save()
    return page


@transaction.atomic
def discard_draft(*, draft: Draft, by: User, at: datetime) -> None:
    """Let go of what was typed, for good.

    Raises:
        NotFound: there is no such draft of `by`.
    """
    draft = locked_draft(draft, by=by)
    draft.pages.all().delete()
    # Only once nothing brings the rows back: without their key they could not be read.
    transaction.on_commit(partial(keystore.store().destroy, [draft.pk], at=at))
    draft.delete()


@transaction.atomic
def let_go_of_workings(*, by: User, at: datetime) -> dict[Workings, int]:
    """Let go of drafts and unregistered rows kept as long as they may be; return how many.

    Drafts go with their pages; rows stay, unreadable. The keys of both are destroyed.

    Raises:
        NotAllowed: `by` does not have people erased.
    """
    if not may(by, Permission.ERASE_PERSON):
        raise NotAllowed(_("You may not have people erased."))
    drafts, rows = workings.drafts_due(at=at), workings.rows_due(at=at)
    DraftPage.objects.filter(draft__in=drafts).delete()
    Draft.objects.filter(pk__in=drafts).delete()
    found = {Workings.DRAFTS: len(drafts), Workings.ROWS: len(rows)}
    if drafts or rows:
        record("people.let_workings_go", None, by=by, at=at, drafts=len(drafts), rows=len(rows))
        transaction.on_commit(partial(keystore.store().destroy, [*drafts, *rows], at=at))
    return found


@transaction.atomic
def register_draft(  # noqa: PLR0913 (what a group is registered with)
    *,
    draft: Draft,
    children: Sequence[Sequence[Statement]],
    consents: Sequence[Sequence[ConsentAnswer]],
    note: str = "",
    keeping: str = "",
    by: User,
    at: datetime,
) -> list[Person]:
    """Register the children of a draft as a group, all or none, and let go of the draft.

    Raises:
        NotFound: there is no such draft of `by`: it was registered a moment ago.
        UnfitConsent, UnfitStatement, WordsRefused: see `register_group`.
    """
    draft = locked_draft(draft, by=by)
    made = register_group(
        children=children, consents=consents, note=note, keeping=keeping, by=by, at=at
    )
    discard_draft(draft=draft, by=by, at=at)
    return made


@transaction.atomic
def register_drafted_child(  # noqa: PLR0913 (what a child is registered with)
    *,
    draft: Draft,
    statements: Sequence[Statement],
    consents: Sequence[ConsentAnswer],
    keeping: str = "",
    by: User,
    at: datetime,
) -> Person:
    """Register the child of a draft, and let go of the draft.

    Raises:
        NotFound: there is no such draft of `by`: it was registered a moment ago.
        UnfitConsent, UnfitStatement, WordsRefused: see `register_child`.
    """
    draft = locked_draft(draft, by=by)
    child = register_child(statements=statements, consents=consents, keeping=keeping, by=by, at=at)
    discard_draft(draft=draft, by=by, at=at)
    return child


def locked_draft(draft: Draft, *, by: User) -> Draft:
    """Return the draft, kept from others.

    Raises:
        NotFound: there is none of `by`.
    """
    found = Draft.objects.select_for_update().filter(pk=draft.pk, typed_by=by).first()
    if found is None:
        raise NotFound(_("You have begun no such registration."))
    return found
