"""`kinmatch search`: one record, or a file of them, looked up; and an index kept under a key."""

from __future__ import annotations

import base64
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kinmatch.cli import cli
from kinmatch.index import LiveIndex
from kinmatch.model import default_model
from kinmatch.records import read

EXAMPLES = Path(__file__).parents[3] / "examples"
RUSLAN = ("name=رسلان محمد", "born=2011", "mother=خديجة")
KEY = bytes(range(32))


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("found.csv", "sought.csv"):
        shutil.copy(EXAMPLES / name, tmp_path)
    Path("key").write_bytes(KEY)
    return lambda *arguments: CliRunner().invoke(
        cli, ["search", *(str(argument) for argument in arguments)]
    )


def in_json(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_search_shows_who_a_person_may_be_and_the_strongest_reasons(run):
    lines = run("sought.csv", *RUSLAN).stdout.splitlines()

    assert lines[0] == "? رسلان محمد"
    assert lines[1].startswith("   1  S01  Руслан Магомедович Тестов  (")
    assert lines[1].endswith(" %, possible)")
    assert [line.split("  ")[-1].partition(":")[0] for line in lines[2:5]] == [
        "Given name",
        "Mother's name",
        "Birth",
    ]
    assert lines[5].startswith("   2  S15  ")


def test_search_shows_so_many_and_from_a_probability_on(run):
    def ids(*options):
        (told,) = in_json(run("sought.csv", *RUSLAN, "--format", "json", *options))
        return [hit["id"] for hit in told["hits"]]

    assert ids() == ["S01", "S15"]
    assert ids("--top", 1) == ["S01"]
    assert ids("--threshold", 0.5) == ["S01"]
    assert len(ids("--threshold", 0)) > 2


def test_search_says_that_nobody_is_credible(run):
    lines = run("sought.csv", "name=Нигора", "born=1950").stdout.splitlines()

    assert lines == ["? Нигора", "      no credible match"]


def test_search_finds_by_a_day_of_birth_alone_and_says_when_less_is_told(run):
    born = run("sought.csv", "born=2010-03-14", "--threshold", "0").stdout.splitlines()
    less = run("sought.csv", "born=2011", "sex=male").stdout.splitlines()
    (told,) = in_json(run("sought.csv", "sex=male", "--format", "json"))

    assert [line.split("  ")[2:4] for line in born[1:2]] == [["S03", "Юсуп Исмаилович Образцов"]]
    assert less == [
        "?",
        "      too little is told to look anybody up: a name, a place or a day of birth is needed",
    ]
    assert (told["told_enough"], told["hits"]) == (False, [])


@pytest.mark.parametrize(
    ("language", "band", "reason"),
    [
        ("en", "possible", "Mother's name: "),
        ("ru", "возможно", "Имя матери: "),
        ("ar", "ممكن", "اسم الأم: "),
    ],
)
def test_search_speaks_the_language_asked_for(run, language, band, reason):
    told = run("sought.csv", *RUSLAN, "--lang", language).stdout

    assert f" %, {band})" in told
    assert reason in told


def test_search_in_json_gives_what_the_index_says_with_its_reasons(run):
    (told,) = in_json(run("sought.csv", *RUSLAN, "--format", "json"))

    first = told["hits"][0]
    assert (told["asked"], told["model"]) == ("?", default_model().identifier)
    assert (first["id"], first["band"], first["by_family"]) == ("S01", "possible", False)
    assert {one["comparison"] for one in first["reasons"]} >= {"given", "mother", "birth", "sex"}
    assert all(one["said"] for one in first["reasons"])


def test_search_shows_no_reason_that_weighs_nothing(run):
    shown = run("sought.csv", "mother=خديجة", "born=2011").stdout

    assert "Mother's name" in shown
    assert "+0.0" not in shown


def test_half_a_character_is_refused_with_its_column(run):
    result = run("sought.csv", "name=\udcd0")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "name: holds half a character" in result.stderr


def test_several_values_of_a_column_may_be_told_one_by_one(run):
    apart = run("sought.csv", "name=Zara", "name=رسلان محمد", "born=2011")
    together = run("sought.csv", "name=Zara|رسلان محمد", "born=2011")

    assert apart.stdout == together.stdout
    assert apart.stdout.splitlines()[0] == "? Zara رسلان محمد"


def test_a_file_of_queries_is_looked_up_and_its_groups_as_families(run):
    told = in_json(run("sought.csv", "--queries", "found.csv", "--format", "json"))

    people = read("found.csv").persons
    sizes = [person.group for person in people]
    in_family = {one.id for one in people if one.group and sizes.count(one.group) > 1}
    index = LiveIndex()
    index.load(read("sought.csv").persons)
    family = [one for one in people if one.group == "A"]
    expected = index.search_family(family, top=10)["F01"][0]
    first = next(one for one in told if one["asked"] == "F01")["hits"][0]
    assert sorted(one["asked"] for one in told) == sorted(one.id for one in people)
    assert {one["asked"] for one in told for hit in one["hits"] if hit["by_family"]} <= in_family
    assert (first["id"], first["weight"], first["by_family"]) == ("S01", expected.weight, True)


def test_an_id_that_reads_like_a_group_is_nobody_of_it(run, write):
    queries = write("q.csv", "id,name,group\ngroup A,رسلان,\nF1,زينب,A\n")

    told = in_json(run("sought.csv", "--queries", queries, "--format", "json"))

    assert [one["asked"] for one in told] == ["group A", "F1"]
    assert not any(hit["by_family"] for one in told for hit in one["hits"])


@pytest.mark.parametrize(
    "written",
    [
        KEY,
        KEY.hex().encode() + b"\n",
        KEY.hex().upper().encode(),
        base64.b64encode(KEY) + b"\n",
    ],
    ids=["as it is", "hex", "HEX", "base64"],
)
def test_a_kept_index_answers_as_the_file_does_but_by_ids_only(run, written):
    Path("other").write_bytes(written)
    (before,) = in_json(
        run("sought.csv", *RUSLAN, "--save", "kept", "--key", "key", "--format", "json")
    )

    (after,) = in_json(run("kept", *RUSLAN, "--key", "other", "--format", "json"))

    for hit in before["hits"]:
        del hit["reasons"]
    assert after == before
    assert "Руслан".encode() not in Path("kept").read_bytes()


def test_a_kept_index_is_shown_without_names_and_reasons(run):
    run("sought.csv", *RUSLAN, "--save", "kept", "--key", "key")

    lines = run("kept", *RUSLAN, "--key", "key").stdout.splitlines()

    assert [line.split("  ")[:-1] for line in lines[1:]] == [["", " 1", "S01"], ["", " 2", "S15"]]


@pytest.mark.parametrize("taken", ["sought.csv", "found.csv", "key", "mine.toml"])
def test_an_index_is_kept_over_nothing_that_is_read(run, taken):
    default_model().save("mine.toml")
    before = Path(taken).read_bytes()

    result = run(
        "sought.csv", "--queries", "found.csv", "--model", "mine.toml", "--key", "key",
        "--save", f"./{taken}",
    )  # fmt: skip

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == f"kinmatch: {taken}: would be overwritten; write to another file\n"
    assert Path(taken).read_bytes() == before


def test_search_uses_another_model(run):
    default_model().save("mine.toml")
    text = Path("mine.toml").read_text("utf-8").replace('name = "default"', 'name = "mine"')
    Path("mine.toml").write_text(text, "utf-8")

    (told,) = in_json(run("sought.csv", *RUSLAN, "--model", "mine.toml", "--format", "json"))

    assert told["model"].startswith("mine-4+")


def test_search_reads_another_encoding(run, write):
    sought = write("old.csv", "id,name,born\nS1,Руслан,2011\n".encode("cp1251"))

    assert "S1  Руслан" in run(sought, *RUSLAN, "--encoding", "cp1251").stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("sought.csv",), "say whom to look up"),
        (("sought.csv", "name=X", "--queries", "found.csv"), "say whom to look up"),
        (("sought.csv", "رسلان"), '"رسلان": expected COLUMN=VALUE'),
        (("sought.csv", "nom=X"), '"nom" is no column of a person; there are id, name, given_name'),
        (("sought.csv", "sibling_ids=F1"), '"sibling_ids" is no column of a person'),
        (("sought.csv", "born=soon"), 'born "soon": '),
        (("sought.csv", "sex=x", "name=Y"), 'sex "x": '),
        (("gone.csv", "name=X"), "gone.csv: there is no such file"),
        (("sought.csv", "name=X", "--save", "k"), "k: an index is kept under a key"),
        (("sought.csv", "name=X", "--save", "no/k", "--key", "key"), "no/k: cannot be written"),
        (("sought.csv", "name=X", "--key", "gone"), "gone: cannot be read"),
        (("sought.csv", "name=X", "--key", "sought.csv"), "sought.csv: expected a key of 32 bytes"),
        (("kept", "name=X"), "kept: is sealed; name the file of its key with --key"),
        (("kept", "name=X", "--key", "wrong"), "kept: the key is another one"),
    ],
)
def test_what_cannot_be_looked_up_is_said_in_one_line(run, arguments, says):
    Path("wrong").write_bytes(bytes(32))
    run("sought.csv", "name=X", "--save", "kept", "--key", "key")

    result = run(*arguments)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1].startswith(f"kinmatch: {says}")


@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("search", "--threshold"),
        ("dedupe", "--again"),
        ("dedupe", "--together-from"),
        ("dedupe", "--threshold"),
    ],
)
@pytest.mark.parametrize("number", ["nan", "1.5"])
def test_a_share_that_is_no_number_from_0_to_1_is_refused(tmp_path, command, option, number):
    result = CliRunner().invoke(cli, [command, str(tmp_path / "x.csv"), option, number])

    assert result.exit_code == 2
    assert f"{number} is not in the range 0" in result.stderr
