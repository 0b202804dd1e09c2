"""Views of lists that an account keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kinward.people.models import KeptView

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kinward.access.models import User


def kept_views(*, user: User) -> QuerySet[KeptView]:
    """The views this account keeps, the first kept first; nobody else's."""
    return KeptView.objects.filter(account=user)
