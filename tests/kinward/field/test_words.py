"""The words of the application of the field: every one in every language, with every plural."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from babel import Locale

ROOT = Path(__file__).parents[3]
CLIENT = ROOT / "frontend" / "js" / "field"
LANGUAGES = ("en", "ru", "ar")
PLACES = re.compile(r"\{(\w+)\}")
# Said in parts, by what the word stands for: the name in the script ends before it.
IN_PARTS = ("answer_", "fault_", "state_", "sync_", "wiped_")


def catalogue(language: str) -> dict[str, str]:
    words: dict[str, str] = json.loads((CLIENT / "words" / f"{language}.json").read_text())
    return words


def plurals(words: dict[str, str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key in words:
        name, _dot, form = key.partition(".")
        found.setdefault(name, set()).add(form)
    return found


def script() -> str:
    return "\n".join(path.read_text() for path in CLIENT.rglob("*.js"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_every_word_with_every_plural_of_its_language(language):
    spoken, english = plurals(catalogue(language)), plurals(catalogue("en"))
    forms = {*Locale(language).plural_form.rules, "other"}

    assert sorted(spoken) == sorted(english)
    assert {
        name: found
        for name, found in spoken.items()
        if found != (forms if english[name] != {""} else {""})
    } == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_fills_in_what_english_does(language):
    words, english = catalogue(language), catalogue("en")
    of_english = {
        key.partition(".")[0]: set(PLACES.findall(text)) - {"n"} for key, text in english.items()
    }

    assert {
        key: text
        for key, text in words.items()
        if set(PLACES.findall(text)) - {"n"} != of_english[key.partition(".")[0]]
    } == {}


@pytest.mark.parametrize("language", ["ru", "ar"])
def test_catalogue_is_translated(language):
    words, english = catalogue(language), catalogue("en")

    assert [key for key in words if words[key] == english.get(key)] == []


def test_every_word_is_said_somewhere():
    said = script()

    assert [
        name
        for name in plurals(catalogue("en"))
        if not re.search(rf'["`]{name}["`]', said) and not name.startswith(IN_PARTS)
    ] == []


def test_script_says_no_word_that_is_not_in_the_catalogue():
    asked = set(re.findall(r'\bt\("(\w+)"', script()))

    assert asked - set(plurals(catalogue("en"))) == set()
    assert len(asked) > 50
