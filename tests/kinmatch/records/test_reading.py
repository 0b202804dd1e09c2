from __future__ import annotations

import pytest

from kinmatch.dates import from_edtf
from kinmatch.errors import BadInput
from kinmatch.records import Person, Sex, read

FULL = """id,Name,sex,born,age,age as of,father,mother,siblings,place,camp
F1,Амина|أمينة,f,2012~,,,Умар,Мадина,Юсуп|Заур,Мосул|Дагестан,A
"""


def test_read_reads_every_column(write):
    records = read(write("full.csv", FULL))

    assert records.persons == (
        Person(
            id="F1",
            names=("Амина", "أمينة"),
            sex=Sex.FEMALE,
            born=from_edtf("2012~"),
            father=("Умар",),
            mother=("Мадина",),
            siblings=("Юсуп", "Заур"),
            places=("Мосул", "Дагестан"),
        ),
    )


def test_read_keeps_unknown_columns_and_names_them(write):
    records = read(write("full.csv", FULL))

    assert records.ignored == ("camp",)
    assert records.kept == {"F1": {"camp": "A"}}


def test_read_accounts_for_every_row(write):
    path = write("rows.csv", "id,name\nF1,Амина\n,\n\nF2,\nF3,unknown\n")

    records = read(path)

    assert (records.rows, records.blank, len(records.persons), records.without_name) == (5, 2, 3, 2)


def test_read_prefers_a_date_to_an_age(write):
    path = write("both.csv", "id,born,age,age_as_of\nF1,2012,3,2018-12-30\n")

    assert read(path).persons[0].born == from_edtf("2012")


def test_read_turns_an_age_into_days_of_birth(write):
    path = write("age.csv", "id,age,age_as_of\nF1,٧,2018-12-31\n")

    assert read(path).persons[0].born == from_edtf("2011")


def test_read_makes_siblings_of_a_group(write):
    path = write("group.csv", "id,name,group\nF1,Амина,A\nF2,Юсуп|Yusup,A\nF3,Заур,B\nF4,Умар,\n")

    siblings = {person.id: person.siblings for person in read(path).persons}

    assert siblings == {"F1": ("Юсуп", "Yusup"), "F2": ("Амина",), "F3": (), "F4": ()}


def test_read_makes_siblings_of_references_both_ways(write):
    path = write(
        "ids.csv", "id,name,siblings,sibling_ids\nF1,Амина,Юсуп,F2|F3\nF2,Юсуп,,\nF3,Заур,,F3\n"
    )

    siblings = {person.id: person.siblings for person in read(path).persons}

    assert siblings == {"F1": ("Юсуп", "Заур"), "F2": ("Амина",), "F3": ("Амина",)}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("name\nАмина\n", r'there is no column "id"; found name'),
        ("id,name\n,Амина\n", r'row 2, column id, "": expected an id'),
        ("id,name\nF1,a\nF2,b\nF1,c\n", r'row 4, column id, "F1": row 2 has this id too'),
        ("id,sex\nF1,x\n", r'row 2, column sex, "x": expected female or male'),
        (
            "id,born\nF1,2012\nF2,03.05.2012\n",
            r'row 3, column born, "03\.05\.2012": .* is not a date',
        ),
        ("id,born\nF1,2018-02-30\n", r"column born, .*not a day of the calendar"),
        ("id,age,age_as_of\nF1,old,2018\n", r'row 2, column age, "old": .*not an age'),
        ("id,age\nF1,7\n", r'row 2, column age, "7": an age needs the day'),
        ("id,age,age_as_of\nF1,7,yesterday\n", r'column age_as_of, "yesterday": .*not a date'),
        (
            "id,sibling_ids\nF1,F9\n",
            r'row 2, column sibling_ids, "F9": no row of this file has the id "F9"',
        ),
    ],
)
def test_read_names_file_row_column_and_what_was_expected(write, content, says):
    path = write("bad.csv", content)

    with pytest.raises(BadInput, match=says) as caught:
        read(path)

    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_read_takes_a_path_as_text(write):
    assert read(str(write("one.csv", "id\nF1\n"))).persons == (Person(id="F1"),)


def test_read_finds_the_same_persons_in_every_kind_of_file(write):
    rows = [("F1", "Амина", "2012"), ("F2", "يوسف", "")]
    header = ("id", "name", "born")
    as_csv = "\n".join(",".join(row) for row in (header, *rows))
    as_json = "\n".join(
        f'{{"id": "{identity}", "name": "{name}", "born": "{born}"}}'
        for identity, name, born in rows
    )

    kinds = [read(write("a.csv", as_csv)), read(write("a.jsonl", as_json))]

    assert kinds[0].persons == kinds[1].persons
