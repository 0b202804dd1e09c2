"""Read a written name into parts with roles.

Scripts have their habits: Russian writes "Family Given Patronymic" or "Given Patronymic Family",
Arabic "given father [grandfather] family", the rest "Given … Family"; a comma puts the family name
first. Words that say what the next word is (ibn, Abu, Abd) are joined to it or give it its role;
titles are kept but not compared.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kinmatch.names.fold import SILENT, fold_word, split
from kinmatch.names.forms import (
    ARTICLE,
    alternatives,
    form_of,
    joined,
    known_names,
    masculine,
    stem_hint,
)
from kinmatch.names.parts import Name, Part, Role
from kinmatch.names.patronymics import father_in
from kinmatch.names.scripts import Script, script_of, script_of_word
from kinmatch.names.tables import words

if TYPE_CHECKING:
    from collections.abc import Callable

COMMA = re.compile(r"\s*[,،]\s*")
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
FAMILY_ENDING = re.compile(
    r"(?:[оеё]в|[оеё]ва|[иы]н|[иы]на|ск[иі]й|ская|ский|енко|швили|дзе|ян|заде|ко|юк|ук|ич|ых)$"
)
LATIN_FAMILY_ENDING = re.compile(r"(?<=...)(?:[oe]va?|enko|shvili|zade)$")
NISBA = re.compile(r"^ال.{2,}[يى]$")
ARTICLES = frozenset(
    {
        "al",
        "el",
        "ul",
        "ed",
        "ad",
        "as",
        "ash",
        "es",
        "ech",
        "er",
        "ar",
        "az",
        "ez",
        "an",
        "at",
        "et",
        "ath",
        "аль",
        "эль",
        "уль",
        "ас",
        "аш",
        "ад",
        "ан",
        "ар",
        "ат",
        "аз",
    }
)
TWO, THREE = 2, 3
EITHER = 1.0  # bits it costs to take the less usual of two roles


@lru_cache(maxsize=200_000)
def parse(written: str) -> Name:
    """Return the parts of a name, their roles and the keys they are compared by.

    Never fails: a text without a letter of a known script has no parts.
    """
    text = ASIDE.sub(" ", written)
    before, *after = COMMA.split(text.strip(), maxsplit=1)
    if after and all(fold_word(word) in words("suffix") for word in split(after[0])):
        # "Toran, Jr" has nothing after its comma.
        before, after = f"{before} {after[0]}", []
    comma = bool(after and split(after[0]) and split(before))
    first = read_words(before)
    rest = read_words(after[0]) if after else []
    parts = [part for part in first + rest if part.key]
    if comma:
        family = len([part for part in first if part.key])
        parts = [
            replace(part, role=Role.FAMILY, why="before a comma")
            if place < family and part.role is Role.UNSURE
            else part
            for place, part in enumerate(parts)
        ]
    roled = tuple(map(with_readings, with_roles(parts, script_of(written))))
    hints = (stem_hint(part.key) for part in roled if part.role is Role.FAMILY)
    return Name(written, script_of(written), roled, tuple(filter(None, hints)))


def read_words(text: str) -> list[Part]:
    """Return the parts of a text with the roles words themselves show; others are UNSURE."""
    found: list[Part] = []
    waiting = split(text)
    while waiting:
        part, used = read_next(waiting, len(found))
        del waiting[:used]
        if part:
            found.append(part)
    return found


def read_next(waiting: list[str], place: int) -> tuple[Part | None, int]:
    """Return the part at the head of the words, None for a dropped word, and how many words."""
    for reader in READERS:
        read = reader(waiting, place)
        if read:
            return read
    return plain_part(waiting[0]), 1


Read = tuple[Part | None, int] | None


def read_title(waiting: list[str], place: int) -> Read:
    """Read a title, or what follows a name (Jr, III); a name of nothing but a title is a name."""
    told = words("title") if len(waiting) > 1 else words("suffix") if place else frozenset()
    if fold_word(waiting[0]) in told | (words("suffix") if place else frozenset()):
        return Part(waiting[0], form_of(waiting[0]), Role.TITLE, "title"), 1
    return None


def read_nasab(waiting: list[str], place: int) -> Read:
    """Read "ibn X": X is the father. "Ben" at the start of a name is a name."""
    if not (place and len(waiting) > 1 and fold_word(waiting[0]) in words("nasab")):
        return None
    named, used = read_next(waiting[1:], place=0)
    if named is None:
        return None, 1
    written = " ".join(waiting[: used + 1])
    # "ibn Abi X" names the father by his byname, which says nothing about his name.
    role = Role.KUNYA if named.role is Role.KUNYA else Role.FATHER
    return Part(written, named.key, role, f"after {waiting[0]}"), used + 1


def read_patronymic_word(waiting: list[str], place: int) -> Read:
    """Read "X оглы", "X кызы": X is the father."""
    if place and len(waiting) > 1 and fold_word(waiting[1]) in words("patronymic"):
        written = " ".join(waiting[:2])
        return Part(written, form_of(waiting[0]), Role.FATHER, f"before {waiting[1]}"), 2
    return None


def read_kunya(waiting: list[str], place: int) -> Read:
    """Read "Abu X", "Umm X" as one part."""
    del place
    if len(waiting) < TWO or fold_word(waiting[0]) not in words("kunya"):
        return None
    used = 3 if len(waiting) > TWO and is_article(waiting[1]) else 2
    return compound(waiting[:used], Role.KUNYA, "kunya"), used


def read_servant(waiting: list[str], place: int) -> Read:
    """Read "Abd al-X" in any spacing as one part."""
    del place
    if len(waiting) < TWO or fold_word(waiting[0]) not in words("servant"):
        return None
    used = 3 if len(waiting) > TWO and is_article(waiting[1]) else 2
    return compound(waiting[:used], Role.UNSURE, "Abd + name of God"), used


def read_faith(waiting: list[str], place: int) -> Read:
    """Read "X al-Din" in any spacing as one part."""
    del place
    for used in (3, 2):
        tail = "".join(map(fold_word, waiting[1:used]))
        if len(waiting) >= used and tail in words("faith"):
            return compound(waiting[:used], Role.UNSURE, "X al-Din"), used
    return None


def read_article(waiting: list[str], place: int) -> Read:
    """Read a separate Latin or Arabic article as the start of the next word."""
    if not (len(waiting) > 1 and is_article(waiting[0])) or (not place and len(waiting) == TWO):
        return None
    following = plain_part(waiting[1])
    if following is None:
        return None, 1
    key = following.key if following.key.startswith(ARTICLE) else ARTICLE + following.key
    return replace(following, key=key, written=" ".join(waiting[:2])), 2


READERS: tuple[Callable[[list[str], int], Read], ...] = (
    read_title,
    read_faith,
    read_servant,
    read_nasab,
    read_kunya,
    read_patronymic_word,
    read_article,
)


def is_article(word: str) -> bool:
    """Whether a word is the Arabic definite article written apart, in any script."""
    folded = fold_word(word)
    return folded in ARTICLES or folded == "ال"


def compound(written: list[str], role: Role, why: str) -> Part:
    """Return words that belong together as one part, an article between them as its mark."""
    forms = (
        ARTICLE if place and is_article(word) else form_of(word)
        for place, word in enumerate(written)
    )
    return Part(" ".join(written), joined(forms), role, why)


def plain_part(word: str) -> Part | None:
    """Return the part one word makes: a patronymic, an initial, or a name still UNSURE."""
    key = form_of(word)
    if not key:
        return None
    if len(SILENT.sub("", word)) == 1:
        return Part(word, key, Role.INITIAL, "one letter")
    father = father_in(word)
    if father:
        return Part(word, father, Role.FATHER, "patronymic ending", ((key, 0.0),))
    return Part(word, key, Role.UNSURE)


def with_readings(part: Part) -> Part:
    """Return a part with all else it may be: a feminine name, another spelling, a short one."""
    if part.role in {Role.TITLE, Role.INITIAL}:
        return part
    found = dict(part.forms)
    if part.role in {Role.FAMILY, Role.UNSURE}:
        found.setdefault(masculine(part.key), 0.0)
    short = part.role not in {Role.FAMILY, Role.NISBA}
    for form in tuple(found):
        for other, cost in alternatives(form, short=short):
            found.setdefault(other, cost)
    if part.role is Role.FAMILY:
        found |= {
            form: cost for form, cost in other_stems(masculine(part.key)) if form not in found
        }
    if part.role is Role.FAMILY and (changed := masculine(part.key)) != part.key:
        del found[changed]
        return replace(part, key=changed, readings=tuple(found.items()))
    del found[part.key]
    return replace(part, readings=tuple(found.items()))


def other_stems(family: str) -> tuple[tuple[str, float], ...]:
    """Return a family name on the other spellings of its forefather: магомедов → мухаммадов."""
    stem = stem_hint(family)
    ending = family.removeprefix(stem) if stem else ""
    return tuple((form + ending, cost) for form, cost in alternatives(stem, short=False) if stem)


def with_roles(parts: list[Part], script: Script) -> list[Part]:
    """Return the parts with the UNSURE ones given roles by script and place."""
    unsure = [place for place, part in enumerate(parts) if part.role is Role.UNSURE]
    roles = dict(zip(unsure, roles_by_place(parts, unsure, script), strict=True))
    last = unsure[-1] if unsure else -1
    parts = lineage_of(parts)
    return [
        given_role(part, roles.get(place), lineage=len(unsure) if place == last else 0)
        for place, part in enumerate(parts)
    ]


def lineage_of(parts: list[Part]) -> list[Part]:
    """Return the parts with the second of two "ibn" as the grandfather."""
    nasab = [place for place, part in enumerate(parts) if part.why.startswith("after ")]
    fathers = [place for place in nasab if parts[place].role is Role.FATHER]
    return [
        replace(part, role=Role.GRANDFATHER) if place in fathers[1:] else part
        for place, part in enumerate(parts)
    ]


def given_role(part: Part, role: Role | None, lineage: int) -> Part:
    """Return a part with its role.

    An Arabic name of two or three words ends in a family name as often as in a father's or a
    grandfather's, and both look alike: `lineage` says how many words the last one ends.
    """
    if role is None:
        return part
    other = {TWO: Role.FATHER, THREE: Role.GRANDFATHER}.get(lineage)
    if other and role is Role.FAMILY and script_of_word(part.written) is Script.ARABIC:
        return replace(part, role=role, or_role=other, or_cost=EITHER)
    return replace(part, role=role)


def roles_by_place(parts: list[Part], unsure: list[int], script: Script) -> list[Role]:
    """Return a role for each of the places still unsure, in their order."""
    has = {part.role for part in parts}
    if Role.FAMILY in has:
        return arabic_order(len(unsure), family=False)
    if len(unsure) > 1 and family_first(parts, unsure):
        return [Role.FAMILY, *arabic_order(len(unsure) - 1, family=False)]
    if script is Script.ARABIC:
        return arabic_roles(parts, unsure)
    if len(unsure) == 1:
        return [Role.FAMILY if Role.INITIAL in has else Role.GIVEN]
    middle = [Role.UNSURE] * (len(unsure) - TWO)
    return [Role.GIVEN, *middle, Role.FAMILY][: len(unsure)]


def arabic_roles(parts: list[Part], unsure: list[int]) -> list[Role]:
    """Given, father, grandfather, family; a last word like "al-…i" is a nisba."""
    last = parts[unsure[-1]] if unsure else None
    nisba = last is not None and NISBA.search(fold_word(last.written.split()[-1])) is not None
    if nisba and len(unsure) == 1 and any(part.role is Role.KUNYA for part in parts):
        return [Role.NISBA]
    if last is None or len(unsure) == 1:
        return [Role.GIVEN] * len(unsure)
    roles = arabic_order(len(unsure), family=True)
    if nisba:
        roles[-1] = Role.NISBA
    return roles


def arabic_order(count: int, *, family: bool) -> list[Role]:
    """Return roles for so many names: given, father, grandfather … and family if asked."""
    lineage = [Role.GIVEN, Role.FATHER, Role.GRANDFATHER] + [Role.UNSURE] * count
    return [*lineage[: count - 1], Role.FAMILY] if family else lineage[:count]


def family_first(parts: list[Part], unsure: list[int]) -> bool:
    """Whether the first name is the family name: by capitals, ending, or a patronymic third."""
    first, second = parts[unsure[0]], parts[unsure[1]]
    if first.written.isupper() and not second.written.isupper():
        return script_of_word(first.written) is not Script.ARABIC
    if script_of_word(first.written) is Script.ARABIC:
        return False
    roles = [part.role for part in parts]
    if Role.FATHER in roles and roles.index(Role.FATHER) == TWO and unsure[:TWO] == [0, 1]:
        return True
    return family_like(first) and not family_like(parts[unsure[-1]])


def family_like(part: Part) -> bool:
    """Whether a word ends as family names do and is no known given name (Амина)."""
    folded = fold_word(part.written)
    ends = FAMILY_ENDING.search(folded) or LATIN_FAMILY_ENDING.search(folded)
    return ends is not None and part.key not in known_names()
