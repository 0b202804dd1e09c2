"""Whose name a word is, where the words themselves do not say: by script, place and ending.

Russian writes "Family Given Patronymic" or "Given Patronymic Family", Arabic "given father
[grandfather] family", the rest "Given … Family".
"""

from __future__ import annotations

import re
from dataclasses import replace

from kinmatch.names.fold import fold_word
from kinmatch.names.forms import ARTICLE, form_of, known_names, script_of_form
from kinmatch.names.parts import EITHER, RARELY, Part, Role
from kinmatch.names.phrases import AFTER, FAITH, HYPHENED, halves, taken_as
from kinmatch.names.scripts import Script, script_of_word
from kinmatch.names.tables import endings

# A nisba has the article and ends in -i: "from there" (Beeston, Arabic Nomenclature, 1971).
NISBA = {
    Script.ARABIC: re.compile(f"^{ARTICLE}(?:.{{2,}}ي|.{{3,}}يه)$"),
    Script.CYRILLIC: re.compile(f"^{ARTICLE}(?:.{{2,}}(?:и|ий)|.{{3,}}ий?я)$"),
    Script.LATIN: re.compile(f"^{ARTICLE}(?:.{{2,}}(?:i|iy|y|ee)|.{{3,}}iy{{0,2}}ah?)$"),
}
TWO, THREE = 2, 3
# An initial stands for the given name, the next for the father's: the order of these scripts.
LINEAGE = {
    Script.CYRILLIC: (Role.GIVEN, Role.FATHER),
    Script.ARABIC: (Role.GIVEN, Role.FATHER),
    Script.LATIN: (Role.GIVEN,),
}


def with_roles(parts: list[Part], script: Script) -> list[Part]:
    """Return the parts with the UNSURE ones given roles by script and place."""
    parts = loosened(of_two_patronymics(parts))
    unsure = [place for place, part in enumerate(parts) if part.role is Role.UNSURE]
    roles = dict(zip(unsure, roles_by_place(parts, unsure, script), strict=True))
    last = unsure[-1] if unsure else -1
    found: list[Part] = []
    for place, part in enumerate(lineage_of(parts)):
        lineage = len(unsure) if place == last else 0
        found += given_role(part, roles.get(place), lineage=lineage)
    return with_initials([as_nisba(part) for part in found])


def of_two_patronymics(parts: list[Part]) -> list[Part]:
    """Return the parts, the first of two patronymics as the family name it is: Абрамович."""
    told = [place for place, part in enumerate(parts) if part.why == "patronymic ending"]
    if told[:1] != [0] or len(told) < TWO:
        return parts
    first = parts[0]
    family = Part(
        first.written, form_of(first.written), Role.FAMILY, "one of two patronymics",
        ((first.key, EITHER),), or_role=Role.FATHER, or_cost=EITHER,
    )  # fmt: skip
    return [family, *parts[1:]]


def loosened(parts: list[Part]) -> list[Part]:
    """Return the parts, two words with a hyphen as two parts where they are no family name.

    A family name stands first or last, and there is one.
    """
    if not any(part.why == HYPHENED for part in parts):
        return parts
    unsure = [place for place, part in enumerate(parts) if part.role is Role.UNSURE]
    told = any(part.role is Role.FAMILY for part in parts)
    inside = set(unsure) if told else set(unsure[1:-1])
    return [
        half
        for place, part in enumerate(parts)
        for half in (taken_as(part, Role.UNSURE) if place in inside else [part])
    ]


def lineage_of(parts: list[Part]) -> list[Part]:
    """Return the parts with the second of two "ibn" as the grandfather."""
    nasab = [place for place, part in enumerate(parts) if part.why.startswith(AFTER)]
    fathers = [place for place in nasab if parts[place].role is Role.FATHER]
    later = set(fathers[1:])
    return [
        replace(part, role=Role.GRANDFATHER) if place in later else part
        for place, part in enumerate(parts)
    ]


def given_role(part: Part, role: Role | None, lineage: int) -> list[Part]:
    """Return a part with its role; of names with a hyphen each word as a part.

    An Arabic name of two or three words ends in a family name as often as in a father's or a
    grandfather's, and both look alike: `lineage` says how many words the last one ends.
    """
    if role is None:
        return [part]
    if part.why == HYPHENED:
        return taken_as(part, role)
    if lineage == 1 and role is Role.FAMILY and family_alone(part):
        return [replace(part, role=role, or_role=Role.GIVEN, or_cost=RARELY)]
    other = {TWO: Role.FATHER, THREE: Role.GRANDFATHER}.get(lineage)
    if other and role is Role.FAMILY and script_of_word(part.written) is Script.ARABIC:
        return [replace(part, role=role, or_role=other, or_cost=EITHER)]
    return [Part(part.written, part.key, role, part.why, part.readings)]


def as_nisba(part: Part) -> Part:
    """Return a family name with the article and the ending of a nisba as the nisba it is."""
    if part.role is Role.FAMILY and nisba_like(part):
        return replace(part, role=Role.NISBA, or_role=None, or_cost=0.0)
    return part


def nisba_like(part: Part) -> bool:
    """Whether a part reads like الشيشاني, al-Shishani or аш-Шишани."""
    ending = NISBA.get(script_of_form(part.key))
    return ending is not None and ending.search(part.key) is not None


def with_initials(parts: list[Part]) -> list[Part]:
    """Return the parts with the initials marked whose names they begin, by their order."""
    has = {part.role for part in parts}
    if Role.INITIAL not in has:
        return parts
    found: list[Part] = []
    waiting: list[Role] | None = None
    for part in parts:
        if part.role is Role.INITIAL:
            if waiting is None:
                order = LINEAGE.get(script_of_form(part.key), ())
                waiting = [role for role in order if role not in has]
            found.append(replace(part, initial_of=waiting.pop(0) if waiting else None))
        else:
            found.append(part)
    return found


def roles_by_place(parts: list[Part], unsure: list[int], script: Script) -> list[Role]:
    """Return a role for each of the places still unsure, in their order."""
    has = {part.role for part in parts}
    if Role.FAMILY in has:
        return arabic_order(len(unsure), family=False)
    if Role.KUNYA in has and unsure and all(nisba_like(parts[place]) for place in unsure):
        return [Role.NISBA] * len(unsure)
    if len(unsure) > 1 and family_first(parts, unsure):
        return [Role.FAMILY, *arabic_order(len(unsure) - 1, family=False)]
    if len(unsure) == 1:
        return [lone_role(parts, unsure[0], script)]
    if script is Script.ARABIC:
        return arabic_order(len(unsure), family=True) if unsure else []
    middle = [Role.UNSURE] * (len(unsure) - TWO)
    return [Role.GIVEN, *middle, Role.FAMILY][: len(unsure)]


def lone_role(parts: list[Part], place: int, script: Script) -> Role:
    """Return the role of the only word that shows none: given, or family by ending or initials."""
    initials = [at for at, part in enumerate(parts) if part.role is Role.INITIAL]
    if family_alone(parts[place]):
        return Role.FAMILY
    if not initials or script is Script.ARABIC:
        return Role.GIVEN
    given_first = place < initials[0] and parts[place].key in known_names()
    return Role.GIVEN if given_first else Role.FAMILY


def arabic_order(count: int, *, family: bool) -> list[Role]:
    """Return roles for so many names: given, father, grandfather … and family if asked."""
    lineage = [Role.GIVEN, Role.FATHER, Role.GRANDFATHER] + [Role.UNSURE] * count
    return [*lineage[: count - 1], Role.FAMILY] if family else lineage[:count]


def family_first(parts: list[Part], unsure: list[int]) -> bool:
    """Whether the first name is the family name.

    By capitals, ending, a patronymic third, or a hyphen before a name that is known.
    """
    first, second = parts[unsure[0]], parts[unsure[1]]
    if script_of_word(first.written) is Script.ARABIC:
        return family_alone(first) and not family_alone(parts[unsure[-1]])
    if first.written.isupper() and not second.written.isupper():
        return True
    if patronymic_third(parts, unsure) and (family_like(first) or not family_alone(second)):
        return True
    last = parts[unsure[-1]]
    return (family_like(first) or double_family(first, last)) and not family_like(last)


def patronymic_third(parts: list[Part], unsure: list[int]) -> bool:
    """Whether a patronymic, such as -ович or X оглы, is third: "bin X" follows given names."""
    roles = [part.role for part in parts]
    if Role.FATHER not in roles or roles.index(Role.FATHER) != TWO or unsure[:TWO] != [0, 1]:
        return False
    return not parts[TWO].why.startswith(AFTER)


def double_family(first: Part, last: Part) -> bool:
    """Whether two unknown names with a hyphen stand before a known given name."""
    if first.why != HYPHENED or last.key not in known_names():
        return False
    return not any(half.key in known_names() for half in halves(first))


def family_like(part: Part) -> bool:
    """Whether a word ends as family names do and is no known given name (Амина)."""
    return ends_as(part, "family")


def family_alone(part: Part) -> bool:
    """Whether a word ends as only family names do: -ов, not -ин, which Марин and Эмин have too."""
    return ends_as(part, "alone")


def ends_as(part: Part, kind: str) -> bool:
    """Whether a word has an ending of this kind, and is no known name and no compound."""
    if ARTICLE in part.key or part.why == FAITH or part.key in known_names():
        return False
    folded = fold_word(part.written)
    return endings("family_endings", script_of_word(folded), kind).cut(folded) is not None
