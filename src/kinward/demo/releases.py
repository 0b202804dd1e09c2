"""What the programme of the demo has published of its own figures."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from kinward.access.models import Role
from kinward.audit.context import acting
from kinward.figures.actions import agree_release, draft_release, publish_release
from kinward.figures.definitions import FEWEST
from kinward.figures.models import Breakdown, Figure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from kinward.access.models import User
    from kinward.figures.models import Release


def release_figures(workers: Iterable[User], *, at: datetime) -> Release:
    """Have one editor draft and publish who was found, and the other one agree."""
    by_role = {Role(worker.role): worker for worker in workers}
    editor, second = by_role[Role.FIGURES_EDITOR], by_role[Role.SECOND_EDITOR]
    with acting(editor):
        release = draft_release(
            title=_("Children found"),
            figures=[Figure.FOUND],
            breakdowns=[Breakdown.ORIGIN, Breakdown.SEX],
            as_of=timezone.localdate(at).replace(day=1) - timedelta(days=1),
            threshold=FEWEST,
            by=editor,
            at=at,
        )
    with acting(second):
        agree_release(release=release, by=second, at=at)
    with acting(editor):
        publish_release(release=release, by=editor, at=at)
    return release
