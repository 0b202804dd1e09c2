"""Every text of the screens exists in every language, whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

PLACEHOLDER = re.compile(r"%\((\w+)\)")
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]


def messages(language):
    path = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as written:
        return [message for message in read_po(written, locale=language) if message.id]


def forms(text):
    return text if isinstance(text, tuple) else (text,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language):
    open_ones = [
        message.id
        for message in messages(language)
        if message.fuzzy or not all(forms(message.string))
    ]

    assert open_ones == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_name_nothing_the_text_does_not(language):
    invented = [
        message.id
        for message in messages(language)
        for translated in forms(message.string)
        if set(PLACEHOLDER.findall(translated))
        - {name for form in forms(message.id) for name in PLACEHOLDER.findall(form)}
    ]

    assert invented == []


def test_languages_have_the_same_texts():
    russian, arabic = ({message.id for message in messages(language)} for language in ("ru", "ar"))

    assert russian == arabic
