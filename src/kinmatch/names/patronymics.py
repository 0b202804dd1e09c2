"""The father's name inside a patronymic: Русланович, Руслановна → руслан; and how one is built.

One patronymic may be of two names: Ukrainian Григорович of Григорій, or of Григорий where a
Russian form is written for it. The irregular ones are in `patronymics.tsv`, the endings of the
others in `patronymic_endings.tsv`.
"""

from __future__ import annotations

from functools import lru_cache

from kinmatch.names.fold import fold_word
from kinmatch.names.forms import form_of
from kinmatch.names.scripts import script_of_word
from kinmatch.names.tables import endings, mapping

VOWELS = "аеиоуыэюя"
UNCHANGED = "="  # in the table: the name is what stands before the ending


@lru_cache(maxsize=200_000)
def fathers_in(word: str) -> tuple[str, ...]:
    """Return the forms of the names a patronymic may be built on, likeliest first.

    Other words have none.
    """
    folded = fold_word(word)
    known = mapping("patronymics", "patronymic", "father").get(folded)
    if known:
        return tuple(map(form_of, known.split("|")))
    cut = endings("patronymic_endings", script_of_word(folded)).cut(folded)
    if cut is None:
        return ()
    stem, becomes = cut
    return tuple(form_of(stem + end.replace(UNCHANGED, "")) for end in becomes.split("|"))


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
