"""Build what kinmatch knows of places, src/kinmatch/data/gazetteer.tsv, from Kinward's gazetteer.

    python tools/build_match_places.py            writes the file
    python tools/build_match_places.py --check    exits 1 if it would write another one

A place has a key, the folded form of its English name; the region it lies in; where it is; and the
folded forms of its other names, former ones among them. A name that several places bear stands for
the one with most people, and a region and the town in it that gave it its name are one place: who
says "Raqqa" may mean either. Countries hold no places here: that two places are in Syria says
nothing. tools/match_places.toml adds names the gazetteer lacks.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kinmatch.comparisons.keys import place_key
from kinmatch.names import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Entry = dict[str, Any]

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCE: Final = ROOT / "src/kinward/places/data/gazetteer.jsonl"
BY_HAND: Final = ROOT / "tools/match_places.toml"
TARGET: Final = ROOT / "src/kinmatch/data/gazetteer.tsv"
WRITTEN: Final = re.compile(r"[A-Za-zÀ-ɏʻ-ʼЀ-ӿ؀-ۿ’'`´ .()–-]+")
SHORTEST: Final = 3  # letters of a folded form; shorter ones are too many places
ABOUT: Final = """\
Places by name: key, the region they lie in, latitude and longitude, other folded names.
Made by tools/build_match_places.py from Kinward's gazetteer.jsonl: change that, not this.
Sources: ISO 3166, GeoNames (CC BY 4.0), Unicode CLDR (Unicode licence), and by hand."""


def entries() -> list[Entry]:
    """Return the places of Kinward's gazetteer, those that a name stands for first."""
    lines = SOURCE.read_text("utf-8").splitlines()[1:]
    rank = {"country": 0, "region": 1}
    return sorted(
        map(json.loads, lines),
        key=lambda one: (rank.get(one["kind"], 2), -one.get("population", 0), one["code"]),
    )


def forms(entry: Entry) -> Iterator[str]:
    """Yield the folded names of a place, the English one first."""
    named = [*entry["names"].values(), *(other["text"] for other in entry["others"])]
    for text in named:
        if WRITTEN.fullmatch(text) and len(folded := place_key(text, parse)) >= SHORTEST:
            yield folded


def by_hand() -> dict[str, list[str]]:
    """Return the folded names added by hand, by the first of each list."""
    lists = tomllib.loads(BY_HAND.read_text("utf-8"))["places"]
    folded = ([place_key(one, parse) for one in names] for names in lists)
    return {names[0]: names[1:] for names in folded}


def one_with(entry: Entry, known: Mapping[str, Entry], named: Mapping[str, set[str]]) -> str:
    """Return the code of the outermost region of the same name; its own where none has it."""
    found, around = entry["code"], entry.get("parent")
    while around and known[around]["kind"] != "country":
        if named[around] & named[entry["code"]]:
            found = around
        around = known[around].get("parent")
    return found


def lines() -> Iterator[str]:
    """Yield the lines of the file."""
    places = entries()
    known = {one["code"]: one for one in places}
    named = {one["code"]: set(forms(one)) for one in places}
    stands_for = {one["code"]: one_with(one, known, named) for one in places}
    added, owner = by_hand(), dict[str, str]()
    for one in places:
        for form in forms(one):
            owner.setdefault(form, stands_for[one["code"]])
    for first, more in added.items():
        for form in more:
            if len(form) >= SHORTEST and owner.get(form) != owner[first]:
                owner.pop(form, None)  # and put in anew, behind the names the place had
                owner[form] = owner[first]
    of = {code: [form for form, theirs in owner.items() if theirs == code] for code in known}
    at = {stands_for[one["code"]]: one["at"] for one in places if one["kind"] == "town"}
    for one in places:
        code = one["code"]
        if not of[code]:
            continue  # nothing anybody writes would be taken for it
        where = [f"{degrees:.2f}" for degrees in at.get(code, ())] or ["", ""]
        yield "\t".join((of[code][0], within(code, known, of), *where, " ".join(of[code][1:])))


def within(code: str, known: Mapping[str, Entry], of: Mapping[str, list[str]]) -> str:
    """Return the key of the nearest region around a place that has one; empty below a country."""
    around = known[code].get("parent")
    while around and known[around]["kind"] != "country":
        if of[around]:
            return of[around][0]
        around = known[around].get("parent")
    return ""


def main() -> int:
    """Write the file, or say that it would change and exit 1."""
    text = "".join(f"# {line}\n" for line in ABOUT.splitlines()) + "\n".join(lines()) + "\n"
    if TARGET.exists() and TARGET.read_text("utf-8") == text:
        return 0
    if "--check" in sys.argv:
        print(f"{TARGET.relative_to(ROOT)} would change")
        return 1
    TARGET.write_text(text, "utf-8")
    print(f"{TARGET.relative_to(ROOT)} written: {text.count(chr(10))} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
