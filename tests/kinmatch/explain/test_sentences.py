from __future__ import annotations

import tomllib
from importlib.resources import files
from string import Formatter

import pytest

from kinmatch.comparisons import COMPARISONS, UNKNOWN
from kinmatch.comparisons.kinship import RULES
from kinmatch.explain import (
    BY_NAME,
    LANGUAGES,
    About,
    Band,
    Kind,
    Reason,
    Whom,
    percent,
    say,
    say_band,
    say_chance,
    say_level,
    say_line,
    say_phrase,
    say_question,
    say_value,
    say_whom,
    subject,
)

EVERY_LEVEL = [
    (comparison.name, level)
    for comparison in COMPARISONS
    for level in (*comparison.level_ids, UNKNOWN)
] + [("kinship", rule.id) for rule in RULES]
SENTENCES = tomllib.loads(files("kinmatch.data").joinpath("sentences.toml").read_text("utf-8"))


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("comparison", "level"), EVERY_LEVEL)
def test_a_phrase_is_the_sentence_without_its_values(comparison, level, language):
    phrase = say_phrase(comparison, level, language)
    whole = say_level(comparison, level, found="ONE", sought="TWO", language=language)

    assert whole.startswith(f"{phrase} (")
    assert phrase.startswith(f"{subject(comparison, language)}: ")
    assert "ONE" not in phrase


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact", BY_NAME)
def test_every_fact_has_a_question_that_names_no_answer(fact, language):
    question = say_question(fact, language)

    assert question.endswith("؟" if language == "ar" else "?")
    assert "{" not in question
    assert tuple(SENTENCES["question"]) == tuple(BY_NAME)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("whom", Whom)
def test_whom_to_ask_is_said_with_the_request_where_there_is_one(whom, language):
    said = say_whom(whom, "S1", language)

    assert ("\u2068S1\u2069" in said) == (whom is not Whom.CHILD)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("line", SENTENCES["line"])
def test_every_line_takes_the_same_values_in_every_language(line, language):
    fields = {name for _, name, _, _ in Formatter().parse(SENTENCES["line"][line]["en"]) if name}

    said = say_line(line, language, **{name: name.upper() for name in fields})

    assert all(f"\u2068{name.upper()}\u2069" in said for name in fields)
    assert "{" not in said


def test_every_kind_of_bar_and_change_has_its_line():
    kinds = {Kind.PRIOR.value, Kind.CALIBRATION.value, *(f"change_{one}" for one in About)}

    assert kinds <= SENTENCES["line"].keys()


@pytest.mark.parametrize(
    ("chance", "said"),
    [(0.0, "< 0.1"), (0.0009, "< 0.1"), (0.5, "50.0"), (0.999, "99.9"), (1.0, "> 99.9")],
)
def test_a_chance_is_never_said_to_be_certain(chance, said):
    assert percent(chance) == said
    assert say_chance(chance) == f"{said} %"


def test_a_family_name_is_spoken_of_in_its_own_gender():
    told = say_level("family", "same_rare", found="Исаев", sought="Исаев", language="ru")

    assert told.startswith("Фамилия: одна и та же фамилия, здесь редкая (")
