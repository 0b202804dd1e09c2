"""The tables of knowledge say where each line comes from, and hold nothing twice."""

from importlib.resources import files

import pytest

from kinmatch.names.forms import form_of, script_of_form
from kinmatch.names.tables import endings, kinds, rows, words

NAMES = files("kinmatch.data") / "names"
TABLES = sorted(
    folder + entry.name.removesuffix(".tsv")
    for folder in ("", "sounds/")
    for entry in (NAMES / folder).iterdir()
    if entry.name.endswith(".tsv")
)
SCRIPTS = ("latin", "cyrillic", "arabic")


@pytest.mark.parametrize("table", TABLES)
def test_every_line_names_its_source(table):
    sources = [row["source"] for row in rows(table)]

    assert all(sources)


@pytest.mark.parametrize("table", TABLES)
def test_no_line_is_left_unread(table):
    text = (NAMES / f"{table}.tsv").read_text("utf-8")

    assert len(rows(table)) == text.count("\n") - 1


def test_line_that_begins_with_the_article_mark_is_no_comment():
    assert any(row["form"].startswith("#") for row in rows("sounds/frequent_arabic"))


CITED = (
    "words",
    "equivalents",
    "short_names",
    "patronymics",
    "patronymic_endings",
    "family_endings",
)
WORKS = (
    "Beeston, ", "BGN/PCGN ", "Gafurov, ", "Hanks, ", "Petrovsky, ", "Schimmel, ", "Skrypnyk ",
    "Ukrainian Orthography ", "Ukrainian romanization, ", "Unbegaun, ", "Wikidata Q",
    "A Guide to Names and Naming Practices ", "editorial: ",
)  # fmt: skip


@pytest.mark.parametrize("table", CITED)
def test_source_is_a_work_or_is_said_to_be_our_own_judgement(table):
    unsaid = {row["source"] for row in rows(table) if not row["source"].startswith(WORKS)}

    assert unsaid == set()


@pytest.mark.parametrize(
    ("table", "script", "kind", "word", "cut"),
    [
        ("family_endings", "cyrillic", "feminine", "торанова", ("торан", "ов")),
        ("family_endings", "cyrillic", "family", "торанский", ("торан", "")),
        ("family_endings", "cyrillic", "family", "лев", None),
        ("family_endings", "mixed", "family", "торанов", None),
        ("patronymic_endings", "cyrillic", "", "шамилевна", ("шамил", "ь")),
        ("patronymic_endings", "cyrillic", "", "мусаевич", ("муса", "=|й")),
        ("patronymic_endings", "latin", "", "serhiiovych", ("serhii", "=")),
    ],
)
def test_endings_are_cut_by_what_stands_before_them(table, script, kind, word, cut):
    assert endings(table, script, kind).cut(word) == cut


def test_kinds_of_a_word_are_all_it_may_say():
    assert kinds()["ad"] == {"sun_article"}
    assert "al" not in words("sun_article")
    assert "al" in words("article")


TOLD = {"source", "cost", "latin", "bits", "share"}  # what a line tells of the others in it


@pytest.mark.parametrize("table", TABLES)
def test_no_line_is_there_twice(table):
    first_columns = [
        tuple(value for column, value in row.items() if column not in TOLD) for row in rows(table)
    ]

    assert len(set(first_columns)) == len(first_columns)


def test_no_spelling_belongs_to_two_names():
    claimed = {}
    for row in rows("equivalents"):
        for script in SCRIPTS:
            for form in row[script].split("|"):
                claimed.setdefault(form_of(form), set()).add(row["canonical"])
    claimed.pop("", None)

    assert {form: names for form, names in claimed.items() if len(names) > 1} == {}


def test_every_spelling_stands_under_its_own_script():
    misplaced = [
        (form, script)
        for row in rows("equivalents")
        for script in SCRIPTS
        for form in filter(None, row[script].split("|"))
        if script_of_form(form_of(form)) != script
    ]

    assert misplaced == []
