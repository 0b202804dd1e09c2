"""What the programme of the demo has published of its own figures."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kinward.access.models import Role
from kinward.audit.context import acting
from kinward.figures.actions import (
    agree_release,
    ask_for_draft,
    draft,
    publish_release,
    say_meaning,
)
from kinward.figures.definitions import FEWEST
from kinward.figures.models import Breakdown, By, Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from kinward.access.models import User
    from kinward.figures.models import Claim, Release

# Figures of the file: of which of ours they speak, by what, and of which part.
OF_OURS: Final = (
    ("found", Figure.FOUND, "", ""),
    ("found in Dagestan", Figure.FOUND, By.ORIGIN, "RU-DA"),
    ("found in Chechnya", Figure.FOUND, By.ORIGIN, "RU-CE"),
    ("whole", Figure.LANDED, "", ""),
    ("dagestan", Figure.LANDED, By.ORIGIN, "RU-DA"),
    ("chechnya", Figure.LANDED, By.ORIGIN, "RU-CE"),
)


def release_figures(workers: Iterable[User], *, at: datetime) -> Release:
    """Have one editor draft and publish who was found, and the other one agree."""
    by_role = {Role(worker.role): worker for worker in workers}
    editor, second = by_role[Role.FIGURES_EDITOR], by_role[Role.SECOND_EDITOR]
    titles = dict(map(titled, (code for code, _name in settings.LANGUAGES)))
    with acting(editor):
        asked = ask_for_draft(
            title=titles.pop("en"),
            titles=titles,
            figures=[Figure.FOUND],
            breakdowns=[Breakdown.ORIGIN, Breakdown.SEX],
            as_of=timezone.localdate(at).replace(day=1) - timedelta(days=1),
            threshold=FEWEST,
            by=editor,
            at=at,
        )
        release = draft(asked=asked, by=editor, at=at)
    if release is None:
        raise ValueError("The figures of the demo give away a small number.")
    with acting(second):
        agree_release(release=release, by=second, at=at)
    with acting(editor):
        publish_release(release=release, by=editor, at=at)
    return release


def titled(language: str) -> tuple[str, str]:
    """Return a language, and the title of the release in it."""
    with translation.override(language):
        return language, _("Children found")


def compare_with_own(
    coded: Mapping[str, Claim], release: Release, workers: Iterable[User], *, at: datetime
) -> None:
    """Have an editor say of which of our figures others spoke, after the release is out.

    Before it, the release would hide what a partner said: nothing of ours confirms it. Who was
    found is of the day of the release; who landed, of the day on which it was published.
    """
    editor = next(worker for worker in workers if worker.role == Role.FIGURES_EDITOR)
    with acting(editor):
        for key, figure, of, category in OF_OURS:
            claim = coded[key]
            of_found = figure == Figure.FOUND
            say_meaning(
                claim=claim,
                figure=figure,
                of=of,
                category=category,
                since=None,
                until=release.as_of if of_found else claim.source.published_on,
                by=editor,
                at=at,
            )
