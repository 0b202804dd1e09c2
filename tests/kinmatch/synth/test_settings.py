from __future__ import annotations

from datetime import date

import pytest

from kinmatch.errors import BadInput
from kinmatch.synth import Parameters, read_parameters


@pytest.fixture
def make_file(tmp_path):
    def make(text):
        path = tmp_path / "circumstances.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return make


def test_file_changes_what_it_names(make_file):
    path = make_file(
        "as_of = 2021-05-01\nsplit = 0.5\noldest = 9\nchildren = [1, 2]\nage_error = 1\n"
        "[customs]\niraq = 3\nsyria = 1\n"
    )

    assert read_parameters(path) == Parameters(
        as_of=date(2021, 5, 1),
        split=0.5,
        oldest=9,
        children=(1, 2),
        age_error=1,
        customs=(("iraq", 3), ("syria", 1)),
    )


def test_empty_file_changes_nothing(make_file):
    assert read_parameters(make_file("")) == Parameters()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("splitt = 0.5", "splitt: there is no such parameter"),
        ("split = 1.5", "split: expected a share from 0 to 1, got 1.5"),
        ("split = 'much'", "split: expected a number, got 'much'"),
        ("split = true", "split: expected a number, got True"),
        ("oldest = 9.5", "oldest: expected a number, got 9.5"),
        ("as_of = 2018", "as_of: expected a date such as 2018-12-30, got 2018"),
        ("as_of = 2018-12-30T10:00:00", "as_of: expected a date such as 2018-12-30"),
        ("children = 3", "children: expected a list of whole numbers, got 3"),
        ("children = [1.5]", "children: expected a list of whole numbers"),
        ("customs = 3", "customs: expected a table of customs with whole numbers, got 3"),
        ("[customs]\niraq = -1", "customs: expected a table of customs with whole numbers"),
        ("[customs]\niraq = 0", "customs: expected one weight above 0"),
        ("[customs]\natlantis = 1", "customs: expected one of dagestan, .* got 'atlantis'"),
    ],
)
def test_file_and_field_are_named(make_file, text, says):
    with pytest.raises(BadInput, match=f"circumstances.toml, {says}"):
        read_parameters(make_file(text))


def test_file_that_is_no_toml_is_named(make_file):
    with pytest.raises(BadInput, match=r"circumstances\.toml: "):
        read_parameters(make_file("split 0.5"))


def test_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BadInput, match=r"none\.toml: cannot be read"):
        read_parameters(tmp_path / "none.toml")
