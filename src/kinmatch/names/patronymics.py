"""The father's name inside a patronymic: Русланович, Руслановна → ruslan; and how one is built."""

from __future__ import annotations

import re
from functools import lru_cache

from kinmatch.names.fold import fold_word
from kinmatch.names.keys import canonical, key_of
from kinmatch.names.romanisation import plain_key
from kinmatch.names.scripts import Script, script_of_word
from kinmatch.names.tables import mapping

CYRILLIC_ENDING = re.compile(
    r"(?:(?<=..[аеиоуыэюя])(?:евич|евна)|(?<=..ь)(?:евич|евна)|(?<=..)(?:ович|евич|овна|евна|йич|инична|ична))$"
)
TURKIC_ENDING = re.compile(
    r"(?<=...)(?:оглы|оглу|огли|оғлу|улы|ұлы|уулу|кызы|қызы|гызы|кизи|зода|зодаи|пур)$"
)
# As English, French, German and South Slavic spellings have it.
LATIN_ENDING = re.compile(
    r"(?<=..)(?:y?evich|ovich|[oe]vitch|j?ewitsch|owitsch|ovic|y?evna|ovna|j?ewna|owna"
    r"|ogly|oglu|oghlu|kyzy|gizi|qizi|zoda)$"
)
ARABIC_ENDING = re.compile(r"(?<=..)(?:وفيتش|يفيتش|وفنا|يفنا|اوغلو|اوغلي)$")
VOWELS = "аеиоуыэюя"


@lru_cache(maxsize=200_000)
def father_in(word: str) -> str:
    """Return the key of the father's name a patronymic is built on, "" for other words."""
    folded = fold_word(word)
    known = mapping("patronymics", "patronymic", "father").get(folded)
    if known:
        return key_of(known)
    script = script_of_word(folded)
    if script is Script.CYRILLIC:
        return father_in_cyrillic(folded)
    ending = {Script.LATIN: LATIN_ENDING, Script.ARABIC: ARABIC_ENDING}.get(script)
    if ending is None or not ending.search(folded):
        return ""
    return canonical(plain_key(ending.sub("", folded)))


def father_in_cyrillic(folded: str) -> str:
    """Return the father's key for a folded Cyrillic patronymic: -ович, -евна, -оглы, -зода."""
    for ending in (TURKIC_ENDING, CYRILLIC_ENDING):
        if ending.search(folded):
            return key_of(ending.sub("", folded))
    return ""


def patronymic(father: str, *, female: bool = False) -> str:
    """Return the Russian patronymic of a Cyrillic given name: Руслан → Русланович, Али → Алиевич.

    Names in -й and -ь lose it, names in -а after a consonant of Turkic and Arabic origin keep it
    (Муса → Мусаевич).
    """
    stem = father[:-1] if father[-1:] in "йь" else father
    soft = stem != father or stem[-1:].lower() in VOWELS or stem[-1:].lower() in "жшчщц"
    if father.lower().endswith("ий"):
        stem = father[:-2] + "ь"
    return stem + ("ев" if soft else "ов") + ("на" if female else "ич")
