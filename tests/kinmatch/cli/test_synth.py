from __future__ import annotations

from click.testing import CliRunner

from kinmatch.cli.synth import synth_command


def run(*arguments):
    return CliRunner().invoke(synth_command, [str(argument) for argument in arguments])


def test_synth_writes_three_files_and_says_so(tmp_path):
    result = run("--families", 120, "--seed", 3, "--out", tmp_path)

    assert result.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "found.csv",
        "sought.csv",
        "truth.csv",
    ]
    counts = [
        len((tmp_path / name).read_text(encoding="utf-8").splitlines()) - 1
        for name in ("found.csv", "sought.csv", "truth.csv")
    ]
    assert (
        f"{counts[0]} found and {counts[1]} sought children, {counts[2]} true pairs"
        in result.output
    )


def test_synth_writes_the_same_for_the_same_seed(tmp_path):
    for name in ("one", "two"):
        run("--families", 30, "--seed", 5, "--out", tmp_path / name)

    written = [
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("one", "two")
    ]
    assert written[0] == written[1]


def test_synth_refuses_less_than_one_family(tmp_path):
    result = run("--families", 0, "--out", tmp_path)

    assert result.exit_code != 0
    assert list(tmp_path.iterdir()) == []
