"""The names on a telephone: its keys are those of the library, and they weigh little."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from random import Random

import brotli
from scripts import FRONT, ROOT, builder, bundled, run_script

from kinmatch.names import Script, script_of
from kinmatch.names.skeletons import name_keys
from kinmatch.synth import synth

NAMES = 10_000
HEAVIEST = 16_000  # bytes of keys, search and their tables, as they are sent
KEYS_OF_ALL = "(keys, names) => names.map(keys.nameKeys)"
# What people type otherwise than books print it.
TYPED = (
    str.upper,
    str.lower,
    lambda name: name.replace("и", "i"),
    lambda name: name.replace("х", "х1").replace("к", "кI"),
    lambda name: name.replace(" ", "-", 1),
    lambda name: f"«{name}», (Каблук)",
    lambda name: name.replace("е", "ё").replace("و", "ۆ"),
    "\u0640".join,
    lambda name: name + "\u0301",
    lambda name: f"{name} ибн ال {name[::-1]}",
)


def made_up(count):
    """Names of made-up people in three scripts, every other one typed as people type."""
    told = synth(count // 3, seed=20181230)
    rows = [*told.found, *told.sought]
    names = [name for row in rows for name in (*row.name, *row.father, *row.mother)]
    chance = Random(7)  # noqa: S311 (which names are typed how)
    names += [chance.choice(TYPED)(name) for name in names]
    chance.shuffle(names)
    return names[:count]


def as_json(keys):
    return json.loads(json.dumps([asdict(each) for each in keys]))


def test_tables_of_the_telephone_are_up_to_date():
    done = subprocess.run(
        [sys.executable, "tools/build_field_names.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_keys_of_ten_thousand_names_are_those_of_the_library(tmp_path):
    names = made_up(NAMES)

    found = run_script(tmp_path, "field/keys.js", KEYS_OF_ALL, names)

    assert {script_of(name) for name in names} >= {Script.ARABIC, Script.CYRILLIC, Script.LATIN}
    assert len(names) == len(found) == NAMES
    wanted = [as_json(name_keys(name)) for name in names]
    wrong = [name for name, *both in zip(names, found, wanted, strict=True) if both[0] != both[1]]
    assert wrong == []


def test_keys_and_search_weigh_little(tmp_path):
    source = f"export * from {json.dumps(str(FRONT / 'js/field/search.js'))};"
    options = ("--minify", "--charset=utf8", "--format=esm", f"--target={builder().BROWSERS}")
    made = bundled(tmp_path, source, *options)

    sent = brotli.compress(made.read_bytes())

    assert len(sent) < HEAVIEST
    # Telephones of old have no look-behind, which would stop the whole script.
    assert b"(?<" not in made.read_bytes()
