# ruff: noqa: S311 (made-up data, nothing to protect)
"""What is made up is read back by the library as it was meant, for most names of each custom."""

from __future__ import annotations

from random import Random

import pytest

from kinmatch.names import Role, parse
from kinmatch.synth import Relative
from kinmatch.synth.families import adult
from kinmatch.synth.parts import Spelling, System, customs

MANY = 300
PATRONYMIC = [one for one in customs().values() if one.system is System.PATRONYMIC]


def written(custom, spelling, *, sex):
    for seed in range(MANY):
        chance = Random(seed)
        relative = Relative(chance, spelling, patronymic_dropped=0.0, typing_error=0.0)
        who = adult(chance, custom, sex)
        yield parse(relative.adult(who, custom)), relative.given(who.father)


def keys(name, role):
    return {
        key for part in name.parts if part.role is role for key in (part.key, *dict(part.readings))
    }


@pytest.mark.parametrize("sex", ["male", "female"])
@pytest.mark.parametrize("custom", PATRONYMIC, ids=lambda custom: custom.id)
def test_patronymics_are_read_back_to_the_father(custom, sex):
    read = [
        bool(keys(name, Role.FATHER) & keys(parse(f"{father} {father}"), Role.GIVEN))
        for name, father in written(custom, Spelling.CYRILLIC, sex=sex)
    ]

    assert sum(read) / len(read) > 0.85


@pytest.mark.parametrize("sex", ["male", "female"])
@pytest.mark.parametrize("custom", PATRONYMIC, ids=lambda custom: custom.id)
def test_patronymics_end_as_the_sex_asks(custom, sex):
    endings = {
        "male": ("ич", "оглы", "угли", "улы", "зода", "пур", "уулу"),
        "female": ("на", "кызы", "кизи", "зода", "духт"),
    }[sex]
    names = [name.written.split() for name, _ in written(custom, Spelling.CYRILLIC, sex=sex)]

    assert [words for words in names if not any(word.endswith(endings) for word in words)] == []


@pytest.mark.parametrize(
    "custom",
    [one for one in customs().values() if one.system is System.NASAB],
    ids=lambda custom: custom.id,
)
def test_nasabs_are_of_arabic_letters_alone(custom):
    relative = Relative(Random(1), Spelling.ARABIC, patronymic_dropped=0.0, typing_error=0.0)

    names = [relative.adult(adult(Random(seed), custom, "male"), custom) for seed in range(MANY)]

    assert [
        name for name in names if any(letter.isascii() and letter != " " for letter in name)
    ] == []


@pytest.mark.parametrize("spelling", Spelling)
def test_every_spelling_writes_every_custom_that_has_it(spelling):
    for custom in customs().values():
        if spelling in custom.spellings.items:
            relative = Relative(Random(1), spelling, patronymic_dropped=0.0, typing_error=0.0)
            for seed in range(30):
                assert relative.adult(adult(Random(seed), custom, "female"), custom)
            assert all(relative.place(home) for home in custom.homes)
