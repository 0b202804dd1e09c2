"""Names of any script in Latin letters, by several libraries. Runs in the peers' environment."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Romanise = Callable[[str], str]

ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
NOT_WORD = re.compile(r"[^\w]+|_")


def by_anyascii() -> Romanise:
    """Romanise by the table of anyascii."""
    return import_module("anyascii").anyascii


def by_unidecode() -> Romanise:
    """Romanise by the table of Unidecode."""
    return import_module("unidecode").unidecode


def by_icu() -> Romanise:
    """Romanise by ICU: Any-Latin, then Latin-ASCII."""
    return (
        import_module("icu").Transliterator.createInstance("Any-Latin; Latin-ASCII").transliterate
    )


def by_uroman() -> Romanise:
    """Romanise by uroman."""
    return import_module("uroman").Uroman().romanize_string


def by_arabic_name_romanizer() -> Romanise:
    """Spell Arabic names as people write them in Latin; other scripts by anyascii."""
    spelt = import_module("arabic_name_romanizer").Transliterator()
    table = by_anyascii()

    def romanise(text: str) -> str:
        return str(spelt.transliterate(text)) if ARABIC.search(text) else table(text)

    return romanise


ROMANISERS = {
    "anyascii": (by_anyascii, "anyascii"),
    "unidecode": (by_unidecode, "unidecode"),
    "icu": (by_icu, "pyicu"),
    "uroman": (by_uroman, "uroman"),
    "arabic-name-romanizer": (by_arabic_name_romanizer, "arabic-name-romanizer"),
}


def romaniser(name: str) -> Romanise:
    """Return a function that makes lower-case Latin words, remembering what it has made."""
    make, _ = ROMANISERS[name]
    latin = make()

    @cache
    def romanise(text: str) -> str:
        return " ".join(NOT_WORD.sub(" ", latin(text).lower()).split())

    return romanise


def version_of(name: str) -> str:
    """Return which release romanises."""
    return f"{name} {version(ROMANISERS[name][1])}"
