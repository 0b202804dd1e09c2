"""What a word of a name is found by on a telephone, where the sound model is too heavy to carry.

A word has its form, the known name it spells, the father's name inside a patronymic, the one a
family name is built on, and its skeleton: the consonants that every script and spelling keeps,
in one alphabet. `frontend/js/field/keys.js` gives the same keys from the same tables; this is the
reference it is checked against.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from kinmatch.names.arabic_words import letters
from kinmatch.names.fold import fold_word, split
from kinmatch.names.forms import ARTICLE, form_of, masculine, name_number, stem_hint
from kinmatch.names.patronymics import fathers_in
from kinmatch.names.romanisation import plain_key
from kinmatch.names.tables import kinds


@dataclass(frozen=True, slots=True)
class WordKeys:
    """One word of a name: what it is found by.

    `name` is the number of the known name it spells, -1 for none; `fathers` are the forms of the
    names a patronymic may be built on, `stem` the form of the one a family name is built on, ""
    for none. `says` tells that it is a word about the next one: ibn, Abu, a title, an article.
    """

    written: str
    form: str
    name: int
    fathers: tuple[str, ...]
    stem: str
    skeleton: str
    says: bool


@lru_cache(maxsize=200_000)
def skeleton(form: str) -> str:
    """Return the consonants of a form in one alphabet, none twice in a row: магомедов → mkmdf.

    Vowels and what comes and goes with them between scripts (h, kh, w, y) are left out.
    """
    pattern, bones = letters("skeletons", "bone")
    plain = plain_key(form.replace(ARTICLE, ""))
    found = "".join(bones[sound] for sound in pattern.findall(plain))
    return "".join(bone for bone, _ in groupby(found))


@lru_cache(maxsize=200_000)
def word_keys(word: str) -> WordKeys:
    """Return what one word is found by."""
    form = form_of(word)
    return WordKeys(
        written=word,
        form=form,
        name=name_number(form),
        fathers=fathers_in(word),
        stem=stem_hint(masculine(form)),
        skeleton=skeleton(form),
        says=fold_word(word) in kinds(),
    )


def name_keys(written: str) -> tuple[WordKeys, ...]:
    """Return what each word of a name is found by; words of no known script are left out."""
    found = map(word_keys, split(written))
    return tuple(keys for keys in found if keys.form)
