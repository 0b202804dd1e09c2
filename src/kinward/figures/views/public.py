"""What everybody may see of the figures, without an account, and as files of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_info
from django.views.decorators.http import require_safe

from kinward.core.doors import open_to_all
from kinward.figures import queries
from kinward.figures.models import FileKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest

    from kinward.figures.models import Release, ReleaseFile

LANGUAGES: Final = tuple(code for code, _name in settings.LANGUAGES)
TYPES: Final = {
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.HXL: "text/csv; charset=utf-8",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.MANIFEST: "application/json",
}
ENDINGS: Final = {
    FileKind.CSV: "csv",
    FileKind.HXL: "hxl.csv",
    FileKind.XLSX: "xlsx",
    FileKind.MANIFEST: "manifest.json",
}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the pages and files are: on this site, or beside each other in a folder."""

    index: Callable[[str], str]
    release: Callable[[Release, str], str]
    file: Callable[[ReleaseFile], str]
    style: str = ""  # the style sheet itself, where there is no site to take it from


HERE: Final = Addresses(
    index=lambda language: reverse("figures:public_in", args=[language]),
    release=lambda release, language: reverse(
        "figures:public_release", args=[language, release.pk]
    ),
    file=lambda file: reverse("figures:public_file", args=[file.pk]),
)


@require_safe
@login_not_required
@open_to_all
def public(_request: HttpRequest) -> HttpResponse:
    """Show what is public, in the language in use."""
    language = translation.get_language() or LANGUAGES[0]
    return HttpResponse(index_page(language, HERE))


@require_safe
@login_not_required
@open_to_all
def public_in(_request: HttpRequest, language: str) -> HttpResponse:
    """Show what is public, in one language."""
    return HttpResponse(index_page(spoken(language), HERE))


@require_safe
@login_not_required
@open_to_all
def public_release(_request: HttpRequest, language: str, release_id: UUID) -> HttpResponse:
    """Show one release that is public."""
    release = queries.published_of(release_id)
    if release is None:
        raise Http404
    return HttpResponse(release_page(release, spoken(language), HERE))


@require_safe
@login_not_required
@open_to_all
def public_file(_request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Hand out a file of a release that is public, byte for byte as it was signed."""
    file = queries.public_file(file_id)
    if file is None:
        raise Http404
    kind = FileKind(file.kind)
    name = file_name(file)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bytes(file.content), content_type=TYPES[kind], headers=headers)


def spoken(language: str) -> str:
    """Return a language that pages speak.

    Raises:
        Http404: they do not.
    """
    if language not in LANGUAGES:
        raise Http404
    return language


def file_name(file: ReleaseFile) -> str:
    """Return what a file of a release is called: its day, its language, what it is."""
    parts = ["kinward-figures", file.release.as_of.isoformat(), file.language]
    return f"{'-'.join(filter(None, parts))}.{ENDINGS[FileKind(file.kind)]}"


def index_page(language: str, at: Addresses) -> str:
    """Return the page of all that is public."""
    with translation.override(language):
        papers = [(queries.paper_of(one), at.release(one, language)) for one in queries.published()]
        others = {code: at.index(code) for code in LANGUAGES}
        latest = papers[0] if papers else None
        context = {"papers": papers, "latest": latest, "own": at.index(language)}
        return page("figures/public/index.html", context, others, at)


def release_page(release: Release, language: str, at: Addresses) -> str:
    """Return the page of one release."""
    with translation.override(language):
        files = [
            (file, at.file(file)) for file in queries.files_of(release).select_related("release")
        ]
        others = {code: at.release(release, code) for code in LANGUAGES}
        context = {
            "paper": queries.paper_of(release),
            "files": [(file, where) for file, where in files if file.language in {"", language}],
            "own": at.release(release, language),
            "index": at.index(language),
            "key": queries.key_of_releases(),
        }
        return page("figures/public/release.html", context, others, at)


def page(template: str, context: dict[str, Any], others: dict[str, str], at: Addresses) -> str:
    """Return a page with the links to itself in the other languages."""
    languages = [
        (code, get_language_info(code)["name_local"], where) for code, where in others.items()
    ]
    return render_to_string(template, context | {"languages": languages, "style": at.style})
