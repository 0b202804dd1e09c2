"""A person's record as sets of keys: what every comparison and every block is made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from kinmatch.comparisons.gazetteer import known_as
from kinmatch.names import Name, Role, Script, plain_key

if TYPE_CHECKING:
    from kinmatch.records import Person

Parse = Callable[[str], Name]
WORD = re.compile(r"[^\W\d_]+")
SHORTEST_WORD = 3  # letters
BETWEEN_PLACES = re.compile(r"\s*[,،;/]\s*")


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one person's names and places, by whose name they are."""

    given: frozenset[str]
    father: frozenset[str]  # from his own field, a patronymic or a nasab
    father_stem: frozenset[str]  # from a surname made of a given name, or in its place
    family: frozenset[str]
    mother: frozenset[str]
    siblings: frozenset[str]
    grandparents: frozenset[str]  # from a column, or the grandfather in a chain of names
    place: frozenset[str]
    parted: frozenset[str]  # the places where they and their kin lost one another
    languages: frozenset[str]
    marks: frozenset[str]  # the words of their descriptions

    def sharing(self, once: dict[frozenset[str], frozenset[str]]) -> Keys:
        """Return the same keys, with each set taken from those at hand if it is among them."""
        sets = (getattr(self, column) for column in Keys.__slots__)
        return Keys(*(once.setdefault(keys, keys) for keys in sets))

    @property
    def all(self) -> frozenset[str]:
        """Every key, whosever name or place it is."""
        return self.given.union(
            self.father,
            self.father_stem,
            self.family,
            self.mother,
            self.siblings,
            self.grandparents,
            self.place,
            self.parted,
        )

    @property
    def places(self) -> frozenset[str]:
        """Every place, whatever happened there: how few name one is counted of all."""
        return self.place | self.parted


def keys_of(person: Person, parse: Parse) -> Keys:
    """Gather a person's keys. Father evidence unites, wherever it stands."""
    own = [parse(name) for name in person.names]
    fathers = [parse(name) for name in person.father]
    return Keys(
        given=_union([*map(given_of, own), *(words_of(parse(name)) for name in person.given)]),
        father=_union([*map(given_of, fathers), *(name.father for name in own)]),
        father_stem=_union(map(father_perhaps, own)),
        # A nisba says where someone is from: beside a family name it would look like another one.
        family=_union(
            [
                *(name.keys(Role.FAMILY) for name in [*own, *fathers]),
                *(words_of(parse(name)) for name in person.family),
            ]
        ),
        mother=_union(given_of(parse(name)) for name in person.mother),
        siblings=_union(given_of(parse(name)) for name in person.siblings),
        grandparents=_union(
            [
                *(given_of(parse(name)) for name in person.grandparents),
                *(name.keys(Role.GRANDFATHER) for name in own),
            ]
        ),
        place=_places(person.places, parse),
        parted=_places(person.separated_at, parse),
        languages=_union(map(words_in, person.languages)),
        marks=_union(map(words_in, person.marks)),
    )


def words_of(name: Name) -> tuple[str, ...]:
    """Return every word of a name that has a column of its own, whatever its place in it.

    An initial is no word: that two names begin alike makes them no rare name in common.
    """
    return tuple(part.key for part in name.compared if part.role is not Role.INITIAL)


def words_in(written: str) -> Iterable[str]:
    """Return the words of a description long enough to mean something, in lower case."""
    return (word for word in WORD.findall(written.casefold()) if len(word) >= SHORTEST_WORD)


def given_of(name: Name) -> tuple[str, ...]:
    """Return the given names in a written name; a lone part of unsure role may be one."""
    return name.given or tuple(part.key for part in name.parts if part.role is Role.UNSURE)


def father_perhaps(name: Name) -> tuple[str, ...]:
    """Return what may be the father's name: a surname's stem, or a last name of unsure meaning.

    A stem that is no known name is none. Clerks in Arabic write "given father" as often as "given
    family", and both look alike.
    """
    last = (part.key for part in name.parts if part.role is Role.FAMILY)
    perhaps = not name.father_hints and name.script is Script.ARABIC
    return tuple(last) if perhaps else name.father_hint


def place_keys(written: str, parse: Parse) -> Iterable[str]:
    """Return a key for each place between commas, the same one by whatever name it is called."""
    pieces = BETWEEN_PLACES.split(written.strip())
    return filter(None, (known_as(place_key(piece, parse)) for piece in pieces))


def place_key(written: str, parse: Parse) -> str:
    """Return the name of one place folded, in Latin letters whatever its script."""
    return "".join(plain_key(part.key) for part in parse(written).parts)


def _places(written: Iterable[str], parse: Parse) -> frozenset[str]:
    return frozenset(chain.from_iterable(place_keys(place, parse) for place in written))


def _union(keys: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(filter(None, chain.from_iterable(keys)))
