"""Which script a word and a name are in."""

import pytest

from kinmatch.names import Script, script_of
from kinmatch.names.scripts import script_of_word


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Руслан", Script.CYRILLIC),
        ("رسلان", Script.ARABIC),
        ("Ruslan", Script.LATIN),
        ("Ruslan رسلان", Script.MIXED),
        ("Руслан 7", Script.CYRILLIC),
        ("王", Script.OTHER),
        ("12", Script.OTHER),
        ("", Script.OTHER),
    ],
)
def test_script_of_names_the_script(text, script):
    found = script_of(text)

    assert found == script


def test_script_of_word_forgives_a_latin_letter_typed_for_a_palochka():
    found = script_of_word("ГIайрбеков")

    assert found == Script.CYRILLIC


def test_script_of_word_without_letters_is_other():
    found = script_of_word("7-8")

    assert found == Script.OTHER
