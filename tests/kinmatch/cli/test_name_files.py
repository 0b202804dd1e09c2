"""Files of names that hold nothing, or what is not there, are refused in one line."""

import pytest
from click.testing import CliRunner

from kinmatch.cli import cli


@pytest.fixture
def run():
    def names(*arguments):
        return CliRunner().invoke(cli, ["names", *map(str, arguments)])

    return names


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("n.txt", "", 'holds no names; expected at least one in "names"'),
        ("n.txt", " \n\n", 'holds no names; expected at least one in "names"'),
        ("n.csv", "id,name\n", 'holds no names; expected at least one in "name"'),
        ("n.csv", "id,name\n1, \n", 'holds no names; expected at least one in "name"'),
        ("n.json", "[]", 'holds no names; expected at least one in "cands"'),
    ],
)
@pytest.mark.parametrize("command", ["index", "search", "queries"])
def test_file_without_names_is_refused(run, write, tmp_path, command, name, text, said):
    file, out, other = write(name, text), tmp_path / "out", write("other.txt", "Rima\n")
    arguments = {
        "index": ["index", file],
        "search": ["search", "--names", file, "--queries", other],
        "queries": ["search", "--names", other, "--queries", file],
    }[command]

    result = run(*arguments, "--out", out)

    assert result.exit_code == 2
    field = "queries" if command == "queries" else "cands"
    assert result.stderr == f"kinmatch: {file}: {said.replace('cands', field)}\n"
    assert not out.exists()


@pytest.mark.parametrize(("name", "text"), [("p.csv", "left,right\n"), ("p.json", '{"pairs": []}')])
def test_file_without_pairs_is_refused(run, write, tmp_path, name, text):
    file, out = write(name, text), tmp_path / "out.csv"

    result = run("pairs", file, "--out", out)

    assert result.exit_code == 2
    assert result.stderr.startswith(f"kinmatch: {file}: holds no pairs of names")
    assert not out.exists()


@pytest.mark.parametrize("wrong", ["2", "-1", "[0, 2]", '"0"', "true", "0.5"])
def test_search_refuses_a_query_whose_right_name_is_not_there(run, write, tmp_path, wrong):
    queries = f'[["Rima", 0, "tag"], ["Karim", {wrong}, "tag"]]'
    file = write("R.json", f'{{"queries": {queries}, "cands": ["Rima", "Karim"]}}')

    result = run("search", "--names", file, "--out", tmp_path / "hits.csv")

    assert result.exit_code == 2
    assert result.stderr.startswith(
        f'kinmatch: {file}, row 2, column "queries": expected the index of one of the 2 names'
    )


@pytest.mark.parametrize("top", ["0", "-1"])
def test_search_wants_at_least_one_name_for_each_query(run, write, tmp_path, top):
    file = write("names.txt", "Rima\n")

    result = run(
        "search", "--names", file, "--queries", file, "--top", top, "--out", tmp_path / "o"
    )

    assert result.exit_code == 2
    assert "--top" in result.stderr
