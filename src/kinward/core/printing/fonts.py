"""The letters that documents are printed in: IBM Plex, brought along, and none of the machine's.

One name for each file. Files of one typeface that hold different scripts must not share a name:
the library would take the glyphs of one for those of another.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.utils.html import format_html_join

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

FOLDER: Final = Path(__file__).parent / "fonts"
SCHEME: Final = "font:"
# A configuration without a single folder: whatever else the machine has is not looked at.
NO_OTHERS: Final = Path(__file__).parent / "fonts.conf"
FAMILIES: Final = {
    "KW Latin": "ibm-plex-sans-latin",
    "KW Latin Ext": "ibm-plex-sans-latin-ext",
    "KW Cyrillic": "ibm-plex-sans-cyrillic",
    "KW Cyrillic Ext": "ibm-plex-sans-cyrillic-ext",
    "KW Arabic": "ibm-plex-sans-arabic-arabic",
    "KW Mono": "ibm-plex-mono-latin",
}
WEIGHTS: Final = (400, 700)


def files() -> dict[str, Path]:
    """Return every file of letters by the address that style sheets name it with."""
    return {
        f"{SCHEME}{name}": FOLDER / name
        for stem in FAMILIES.values()
        for name in (f"{stem}-{weight}-normal.woff2" for weight in WEIGHTS)
    }


@lru_cache
def faces() -> SafeString:
    """Return the style sheet that makes the letters known."""
    return format_html_join(
        "",
        '@font-face{{font-family:"{}";font-weight:{};src:url("{}{}-{}-normal.woff2")}}',
        (
            (family, weight, SCHEME, stem, weight)
            for family, stem in FAMILIES.items()
            for weight in WEIGHTS
        ),
    )
