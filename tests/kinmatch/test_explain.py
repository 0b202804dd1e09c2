from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from kinmatch.comparisons import COMPARISONS, UNKNOWN
from kinmatch.explain import (
    LANGUAGES,
    Band,
    Reason,
    band,
    say,
    say_band,
    say_level,
    say_value,
    subject,
    written,
)
from kinmatch.link import link

EVERY_LEVEL = [
    (comparison.name, level)
    for comparison in COMPARISONS
    for level in (*comparison.level_ids, UNKNOWN)
]
SENTENCES = tomllib.loads(files("kinmatch.data").joinpath("sentences.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("probability", "called"),
    [
        (1.0, Band.VERY_LIKELY),
        (0.95, Band.VERY_LIKELY),
        (0.9499, Band.LIKELY),
        (0.8, Band.LIKELY),
        (0.7999, Band.POSSIBLE),
        (0.3, Band.POSSIBLE),
        (0.2999, Band.NOT_CREDIBLE),
        (0.0, Band.NOT_CREDIBLE),
    ],
)
def test_band_is_absolute(probability, called):
    assert band(probability) is called


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("comparison", "level"), EVERY_LEVEL)
def test_every_level_has_a_sentence_that_shows_the_value(comparison, level, language):
    sentence = say_level(comparison, level, found="ONE", sought="TWO", language=language)

    assert "\u2068ONE\u2069" in sentence
    assert sentence.startswith(subject(comparison, language) + ":")
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_no_sentence_is_left_over():
    used = {level for _, level in EVERY_LEVEL}
    kinds = {"name", *(comparison.name for comparison in COMPARISONS)}

    written_levels = {level for kind in kinds for level in SENTENCES.get(kind, ())}

    assert written_levels == used


def test_every_sentence_is_there_in_every_language():
    texts = [
        texts for kind, levels in SENTENCES.items() if kind != "value" for texts in levels.values()
    ]

    assert all(tuple(one) == LANGUAGES for one in texts)


def test_say_isolates_values_from_the_direction_of_the_sentence():
    reason = Reason("given", "near", 2.0, "رسلان", "Руслан")

    assert say(reason) == (
        "Given name: names that sound alike (\u2068رسلان\u2069 and \u2068Руслан\u2069)."
    )


def test_say_shows_a_missing_value_as_a_dash():
    reason = Reason("father", "unknown", 0.0, "", "Умар")

    assert "(— and \u2068Умар\u2069)" in say(reason)


def test_say_keeps_braces_in_a_name():
    reason = Reason("given", "different", -2.0, "{found}", "{0}")

    assert "\u2068{found}\u2069 and \u2068{0}\u2069" in say(reason)


@pytest.mark.parametrize(("language", "word"), [("en", "male"), ("ru", "мужской"), ("ar", "ذكر")])
def test_say_value_translates_what_is_a_word_and_no_name(language, word):
    assert say_value("male", language) == word
    assert say_value("Умар", language) == "Умар"


def test_say_band_speaks_three_languages():
    said = [say_band(Band.LIKELY, language) for language in LANGUAGES]

    assert said == ["likely", "вероятно", "مرجّح"]


@pytest.mark.parametrize(
    ("comparison", "text"),
    [
        ("given", "Дауд Тимурович Образцов / داود"),
        ("father", "Тимур / Тимурович"),
        ("mother", "Мадина"),
        ("siblings", "Заур / Карим"),
        ("family", "Образцов"),
        ("birth", "2012"),
        ("sex", "male"),
        ("place", "Мосул"),
    ],
)
def test_written_shows_what_the_record_says(person, comparison, text):
    one = person(
        names=("Дауд Тимурович Образцов", "داود"),
        father="Тимур",
        mother="Мадина",
        siblings=("Заур", "Карим"),
        born="2012",
        sex="male",
        places="Мосул",
    )

    assert written(one, comparison) == text


@pytest.mark.parametrize("comparison", [comparison.name for comparison in COMPARISONS])
def test_written_is_empty_where_the_record_says_nothing(person, comparison):
    assert written(person(), comparison) == ""


def test_written_shows_the_last_name_where_a_father_may_stand_in_it(person):
    assert written(person(names="Дауд Тимуров"), "father") == "Тимуров"


def test_reasons_come_strongest_first_whether_for_or_against(found, sought):
    candidate = link(found, sought, engine="reference").candidates[0]

    sizes = [abs(reason.bits) for reason in candidate.reasons]

    assert sizes == sorted(sizes, reverse=True)
