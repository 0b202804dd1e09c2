"""`kinmatch names`: compare, explain, pairs, search."""

import csv
import json

import pytest
from click.testing import CliRunner

from kinmatch.cli import cli
from kinmatch.cli.names import weight_of
from kinmatch.names import compare, parse, score_names

RIMA = ("Rima Toran", "Рима Торан", "7")
KARIM = ("Karim Bitar", "حمزة توران", "8")


@pytest.fixture
def run():
    def names(*arguments):
        return CliRunner().invoke(cli, ["names", *map(str, arguments)])

    return names


@pytest.fixture
def write(tmp_path):
    def file(name, text):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return file


def rows_of(path, delimiter=","):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def scored(row):
    return [*row, f"{score_names(row[0], row[1]):.4f}"]


def test_compare_prints_the_bits_and_what_met(run):
    names = "Магомед Торанов", "محمد بن أحمد تورانوف"
    found = compare(*names)

    result = run("compare", *names)

    assert result.exit_code == 0
    assert result.output.splitlines() == [
        f"{found.bits:+.1f} bits, probability {found.probability:.3f}",
        f"  {found.pairs[0].bits:+5.1f}  Магомед = محمد: same name, common",
        f"  {found.pairs[1].bits:+5.1f}  Торанов = تورانوف: same name",
        f"  {found.right_only[0].bits:+5.1f}  بن أحمد (father): only in the second name",
    ]


def test_compare_tells_a_contradiction_from_an_absence(run):
    result = run("compare", "Rima Toran", "Karim Toran")

    assert result.output.splitlines()[1].endswith("Rima and Karim: not the same")
    assert result.output.splitlines()[1].split()[0].startswith("-")
    assert "only in" not in result.output


def test_explain_prints_parts_and_the_fathers_name(run):
    def lacking(place):
        return f"{-weight_of(parse('Магомедова Руслана Ахмедовна').parts[place]):+.1f}"

    def father(bits):
        return f"ахмед (patronymic ending; {bits} bits if absent)"

    result = run("explain", "Магомедова Руслана Ахмедовна")

    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "Магомедова Руслана Ахмедовна (cyrillic): Magomedova Ruslana Akhmedovna",
        f"  family       Магомедова  compared as магомедов (position; {lacking(0)} bits if absent)",
        "                 or магомедова",
        "                 or мухаммадов, at 1 bits",
        f"  given        Руслана  compared as руслана (position; {lacking(1)} bits if absent)",
        f"  father       Ахмедовна  compared as {father(lacking(2))}",
        "                 or ахмедовна",
        "                 or ахмад, at 1 bits",
        "  father's name: ахмед",
        "  family name built on: магомед",
    ]


def test_what_an_absent_part_weighs_is_what_the_score_loses():
    (part,) = [part for part in parse("Rima Toran").parts if part.key == "toran"]
    (rima,) = compare("Rima Toran", "Rima").pairs

    assert score_names("Rima Toran", "Rima") == pytest.approx(rima.bits - weight_of(part))


def test_explain_says_whose_name_an_initial_begins(run):
    result = run("explain", "Торанов Р.А.")

    assert [line.split()[-2] for line in result.output.splitlines() if "begins the" in line] == [
        "given",
        "father",
    ]
    assert "  initial      Р  compared as р (one letter; -0.5 bits if absent)" in (
        result.output.splitlines()
    )


def test_explain_says_what_is_not_compared(run):
    result = run("explain", "Sayed Toran")

    assert "  title        Sayed  not compared (title or name)" in result.output.splitlines()
    assert "                 or sayed, at 3 bits" in result.output.splitlines()


def test_explain_says_that_no_such_forefather_is_known(run):
    result = run("explain", "Иса Дудалов")

    assert result.output.splitlines()[-1] == (
        "  family name built on: дудал, at 4 bits: no known name"
    )


def test_explain_shows_the_other_role_a_part_may_have(run):
    result = run("explain", "رسلان توران")

    assert "                 or father, at 1 bits" in result.output.splitlines()


@pytest.mark.no_cover
def test_index_is_built_added_to_and_searched(run, write, tmp_path):
    first = write("first.txt", "Rima Toran\nKarim Bitar\n")
    more = write("more.txt", "Руслан Торанов\n")
    queries = write("queries.txt", "رسلان تورانوف\n")
    kept, out = tmp_path / "kept", tmp_path / "hits.csv"

    built = run("index", first, "--out", kept)
    added = run("index", more, "--out", kept, "--add")
    found = run("search", "--index", kept, "--queries", queries, "--top", "1", "--out", out)

    assert [built.exit_code, added.exit_code, found.exit_code] == [0, 0, 0]
    assert f"3 names in {kept}" in added.stderr
    assert rows_of(out)[1][:5] == ["1", "رسلان تورانوف", "1", "3", "Руслан Торанов"]


@pytest.mark.parametrize(
    ("place", "said"),
    [(".", "is the folder you are in"), ("/proc/x", "cannot be written"), ("/sys/x", "cannot be")],
)
def test_index_says_in_one_line_where_it_cannot_be_written(run, write, place, said):
    listed = write("names.txt", "Rima Toran\n")

    result = run("index", listed, "--out", place)

    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith(f"kinmatch: {place}: {said}")
    assert "Traceback" not in result.stderr


def test_search_wants_either_names_or_an_index(run, tmp_path):
    result = run("search", "--queries", tmp_path / "q.txt", "--out", tmp_path / "o.csv")

    assert isinstance(result.exception, SystemExit)
    assert result.stderr == "kinmatch: give the names to search with --names or with --index\n"


def test_search_refuses_a_folder_that_is_no_index(run, write, tmp_path):
    queries = write("q.txt", "Rima\n")

    result = run("search", "--index", tmp_path, "--queries", queries, "--out", tmp_path / "o.csv")

    assert result.exit_code == 2
    assert result.stderr == f"kinmatch: {tmp_path}: is no index of names\n"


def test_explain_says_when_there_is_nothing_to_compare(run):
    result = run("explain", "7")

    assert "  no word in a script that is known" in result.output


@pytest.mark.parametrize(("name", "delimiter"), [("pairs.csv", ","), ("pairs.tsv", "\t")])
def test_pairs_keeps_every_row_and_column(run, write, tmp_path, name, delimiter):
    lines = [("left", "right", "note"), RIMA, KARIM]
    file = write(name, "".join(delimiter.join(line) + "\n" for line in lines))
    out = tmp_path / f"out{file.suffix}"

    result = run("pairs", file, "--out", out)

    assert result.exit_code == 0
    assert rows_of(out, delimiter) == [
        ["left", "right", "note", "score"],
        scored(RIMA),
        scored(KARIM),
    ]
    assert f"2 pairs scored, written to {out}" in result.stderr


def test_pairs_takes_the_columns_asked_for(run, write, tmp_path):
    file = write("pairs.csv", "id,child,relative\n1,Rima Toran,Рима Торан\n")
    out = tmp_path / "out.csv"

    result = run("pairs", file, "--out", out, "--left", "child", "--right", "relative")

    assert result.exit_code == 0
    assert rows_of(out)[1] == ["1", *scored(RIMA[:2])]


def test_pairs_takes_the_first_two_columns_of_unknown_headings(run, write, tmp_path):
    file = write("pairs.csv", "child,relative\n\nRima Toran,Рима Торан\n")
    out = tmp_path / "out.csv"

    run("pairs", file, "--out", out)

    assert rows_of(out)[1] == scored(RIMA[:2])


def test_pairs_reads_json_and_adds_the_score_to_each_pair(run, write, tmp_path):
    pairs = [["Rima Toran", "Рима Торан", 1, "pos"], ["Rima", "Karim", 0, "rand"]]
    file = write("P.json", json.dumps({"name": "made up", "pairs": pairs}))
    out = tmp_path / "out.json"

    result = run("pairs", file, "--out", out)

    assert result.exit_code == 0
    assert json.loads(out.read_text("utf-8")) == {
        "name": "made up",
        "pairs": [[*pair, round(score_names(*pair[:2]), 4)] for pair in pairs],
    }


def test_pairs_writes_json_input_as_a_table_too(run, write, tmp_path):
    file = write("P.json", json.dumps({"pairs": [["Rima", "Рима", 1], ["Rima", "Karim"]]}))
    out = tmp_path / "out.csv"

    run("pairs", file, "--out", out)

    assert rows_of(out) == [
        ["left", "right", "column_3", "score"],
        ["Rima", "Рима", "1", str(round(score_names("Rima", "Рима"), 4))],
        ["Rima", "Karim", "", str(round(score_names("Rima", "Karim"), 4))],
    ]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("p.csv", "", "empty; expected a header line"),
        ("p.csv", "left,right\nRima\n", 'row 2, column "right": missing; the row ends before it'),
        ("p.csv", "left,right\nRima,Karim,7\n", "row 2: 3 cells, but 2 columns"),
        ("p.csv", 'left,right\nRima,"Karim\n', "row 2: unexpected end of data"),
        ("p.csv", "left,right,score\n", 'has a column "score" already'),
        ("p.csv", "name\nRima\n", "two columns of names are needed"),
        ("p.csv", b"left,right\nRima,\xff\n", "row 2: not UTF-8 text"),
        ("p.txt", "Rima Karim", "expected a .csv, .tsv or .json file"),
        ("p.json", '{"pairs": [\n', "row 2: not JSON"),
        ("p.json", "[]", 'expected an object with a list "pairs"'),
        ("p.json", '{"pairs": [["Rima"]]}', 'row 1, column "pairs": expected [name, name, …]'),
        ("p.json", '{"pairs": [["Rima", 7]]}', "row 1, column 2: expected a name, got 7"),
    ],
)
def test_pairs_names_file_row_and_column_of_bad_input(run, write, tmp_path, name, text, said):
    file = write(name, text)

    result = run("pairs", file, "--out", tmp_path / "out.csv")

    assert result.exit_code == 2
    assert result.stderr.startswith(f"kinmatch: {file}")
    assert said in result.stderr
    assert not (tmp_path / "out.csv").exists()


def test_pairs_lists_the_columns_when_one_is_not_there(run, write, tmp_path):
    file = write("p.csv", "child,relative\n")

    result = run("pairs", file, "--out", tmp_path / "out.csv", "--left", "kin")

    assert result.stderr == f'kinmatch: {file}: no column "kin"; there are: child, relative\n'


def test_pairs_says_when_the_file_cannot_be_read(run, tmp_path):
    result = run("pairs", tmp_path / "absent.csv", "--out", tmp_path / "out.csv")

    assert result.exit_code == 2
    assert "absent.csv: cannot be read: No such file or directory" in result.stderr


@pytest.mark.parametrize("out", ["out.csv", "out.json"])
def test_pairs_says_when_the_result_cannot_be_written(run, write, tmp_path, out):
    file = write("P.json", '{"pairs": [["Rima", "Rima"]]}')

    result = run("pairs", file, "--out", tmp_path / "absent" / out)

    assert result.exit_code == 2
    assert f"{out}: cannot be written: No such file or directory" in result.stderr


def test_search_ranks_names_of_text_files(run, write, tmp_path):
    listed = write("names.txt", "Карим Битар\nРима Торан\n\n")
    queries = write("queries.txt", "Rima Toran\n")
    out = tmp_path / "hits.csv"

    result = run("search", "--names", listed, "--queries", queries, "--top", 1, "--out", out)

    assert result.exit_code == 0
    header, first = rows_of(out)
    assert header == ["query_row", "query", "rank", "name_row", "name", "score"]
    assert first[:5] == ["1", "Rima Toran", "1", "2", "Рима Торан"]
    assert f"1 names looked for among 2, written to {out}" in result.stderr


@pytest.mark.parametrize("header", ["id,name", "id,names", "written,id"])
def test_search_reads_the_name_column(run, write, tmp_path, header):
    cells = {"id": "1", "name": "Рима Торан", "names": "Рима Торан", "written": "Рима Торан"}
    row = ",".join(cells[column] for column in header.split(","))
    listed = write("names.csv", f"{header}\n{row}\n")
    out = tmp_path / "hits.csv"

    run("search", "--names", listed, "--queries", listed, "--out", out)

    assert rows_of(out)[1][1:5] == ["Рима Торан", "1", "1", "Рима Торан"]


def test_search_reads_names_and_queries_of_one_json_file(run, write, tmp_path):
    held = {"queries": [["Rima Toran", 1, "tag"]], "cands": ["Карим Битар", "Рима Торан"]}
    listed = write("R.json", json.dumps(held))
    out = tmp_path / "hits.json"

    result = run("search", "--names", listed, "--top", 1, "--out", out)

    found = json.loads(out.read_text("utf-8"))
    assert result.exit_code == 0
    assert found["queries"] == ["Rima Toran"]
    assert [[place for place, _ in hits] for hits in found["results"]] == [[1]]


def test_search_reads_a_plain_json_list(run, write, tmp_path):
    listed = write("names.json", '["Рима Торан"]')
    out = tmp_path / "hits.csv"

    run("search", "--names", listed, "--queries", listed, "--out", out)

    assert rows_of(out)[1][4] == "Рима Торан"


def test_search_wants_queries_beside_a_plain_list(run, write, tmp_path):
    listed = write("names.txt", "Rima\n")

    result = run("search", "--names", listed, "--out", tmp_path / "hits.csv")

    assert result.exit_code == 2
    assert result.stderr == (f"kinmatch: {listed}: holds no queries; give them with --queries\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"names": []}', 'expected a list of names, or an object with a list "queries"'),
        ('{"queries": [[]]}', 'row 1, column "queries": expected a name, got []'),
        ('{"queries": ["Rima", 7]}', 'row 2, column "queries": expected a name, got 7'),
    ],
)
def test_search_names_the_entry_that_is_no_name(run, write, tmp_path, text, said):
    listed = write("R.json", text)

    result = run("search", "--names", listed, "--out", tmp_path / "hits.csv")

    assert result.exit_code == 2
    assert said in result.stderr


def test_compare_says_when_there_is_nothing_to_compare(run):
    result = run("compare", "7", "Rima")

    assert result.output == ("nothing to compare: a name has no word in a script that is known\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"pairs": [["\\ud800Rima", "Rima"]]}', "holds half a character (\\ud800)"),
        ("[" * 100_000, "lists lie too deep in one another"),
    ],
)
def test_json_that_cannot_be_kept_is_refused(run, write, tmp_path, text, told):
    file = write("odd.json", text)

    result = run("pairs", file, "--out", tmp_path / "out.csv")

    assert result.exit_code == 2
    assert result.stderr == f"kinmatch: {file}: {told}\n"
