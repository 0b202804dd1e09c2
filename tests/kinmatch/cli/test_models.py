"""`kinmatch train`, `kinmatch model show`, and `evaluate` by slice and as a picture."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from kinmatch.cli import cli
from kinmatch.model import Model, Way, default_model
from kinmatch.synth import synth


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    synth(120, 61).write(folder)
    return folder


@pytest.fixture
def run(made, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for path in made.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return lambda *arguments: CliRunner().invoke(cli, list(arguments))


def test_train_writes_a_model_that_link_takes(run):
    learned = run("train", "found.csv", "sought.csv", "--name", "ours")
    linked = run("link", "found.csv", "sought.csv", "--model", "model.toml")

    assert (learned.exit_code, linked.exit_code) == (0, 0), learned.stderr
    model = Model.load(Path("model.toml"))
    assert learned.stdout.startswith(f"{model.identifier}: ")
    assert model.name == "ours"
    assert model.provenance["begun_from"] == default_model().identifier
    assert model.calibration == {}
    assert "chances could not be checked against what came true" in learned.stderr


def test_train_writes_how_often_names_are_borne_if_asked(run):
    run("train", "found.csv", "sought.csv", "--out", "plain.toml", "--no-families")
    run("train", "found.csv", "sought.csv", "--frequencies", "--no-families")

    plain, model = Model.load(Path("plain.toml")), Model.load(Path("model.toml"))
    assert plain.frequencies == {}
    assert set(model.frequencies) == {"given", "family"}
    assert model.frequencies["given"]
    assert model.levels == plain.levels
    assert model.digest != plain.digest


def test_train_fits_the_chances_where_pairs_are_known(run):
    learned = run("train", "found.csv", "sought.csv", "--truth", "truth.csv", "--no-families")

    assert "true pairs known" in learned.stdout
    model = Model.load(Path("model.toml"))
    assert model.provenance["known"] is True
    assert model.calibration.keys() == set(Way)
    assert model.calibration != default_model().calibration
    assert "could not be checked" not in learned.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("train", "gone.csv", "sought.csv"), 2, "gone.csv: there is no such file"),
        (("train", "found.csv", "sought.csv", "--out", "found.csv"), 2, "would be overwritten"),
        (("train", "found.csv", "sought.csv", "--out", "no/m.toml"), 2, "there is no folder no"),
        (("model", "show", "gone.toml"), 3, "gone.toml: cannot be read"),
        (("model", "show", "--picture", "m.png"), 2, "ends in .svg or .html"),
        (("evaluate", "c.csv", "truth.csv", "--found", "found.csv"), 2, "need both"),
    ],
)
def test_a_foreseen_failure_is_one_line(run, arguments, code, says):
    Path("c.csv").write_text("found_id,sought_id,probability\n")

    done = run(*arguments)

    assert done.exit_code == code
    assert says in done.stderr.splitlines()[-1]


def test_model_show_prints_every_level_with_its_weight(run):
    shown = run("model", "show").stdout

    model = default_model()
    assert shown.startswith(model.identifier)
    for comparison, levels in model.levels.items():
        for level, chances in levels.items():
            line = next(
                line for line in shown.splitlines() if line.split()[:2] == [comparison, level]
            )
            assert line.endswith(f"{chances.bits:+.2f}")
    assert "learned on: kinmatch synth" in shown


@pytest.mark.parametrize("name", ["m.svg", "m.html"])
def test_model_show_draws_every_level(run, name):
    run("model", "show", "--picture", name)

    text = Path(name).read_text("utf-8")
    svg = ET.fromstring(text[text.index("<svg") :])  # noqa: S314 (our own)
    bars = svg.findall("{http://www.w3.org/2000/svg}rect")
    assert len(bars) == sum(map(len, default_model().levels.values()))


def test_evaluate_slices_and_draws(run):
    run("link", "found.csv", "sought.csv")

    told = run(
        *("evaluate", "candidates.csv", "truth.csv", "--found", "found.csv"),
        *("--sought", "sought.csv", "--plot", "plot.svg"),
    )

    assert told.exit_code == 0, told.stderr
    kinds = {line.partition(":")[0] for line in told.stdout.splitlines() if ": " in line}
    assert {"scripts", "birth", "years between births", "found with"} <= kinds
    svg = ET.fromstring(Path("plot.svg").read_text("utf-8"))  # noqa: S314 (our own)
    assert len(svg.findall("{http://www.w3.org/2000/svg}circle")) >= 3


def test_evaluate_slices_by_what_was_done_to_made_up_records(run):
    run("synth", "--families", "30", "--seed", "1", "--out", "made")
    run("link", "made/found.csv", "made/sought.csv", "--out", "pairs.csv")

    told = run("evaluate", "pairs.csv", "made/truth.csv", "--records", "made/truth_records.csv")

    assert told.exit_code == 0, told.stderr
    before, heading, after = told.stdout.partition("slice ")
    assert before == run("evaluate", "pairs.csv", "made/truth.csv").stdout
    kinds = [line.split()[5] for line in after.splitlines()[1:]]
    assert heading == "slice "
    assert kinds == sorted(kinds)
    assert {"mother_untold", "age_guessed_wrongly"} <= set(kinds)


def test_slices_by_group_share_out_all_found_persons(run):
    run("link", "found.csv", "sought.csv")

    told = run(
        "evaluate", "candidates.csv", "truth.csv", "--found", "found.csv", "--sought", "sought.csv"
    ).stdout.splitlines()

    whole = int(told[0].split()[0])
    of_group = [line.split()[-7] for line in told if line.startswith("found with: ")]
    assert sum(map(int, of_group)) == whole
    assert len(of_group) >= 2


def test_groups_are_matched_whole_unless_told_otherwise(run):
    whole = run("link", "found.csv", "sought.csv", "--out", "whole.csv").stdout
    alone = run("link", "found.csv", "sought.csv", "--out", "alone.csv", "--no-families").stdout

    assert whole != alone
    assert "of the same family" in Path("whole.csv").read_text("utf-8")
    assert "of the same family" not in Path("alone.csv").read_text("utf-8")
