from __future__ import annotations

from datetime import date

import pytest

from kinmatch.dates import Span, from_edtf
from kinmatch.records import Person, Sex


@pytest.fixture
def write(tmp_path):
    """Write text, or bytes as they are, to a file of that name, and return its path."""

    def written(name, content):
        path = tmp_path / name
        raw = content if isinstance(content, bytes) else content.encode("utf-8")
        path.write_bytes(raw)
        return path

    return written


@pytest.fixture
def person():
    """Make a person; names given as text are taken for one form, `born` for EDTF."""

    def made(identity="P1", *, born=None, sex=None, group=None, **values):
        several = {
            column: (value,) if isinstance(value, str) else tuple(value)
            for column, value in values.items()
        }
        return Person(
            id=identity,
            born=from_edtf(born) if born else None,
            sex=Sex(sex) if sex else None,
            group=group,
            **several,
        )

    return made


@pytest.fixture
def day():
    """Make a span of one day."""
    return lambda year, month, number: Span(date(year, month, number), date(year, month, number))


@pytest.fixture
def found(person):
    return [
        person("F1", names="رسلان محمد", sex="male", born="2011", mother="خديجة", siblings="زينب"),
        person("F2", names="زينب محمد", sex="female", born="2013", mother="خديجة"),
        person("F3", sex="female", born="2015"),
    ]


@pytest.fixture
def sought(person):
    return [
        person(
            "S1",
            names="Руслан Магомедович Тестов",
            sex="male",
            born="2011-05",
            mother="Хадижат",
            siblings="Зайнаб",
            places="Дагестан",
        ),
        person("S2", names="Зайнаб Магомедовна Тестова", sex="female", born="2013"),
        person("S3", names="Мадина Образцова", sex="female", born="2002"),
    ]
