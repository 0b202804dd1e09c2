"""Two noised copies of pseudopeople's sample census, as two files of persons and the truth.

    python -m linking.census FOLDER --noise 10 --seeds 101 102 [--no-birth] [--apart 0.3]
        [--request]

Runs in the environment of the peers. pseudopeople (BSD-3, University of Washington) makes up the
people; both copies are of the sample data inside the package, noised apart with a seed each. Noise
×n multiplies the chance of every error of the package's own defaults by n, up to 0.95. Group
quarters are left out. `household_id` and `simulant_id` are truth: a matcher is shown who stands on
one form (`group`, numbered anew in each file), never which form is which.

With --request the found side is the children of a census, with the names of the adults on their
form, and the sought side the dependents of tax returns (form 1040), who have no birth and no sex;
which of two taxpayers is the father is not on the form, so both are given as both. The truth is
then by family, in `families.csv`.
"""

from __future__ import annotations

import argparse
import csv
import random
from datetime import date
from pathlib import Path
from typing import Any

YEAR, CENSUS_DAY = 2020, "2020-04-01"
MOST = 0.95  # of a chance
OLDEST = 115
TIMES = {"cell_probability", "row_probability"}
PARENTS = {"Reference person", "Opposite-sex spouse", "Same-sex spouse"}
PARENTS |= {"Opposite-sex unmarried partner", "Same-sex unmarried partner"}
CHILDREN = {"Biological child", "Adopted child", "Stepchild", "Foster child", "Grandchild"}
COLUMNS = ("id", "given_name", "family_name", "sex", "born", "age", "age_as_of")
COLUMNS += ("father", "mother", "group")
SEXES = {"Female": "female", "Male": "male"}


def louder(node: Any, times: float) -> Any:
    """Return a configuration of errors with every chance that many times as large."""
    if not isinstance(node, dict):
        return node
    told = {}
    for key, value in node.items():
        if isinstance(value, dict):
            told[key] = louder(value, times)
        elif str(key).startswith(("cell_prob", "row_prob")):
            told[key] = min(value * times, MOST)
    return {key: value for key, value in told.items() if value != {}}


def dataset(kind: str, seed: int, times: float) -> list[dict[str, str]]:
    """Return one noised copy as rows of text, empty where nothing stands."""
    import pseudopeople  # noqa: PLC0415 (only where it is installed)

    make = getattr(pseudopeople, f"generate_{kind}")
    config = louder(pseudopeople.get_config()[kind], times)
    made = make(seed=seed, year=YEAR, config={kind: config}).astype(object)
    return made.where(made.notna(), "").astype(str).to_dict("records")


def census(seed: int, times: float) -> list[dict[str, str]]:
    """Return one copy of the census without group quarters."""
    rows = dataset("decennial_census", seed, times)
    return [one for one in rows if "quarters" not in one["relationship_to_reference_person"]]


def born(written: str) -> str:
    """Return a date as ISO 8601; empty if it is none, as those with typing errors may be."""
    try:
        month, day, year = map(int, written.split("/"))
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def age(written: str) -> str:
    """Return an age in years; empty if it is none."""
    return written if written.isdigit() and int(written) <= OLDEST else ""


def row_of(one: dict[str, str], *, birth: bool) -> dict[str, str]:
    """Return a census row in the columns kinmatch reads, all but id and group."""
    years = age(one["age"])
    return {
        "given_name": one["first_name"],
        "family_name": one["last_name"],
        "sex": SEXES.get(one["sex"], ""),
        "born": born(one["date_of_birth"]) if birth else "",
        "age": years,
        "age_as_of": CENSUS_DAY if years else "",
    }


def numbered(rows: list[dict[str, str]], chance: random.Random, letter: str) -> None:
    """Give rows an id, and number their groups anew, in no order that tells anything."""
    chance.shuffle(rows)
    groups = list({one["group"] for one in rows})
    groups.sort()
    chance.shuffle(groups)
    names = {group: f"{letter}G{number}" for number, group in enumerate(groups)}
    for number, one in enumerate(rows):
        one["id"], one["group"] = f"{letter}{number}", names[one["group"]]


def people(
    seed: int, times: float, letter: str, *, birth: bool, apart: float
) -> list[dict[str, str]]:
    """Return one side of the census case; `apart` is the share of persons without their group."""
    chance = random.Random(f"{letter} {seed}")  # noqa: S311 (made-up data)
    rows = []
    for number, one in enumerate(census(seed, times)):
        alone = chance.random() < apart
        group = f"alone {number}" if alone else one["household_id"]
        truth = {"person": one["simulant_id"], "family": one["household_id"], "group": group}
        rows.append(row_of(one, birth=birth) | truth)
    numbered(rows, chance, letter)
    return rows


def children(seed: int, times: float, *, birth: bool) -> list[dict[str, str]]:
    """Return the found side of the request case: children, with the adults on their form."""
    chance = random.Random(f"F {seed}")  # noqa: S311 (likewise)
    adults: dict[str, dict[str, list[str]]] = {}
    rows = []
    for one in census(seed, times):
        relation = one["relationship_to_reference_person"]
        if relation in PARENTS:
            parent = "mother" if one["sex"] == "Female" else "father"
            name = f"{one['first_name']} {one['last_name']}".strip()
            adults.setdefault(one["household_id"], {}).setdefault(parent, []).append(name)
        elif relation in CHILDREN and int(age(one["age"]) or 0) < 18:  # noqa: PLR2004 (of age)
            family = one["household_id"]
            rows.append(row_of(one, birth=birth) | {"family": family, "group": family})
    for one in rows:
        for parent, names in adults.get(one["family"], {}).items():
            one[parent] = "|".join(filter(None, names))
    numbered(rows, chance, "F")
    return rows


def requests(seed: int, times: float) -> list[dict[str, str]]:
    """Return the sought side of the request case: the dependents of each tax return."""
    chance = random.Random(f"S {seed}")  # noqa: S311 (likewise)
    rows = []
    for number, one in enumerate(dataset("taxes_1040", seed, times)):
        taxpayers = [
            f"{one[f'{who}first_name']} {one[f'{who}last_name']}".strip() for who in ("", "spouse_")
        ]
        parents = "|".join(filter(None, taxpayers))
        for place in range(1, 5):
            given = one[f"dependent_{place}_first_name"]
            family = one[f"dependent_{place}_last_name"]
            if given or family:
                told = {"given_name": given, "family_name": family, "father": parents}
                told |= {"mother": parents, "family": one["household_id"], "group": str(number)}
                rows.append(told)
    numbered(rows, chance, "S")
    return rows


def write(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    """Write rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def asked_for() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--noise", type=float, required=True)
    parser.add_argument("--seeds", type=int, nargs=2, required=True)
    parser.add_argument("--birth", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--apart", type=float, default=0.0)
    parser.add_argument("--request", action="store_true")
    return parser.parse_args()


def write_census(asked: argparse.Namespace) -> None:
    """Write two copies of the census, and who is who."""
    one, other = asked.seeds
    found = people(one, asked.noise, "F", birth=asked.birth, apart=asked.apart)
    sought = people(other, asked.noise, "S", birth=asked.birth, apart=asked.apart)
    by_person = {row["person"]: row["id"] for row in sought}
    truth = [
        {"found_id": row["id"], "sought_id": by_person[row["person"]]}
        for row in found
        if row["person"] in by_person
    ]
    write(asked.folder / "truth.csv", ("found_id", "sought_id"), truth)
    write(asked.folder / "found.csv", COLUMNS, found)
    write(asked.folder / "sought.csv", COLUMNS, sought)


def write_requests(asked: argparse.Namespace) -> None:
    """Write children, the requests of taxpayers, and which family each child is of."""
    one, other = asked.seeds
    found = children(one, asked.noise, birth=asked.birth)
    sought = requests(other, asked.noise)
    of: dict[str, set[str]] = {}
    for row in sought:
        of.setdefault(row["family"], set()).add(row["group"])
    truth = [
        {"found_id": row["id"], "sought_group": group}
        for row in found
        for group in sorted(of.get(row["family"], ()))
    ]
    write(asked.folder / "families.csv", ("found_id", "sought_group"), truth)
    write(asked.folder / "found.csv", COLUMNS, found)
    write(asked.folder / "sought.csv", COLUMNS, sought)


def main() -> None:
    """Make one case."""
    asked = asked_for()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.request:
        write_requests(asked)
    else:
        write_census(asked)


if __name__ == "__main__":
    main()
