"""Read a written name into parts with roles.

A comma puts the family name first; words in brackets are another spelling of the word before them,
or one more part. Words that say what the next word is are read by `phrases`, the others get their
roles from `roles`; titles are kept but not compared.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import lru_cache

from kinmatch.names.forms import alternatives, known_names, masculine, stem_hint
from kinmatch.names.parts import EITHER, UNKNOWN_STEM, Name, Part, Role
from kinmatch.names.phrases import MAYBE_TITLE, read_words, taken_as, words_of
from kinmatch.names.roles import family_alone, family_like, nisba_like, with_roles
from kinmatch.names.scripts import script_of

COMMA = re.compile("[,،]")
ASIDE = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
# "1990 г.р." is a year of birth, ﷺ and ﷻ are blessings.
NO_NAME = re.compile(r"\b\d{4}\s{0,3}г\.?\s{0,3}р\b\.?|[\ufdfa\ufdfb\ufdfd]")
SAYS_WHOSE = frozenset({Role.FATHER, Role.GRANDFATHER, Role.KUNYA, Role.INITIAL})
TITLE_AS_NAME = 3.0  # bits it costs that a word read as a title is the given name


@lru_cache(maxsize=200_000)
def parse(written: str) -> Name:
    """Return the parts of a name, their roles and the keys they are compared by.

    Never fails: a text without a letter of a known script has no parts.
    """
    # "Anna (Anya, Nura)" has two other spellings.
    text = ASIDE.sub(lambda aside: COMMA.sub(") (", aside.group()), NO_NAME.sub(" ", written))
    before, *after = COMMA.split(text.strip(), maxsplit=1)
    if after and all(word.is_any("suffix") for word in words_of(after[0])):
        # "Toran, Jr" has nothing after its comma.
        before, after = f"{before} {after[0]}", []
    first, aside = read_text(before)
    rest, more = read_text(after[0]) if after else ([], [])
    if first and rest:
        first = [family for part in first for family in before_comma(part)]
    script = script_of(written)
    parts = with_roles(first + rest, script)
    parts = with_titles(with_families(parts, aside + more))
    roled = tuple(map(with_readings, parts))
    return Name(written, script, roled, tuple(hints(roled)))


def before_comma(part: Part) -> list[Part]:
    """Return a part before a comma as the family name, if it shows no role of its own."""
    return [part] if part.role is not Role.UNSURE else taken_as(part, Role.FAMILY, "before a comma")


def read_text(text: str) -> tuple[list[Part], list[Part]]:
    """Return the parts of a text, and the family names in brackets that belong to another part."""
    parts: list[Part] = []
    families: list[Part] = []
    for place, piece in enumerate(ASIDE.split(text)):
        inside = bool(place % 2 and parts)
        found = [part for part in read_words(piece, len(parts)) if part.key]
        if not inside:
            parts += found
            continue
        born = any(word.is_any("birth") for word in words_of(piece))
        found = [part for part in found if not is_remark(part)]
        families += [in_brackets(part) for part in found] if born else put_aside(parts, found)
    return parts, families


def in_brackets(part: Part) -> Part:
    """Return a part as a family name of the same person."""
    return replace(part, role=Role.FAMILY, why="in brackets")


def is_remark(part: Part) -> bool:
    """Whether a part in brackets is a word about a name: née, or, alias."""
    return any(word.is_any("birth", "also") for word in words_of(part.written))


def put_aside(parts: list[Part], aside: list[Part]) -> list[Part]:
    """Give what stands in brackets to the parts before; return family names for a later part.

    So many words in brackets are other spellings of as many before them. One that is in another
    role, such as a patronymic, or that finds no word, is a part of its own.
    """
    families: list[Part] = []
    first = max(len(parts) - len(aside), 0)
    told = dict(enumerate(parts[first:]))
    for place, part in enumerate(aside):
        before = told.get(place)
        beside = before is not None and before.role is not Role.UNSURE
        if beside and part.role is Role.UNSURE and family_alone(part):
            families.append(in_brackets(part))
        elif before is None or part.role is not before.role:
            parts.append(part)
        elif part.role is Role.UNSURE and family_like(part) and not family_like(before):
            families.append(in_brackets(part))
        else:
            parts[first + place] = also(before, part, EITHER)
    return families


def also(part: Part, other: Part, cost: float) -> Part:
    """Return a part that may be read as another too, at so many bits."""
    taken = dict(part.forms)
    more = tuple((form, bits + cost) for form, bits in other.forms if form not in taken)
    return replace(part, readings=part.readings + more)


def with_families(parts: list[Part], families: list[Part]) -> list[Part]:
    """Return the parts, each family name in brackets as another of theirs, or as a part."""
    for family in families:
        at = next((at for at, part in enumerate(parts) if part.role is Role.FAMILY), None)
        if at is None:
            parts = [*parts, family]
        else:
            parts = [*parts[:at], also(parts[at], family, EITHER), *parts[at + 1 :]]
    return parts


def with_titles(parts: list[Part]) -> list[Part]:
    """Return the parts, a title that may be a name as another reading of a name beside it.

    At the head it may be the given name, after a hyphen belong to the name before. Where a family
    name alone is left beside it, it is the given name.
    """
    named = [at for at, part in enumerate(parts) if part.role is not Role.TITLE]
    given = [at for at in named if parts[at].role is Role.GIVEN]
    alone = [at for at in named if parts[at].role not in SAYS_WHOSE]
    found = list(parts)
    for place, title in enumerate(parts if named else ()):
        if title.role is not Role.TITLE or title.why != MAYBE_TITLE:
            continue
        before = bisect_left(named, place)
        at = named[before - 1] if before else (given or named)[0]
        if alone == [at] and Role.GIVEN in {parts[at].role, parts[at].or_role}:
            return beside_title(found, place, at)
        found[at] = also(found[at], title, TITLE_AS_NAME)
    return found


def beside_title(parts: list[Part], place: int, at: int) -> list[Part]:
    """Return a title that may be a name and the one word beside it, with the likeliest roles."""
    title, part = parts[place], parts[at]
    family = Role.NISBA if nisba_like(part) else Role.FAMILY
    taken = {at: replace(also(part, title, TITLE_AS_NAME), or_role=family, or_cost=EITHER)}
    if family is Role.NISBA or family_like(part):
        taken = {
            place: replace(title, role=Role.GIVEN),
            at: replace(part, role=family, or_role=None, or_cost=0.0),
        }
    return [taken.get(here, other) for here, other in enumerate(parts)]


def hints(parts: tuple[Part, ...]) -> list[tuple[str, float]]:
    """Return the forefathers family names are built on, and what it costs to believe it."""
    stems = [stem_hint(part.key) for part in parts if part.role is Role.FAMILY]
    return [(stem, 0.0 if stem in known_names() else UNKNOWN_STEM) for stem in stems if stem]


def with_readings(part: Part) -> Part:
    """Return a part with all else it may be: a feminine name, another spelling, a short one."""
    if part.role in {Role.TITLE, Role.INITIAL}:
        return part
    found = {masculine(part.key): 0.0} if part.role is Role.FAMILY else {}
    for form, cost in readings_of(part):
        found.setdefault(form, cost)
    key = next(iter(found))
    del found[key]
    if key == part.key and not found:
        return part
    return replace(part, key=key, readings=tuple(found.items()))


def readings_of(part: Part) -> list[tuple[str, float]]:
    """Return every form of a part with its cost, what is written before what is known of it."""
    written = list(part.forms)
    if part.role in {Role.FAMILY, Role.UNSURE}:
        written += [(masculine(form), cost) for form, cost in part.forms]
    short = part.role not in {Role.FAMILY, Role.NISBA}
    known = [
        (other, cost + more)
        for form, cost in written
        for other, more in alternatives(form, short=short)
    ]
    stems = [
        (other, cost + more)
        for form, cost in (written if part.role is Role.FAMILY else ())
        for other, more in other_stems(masculine(form))
    ]
    return written + known + stems


def other_stems(family: str) -> tuple[tuple[str, float], ...]:
    """Return a family name on the other spellings of its forefather: магомедов → мухаммадов."""
    stem = stem_hint(family)
    ending = family.removeprefix(stem) if stem else ""
    return tuple((form + ending, cost) for form, cost in alternatives(stem, short=False) if stem)
