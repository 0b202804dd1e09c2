"""The father's name inside a patronymic: Русланович, Руслановна → руслан; and how one is built."""

from __future__ import annotations

import re
from functools import lru_cache

from kinmatch.names.fold import fold_word
from kinmatch.names.forms import form_of
from kinmatch.names.scripts import Script, script_of_word
from kinmatch.names.tables import mapping

# Turkic and Persian endings come first: they are words of their own.
ENDINGS = {
    Script.CYRILLIC: (
        re.compile(
            r"(?<=...)(?:оглы|оглу|огли|оғлу|улы|ұлы|уулу|кызы|қызы|гызы|кизи|зода|зодаи|пур)$"
        ),
        re.compile(
            r"(?:(?<=..[аеиоуыэюя])(?:евич|евна)|(?<=..ь)(?:евич|евна)"
            r"|(?<=..)(?:йович|ович|евич|овна|евна|івна|ївна|йич|инична|ична))$"
        ),
    ),
    # As English, French, German and South Slavic spellings have it.
    Script.LATIN: (
        re.compile(
            r"(?<=..)(?:y?evich|ovich|[oe]vitch|j?ewitsch|owitsch|ovic|y?evna|ovna|j?ewna|owna"
            r"|ogly|oglu|oghlu|kyzy|gizi|qizi|zoda)$"
        ),
    ),
    Script.ARABIC: (re.compile(r"(?<=..)(?:وفيتش|يفيتش|وفنا|يفنا|اوغلو|اوغلي)$"),),
}
VOWELS = "аеиоуыэюя"
# Шамилевич, Игоревна: the soft sign of Шамиль and Игорь gave way.
SOFT_ENDING = re.compile(r"(?<=.[бвгдзклмнпрстфх])(?:евич|евна)$")


@lru_cache(maxsize=200_000)
def father_in(word: str) -> str:
    """Return the form of the father's name a patronymic is built on, "" for other words."""
    folded = fold_word(word)
    known = mapping("patronymics", "patronymic", "father").get(folded)
    if known:
        return form_of(known)
    if SOFT_ENDING.search(folded):
        return form_of(SOFT_ENDING.sub("ь", folded))
    for ending in ENDINGS.get(script_of_word(folded), ()):
        if ending.search(folded):
            return form_of(ending.sub("", folded))
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
