"""The key a word is compared by: romanised, compounds joined, known spellings merged."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kinmatch.names.fold import fold_word
from kinmatch.names.romanisation import plain_key
from kinmatch.names.scripts import Script, script_of_word
from kinmatch.names.tables import rows

SERVANT = re.compile(r"^[aei]?bd(?:[aeiou]l?|l)(?=[a-z]{3})([a-z])\1?")
SERVANT_LATIN_ONLY = re.compile(r"^abd")
FAITH = re.compile(r"(?<=[a-z]{2})[aeiou]l?-?dd?(?:iy|ee|[iye])ne?$")
ARABIC_FAITH = re.compile(r"(?<=..)الدين$")
ARABIC_SERVANT = re.compile(r"^عبدال(?=..)")
ARABIC_ARTICLE = re.compile(r"^(?:وال|ال)(?=...)")
FORMS = ("latin", "cyrillic", "arabic")
FEMININE = (
    (re.compile(r"(?<=.[a-z])(ov|ev|yev|in)a$"), r"\1"),
    (re.compile(r"(?<=.[a-z])(sk|tsk)aya$"), r"\1iy"),
)
ARABIC_FEMININE = re.compile(r"(?<=[a-z]{3})(wf|yf)a$")
# A vowel that belongs to the father's name stays: Алиев ← Али, Мусаев ← Муса, Магомедов ← Магомед.
STEM_ENDING = re.compile(
    r"(?:(?<=[aiu])y?ev|(?<=[^aeiou])(?:ov|ev|yev|in|off|eff|iyan)|w[fv]|yf|zade|zada|zoda|zod|dze|shvili|oglu|ogly|khan|ian)a?$"
)
SHORTEST_STEM = 3


@cache
def equivalents() -> dict[str, str]:
    """Return the canonical key of every known spelling of a name, by its own plain key."""
    found: dict[str, str] = {}
    for row in rows("equivalents"):
        found[row["canonical"]] = row["canonical"]
        for form in " ".join(row[script].replace("|", " ") for script in FORMS).split():
            found.setdefault(shaped(form), row["canonical"])
    return found


@cache
def known_names() -> frozenset[str]:
    """Return the canonical keys of the names whose spellings are known."""
    return frozenset(equivalents().values())


def shaped(word: str) -> str:
    """Return a word's key before known spellings are merged: article off, compounds joined."""
    folded = fold_word(word)
    if script_of_word(folded) is Script.ARABIC:
        return shaped_arabic(folded)
    key = plain_key(word)
    if len(key) > len("abdullah"):
        key = SERVANT.sub(r"abdul\1", key)
    return FAITH.sub("uddin", key)


def shaped_arabic(folded: str) -> str:
    """Return the key of a folded Arabic word: article off, Abd al- and al-Din as in Latin."""
    if ARABIC_SERVANT.search(folded):
        return "abdul" + plain_key(ARABIC_SERVANT.sub("", folded))
    if ARABIC_FAITH.search(folded):
        return plain_key(ARABIC_FAITH.sub("", folded)) + "uddin"
    return plain_key(ARABIC_ARTICLE.sub("", folded))


@lru_cache(maxsize=500_000)
def key_of(word: str) -> str:
    """Return the key of one word: the canonical one where its spelling is known, else its own."""
    key = shaped(word)
    return equivalents().get(key, key)


@lru_cache(maxsize=500_000)
def family_key(word: str) -> str:
    """Return the key of a family name in the masculine: Магомедова → magomedov."""
    key = key_of(word)
    if script_of_word(word) is Script.ARABIC:
        return ARABIC_FEMININE.sub(r"\1", key)
    for feminine, masculine in FEMININE:
        key = feminine.sub(masculine, key)
    return key


@lru_cache(maxsize=500_000)
def stem_hint(family: str) -> str:
    """Return the forefather's key a family name is built on, "" if none: magomedov → muhammad."""
    stem = STEM_ENDING.sub("", family)
    if stem == family or len(stem) < SHORTEST_STEM:
        return ""
    return canonical(stem)


def canonical(key: str) -> str:
    """Return the canonical key for a plain key, itself when no other spelling is known."""
    return equivalents().get(key, key)
