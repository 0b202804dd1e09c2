"""A programme's XLSForm: read line by line, and told at which cell it is wrong."""

from __future__ import annotations

import pytest
from odk import book_of

from kinward.field.xlsforms.reading import NoXLSForm, drawn

SURVEY = ["type", "name", "label"]
CHOICES = ["list_name", "name", "label"]
NO_NAME = "survey, row 2, name: A question needs a name of letters and figures."
NO_LIST = "survey, row 2, type: There is no list “sex” on the sheet choices."


def faults(survey, choices=(CHOICES,)):
    return [str(each) for each in drawn(book_of(survey=survey, choices=choices)).faults]


@pytest.mark.parametrize(
    ("survey", "words"),
    [
        ([["", "age", "Age"]], "survey, row 2, type: What kind of question is it?"),
        ([["text", "my name", "x"]], NO_NAME),
        ([["text", "", "x"]], NO_NAME),
        ([["text", "a", "x"], ["text", "a", "x"]], "survey, row 3, name: “a” stands twice."),
        ([["begin group", "g", "x"]], "survey, row 2, type: It is not closed."),
        ([["end group", "", ""]], "survey, row 2, type: It closes what was not opened."),
        (
            [["begin group", "g", "x"], ["end repeat", "", ""], ["end group", "", ""]],
            "survey, row 3, type: It closes what was not opened.",
        ),
        ([["select_one sex", "s", "x"]], NO_LIST),
    ],
)  # fmt: skip
def test_fault_of_a_question_names_its_sheet_row_and_column(survey, words):
    assert faults([SURVEY, *survey]) == [words]


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ([["", "a", "x"]], "choices, row 2, list_name: The choice belongs to no list."),
        ([["sex", "a b", "x"]], "choices, row 2, name: A choice needs a name without spaces."),
        ([["sex", "a", "x"], ["sex", "a", "y"]], "choices, row 3, name: “a” stands twice."),
        ([["sex", "a", ""]], "choices, row 2, label: There are no words for it."),
    ],
)
def test_fault_of_a_choice_names_its_sheet_row_and_column(choices, words):
    assert faults([SURVEY, ["text", "a", "x"]], [CHOICES, *choices]) == [words]


def test_same_name_in_another_group_is_no_fault():
    groups = [[["begin group", g, g], ["text", "name", "x"], ["end group", "", ""]] for g in "ab"]

    assert faults([SURVEY, *(row for group in groups for row in group)]) == []


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("label::Русский (ru)", "ru"),
        ("label:Arabic", "ar"),
        ("Label::Français (fr)", "fr"),
        ("label", "en"),
    ],
)
def test_words_are_read_in_whichever_way_their_language_is_written(head, code):
    found = drawn(
        book_of(survey=[["type", "name", head.replace("L", "l")], ["text", "a", "слово"]])
    )

    assert found.lines[0][1].label == {code: "слово"}


def test_kinds_are_read_in_older_spellings():
    rows = [
        ["begin repeat", "r", "x"],
        ["select one from sex", "s", "x"],
        ["photo", "p", "x"],
        ["end repeat", "", ""],
    ]
    found = drawn(book_of(survey=[SURVEY, *rows], choices=[CHOICES, ["sex", 1, "x"]]))

    assert [line.type for _row, line in found.lines] == [
        "begin_repeat",
        "select_one",
        "image",
        "end_repeat",
    ]
    assert found.lines[1][1].choices == ({"name": "1", "label": {"en": "x"}},)
    assert found.faults == []


def test_columns_without_a_word_of_ours_are_listed():
    survey = [[*SURVEY, "media::image", "appearance"], ["text", "a", "x", "a.png", "minimal"]]

    found = drawn(book_of(survey=survey))

    assert found.more == [
        ("survey", 2, "media::image", "a.png"),
        ("survey", 2, "appearance", "minimal"),
    ]


@pytest.mark.parametrize("content", [b"", b"no spreadsheet", b"PK\x03\x04 broken"])
def test_what_is_no_spreadsheet_is_refused(content):
    with pytest.raises(NoXLSForm):
        drawn(content)


def test_spreadsheet_without_questions_is_refused():
    with pytest.raises(NoXLSForm, match="survey"):
        drawn(book_of(cases=[["name"]]))
