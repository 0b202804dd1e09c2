"""Why a file was not taken, in words for whoever sent it: what happened, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from kinward.core.intake.refusals import Why

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

WORDS: Final[Mapping[Why, str | _StrPromise]] = {
    Why.EMPTY: _("The file is empty. Choose it again."),
    Why.TOO_LARGE: _("The file is too large. Send at most 20 MB, 64 megapixels or 500 pages."),
    Why.NO_PHOTO: _("This is no photograph that can be opened. Send a JPEG, PNG or WebP."),
    Why.UNKNOWN: _(
        "This kind of file is not kept. Send a photograph, a PDF, a text, an office document "
        "or a sound recording."
    ),
    Why.TWO_KINDS: _(
        "This file is a photograph and something else at once. Take a new photograph of it."
    ),
    Why.BROKEN: _("The file cannot be read. It may be damaged; send it again or in another form."),
    Why.LOCKED: _("The file is locked with a password. Remove the password and send it again."),
    Why.MACROS: _("The document holds macros, which are programs. Save it as a PDF and send that."),
    Why.SHEETS: _("Something is written on several sheets. Send each sheet as a list of its own."),
    Why.ARCHIVE: _("The document unpacks to more than it should. Save it as a PDF and send that."),
    Why.NO_PAGE: _(
        "No article was found in this file. Save the page as HTML or WARC, or paste its text."
    ),
    Why.GENETIC: _(
        "The file holds what looks like a genetic profile. Kinward never keeps one: the "
        "laboratory does. Send only what the laboratory concludes."
    ),
    Why.FACE: _(
        "The file holds what looks like a face turned into numbers. Kinward never keeps one."
    ),
}
