from __future__ import annotations

import csv
import json
import re
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from kinmatch.cli import cli
from kinmatch.explain import FACTS
from kinmatch.synth import synth

EXAMPLES = Path(__file__).parents[3] / "examples"
PAIR = ("explain", "found.csv", "sought.csv", "F01", "S01")
UNSURE = ("explain", "found.csv", "sought.csv", "F07", "S06")
LATIN = re.compile(r"[A-Za-z]{3,}")
VALUES = re.compile("\u2068[^\u2068\u2069]*\u2069")


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("found.csv", "sought.csv"):
        shutil.copy(EXAMPLES / name, tmp_path)
    return lambda *arguments: CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def caseload(run, tmp_path):
    """A made-up caseload of families, linked as wholes."""
    synth(25, 3).write(tmp_path)
    run("link", "found.csv", "sought.csv", "--engine", "reference", "--threshold", "0.01")
    with Path("candidates.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_explain_adds_up_from_the_prior_to_the_weight_and_on_to_the_chance(run):
    lines = run(*PAIR).stdout.splitlines()

    weight = next(place for place, line in enumerate(lines) if line.endswith("the weight."))
    numbers = [float(line.split()[0]) for line in lines[1 : weight + 3]]
    assert sum(numbers[:-3]) == pytest.approx(numbers[-3], abs=0.5)
    assert numbers[-3] + numbers[-2] == pytest.approx(numbers[-1], abs=0.11)
    assert "very likely" in lines[weight + 2]


def test_what_is_not_known_weighs_nothing_and_has_no_sign(run):
    lines = run(*UNSURE, "--no-families").stdout.splitlines()

    unknown = [line for line in lines if "do not tell a name" in line]
    assert [line[:8] for line in unknown] == ["   0.0  "] * 3


@pytest.mark.parametrize("families", [True, False])
def test_explain_gives_every_pair_the_weight_and_chance_that_link_gives_it(run, caseload, families):
    how = "--families" if families else "--no-families"
    run("link", "found.csv", "sought.csv", "--engine", "reference", how)
    with Path("candidates.csv").open(encoding="utf-8-sig", newline="") as file:
        linked = list(csv.DictReader(file))[::15]

    for row in linked:
        ids = row["found_id"], row["sought_id"]
        told = json.loads(
            run("explain", "found.csv", "sought.csv", *ids, how, "--format", "json").stdout
        )
        assert f"{told['weight']:.6f}" == row["weight"]
        assert f"{told['probability']:.6f}" == row["probability"]
        assert (told["model"], told["band"]) == (row["model"], row["band"])
    assert linked


def test_explain_matches_families_where_both_files_hold_groups(run, caseload):
    row = next(row for row in caseload if "Found together" in row["reasons_for"])
    ids = row["found_id"], row["sought_id"]

    told = run("explain", "found.csv", "sought.csv", *ids).stdout

    assert "Who is who" in told
    assert f"\u2068{row['found_id']} " in told
    assert "families" not in run("explain", "found.csv", "sought.csv", *ids, "--no-families").stdout


def test_explain_says_where_groups_were_not_worth_comparing(run, caseload):
    linked = {(row["found_id"], row["sought_id"]) for row in caseload}
    found_id = caseload[0]["found_id"]
    with Path("sought.csv").open(encoding="utf-8", newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]

    told = [
        run("explain", "found.csv", "sought.csv", found_id, one).stdout
        for one in ids[:3]
        if (found_id, one) not in linked
    ]

    assert any("Too little connects their groups" in one for one in told)


@pytest.mark.parametrize("language", ["ru", "ar"])
def test_every_line_is_in_the_language_asked_for(run, caseload, language):
    row = next(row for row in caseload if "Found together" in row["reasons_for"])
    other = next(one["sought_id"] for one in caseload if one["sought_id"] != row["sought_id"])
    ids = row["found_id"], row["sought_id"]

    told = run(
        *("explain", "found.csv", "sought.csv", *ids, "--lang", language),
        *("--why-not", other, "--questions", "3"),
    ).stdout

    bare = told
    while VALUES.search(bare):
        bare = VALUES.sub("", bare)
    assert LATIN.findall(bare) == []
    assert len(told.splitlines()) > 20


def test_explain_speaks_of_any_pair(run):
    result = run("explain", "found.csv", "sought.csv", "F09", "S01", "--lang", "ru")

    assert result.exit_code == 0
    assert "достоверного совпадения нет" in result.stdout


def test_why_not_says_what_would_have_to_be_true(run):
    told = run(*PAIR, "--why-not", "S02").stdout

    assert re.search("\u2068S01\u2069 is \u2068[0-9.]+\u2069 bits ahead of \u2068S02\u2069", told)


def test_why_not_says_how_many_more_possibilities_there_are(run):
    told = run("explain", "found.csv", "sought.csv", "F07", "S07", "--why-not", "S03").stdout

    assert re.search("would do too: \u2068[0-9]+\u2069.", told)


def test_pair_by_pair_nothing_is_said_of_groups(run):
    told = run(*PAIR, "--why-not", "S02", "--no-families").stdout

    assert "would have to be true" in told
    assert "Who is who" not in told
    assert "found or is sought together" not in told


def test_a_child_alone_and_one_sought_alone_are_no_groups(run):
    assert "Who is who" not in run(*UNSURE).stdout


def test_why_not_the_other_way_round_is_already_so(run):
    told = run("explain", "found.csv", "sought.csv", "F01", "S02", "--why-not", "S01").stdout

    assert re.search(
        "\u2068S01\u2069 is \u2068[0-9.]+\u2069 bits ahead of \u2068S02\u2069.\n", told
    )
    assert "would have to be true" not in told


def test_questions_come_with_whom_to_ask_and_without_what_is_reserved(run):
    every = run(*UNSURE, "--questions", "9").stdout
    fewer = run(*UNSURE, "--questions", "9", "--reserved", "marks", "--reserved", "father").stdout

    assert "a scar, a birthmark" in every
    assert (
        "the child, or who looks after it\u2069: \u2068What is the name of the child's father?"
        in every
    )
    assert "a scar" not in fewer
    assert "child's father" not in fewer
    assert "child's mother" in fewer


def test_with_everything_reserved_there_is_nothing_to_ask(run):
    reserved = [word for fact in FACTS for word in ("--reserved", fact.name)]

    told = run(*UNSURE, "--questions", "3", *reserved).stdout

    assert told.splitlines()[-1] == "No question that may be asked would tell more."


def test_json_holds_questions_and_why_not(run):
    told = json.loads(
        run(
            *UNSURE, "--format", "json", "--questions", "2", "--why-not", "S02", "--lang", "ar"
        ).stdout
    )

    assert len(told["questions"]) == 2
    assert (told["why_not"]["a"], told["why_not"]["b"]) == ("S06", "S02")
    assert told["language"] == "ar"


def test_explain_uses_another_model(run, write):
    text = files("kinmatch").joinpath("models", "default.toml").read_text("utf-8")
    model = write("model.toml", text.replace('name = "default"', 'name = "mine"'))

    told = json.loads(run(*PAIR, "--model", model, "--format", "json").stdout)

    assert told["model"].startswith("mine-4+")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("explain", "found.csv", "sought.csv", "F99", "S01"), 'no row has the id "F99"'),
        (("explain", "found.csv", "sought.csv", "F01", "S99"), 'no row has the id "S99"'),
        ((*PAIR, "--why-not", "S99"), 'no row has the id "S99"'),
        ((*PAIR, "--reserved", "colour"), "'colour' is not one of"),
        ((*PAIR, "--questions", "0"), "0 is not in the range"),
    ],
)
def test_what_cannot_be_answered_is_said_and_exits_with_2(run, arguments, says):
    result = run(*arguments)

    assert result.exit_code == 2
    assert says in result.stderr
    assert "Traceback" not in result.output
