"""`kinmatch names transliterate`: one name, form by form."""

import pytest
from click.testing import CliRunner

from kinmatch.cli import cli
from kinmatch.names import schemes


@pytest.fixture
def transliterate():
    def run(*arguments):
        return CliRunner().invoke(cli, ["names", "transliterate", *arguments])

    return run


def test_transliterate_prints_readable_forms_and_those_of_documents(transliterate):
    result = transliterate("Юрий Гусин")

    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert [line.split()[0] for line in lines] == [
        "latin",
        "cyrillic",
        "machine",
        "icao_doc_9303",
        "gost_52535",
        "mvd_782",
        "mvd_310",
        "mvd_310_short",
        "soviet_plain",
        "mvd_310_fr",
        "soviet",
    ]
    assert lines[2] == "machine        IURII<GUSIN      machine-readable zone, ICAO Doc 9303-3"
    assert lines[4] == (
        "gost_52535     Iurii Gusin      Russian passports: GOST R 52535.1-2006, 2010–2013"
    )


def test_transliterate_of_an_arabic_name_has_no_russian_passports(transliterate):
    result = transliterate("عبد الرحمن")

    assert result.output.splitlines() == [
        "latin     Abd al-Rahman  readable Latin",
        "cyrillic  Абд ар-Рахман  readable Cyrillic",
        "machine   EBD<ALRXHMN    machine-readable zone, ICAO Doc 9303-3",
    ]


def test_transliterate_prints_the_schemes_asked_for(transliterate):
    result = transliterate("Щука", "--scheme", "scientific", "--scheme", "machine")

    assert result.output.splitlines() == [
        "scientific  Ščuka    scholarly transliteration",
        "machine     SHCHUKA  machine-readable zone, ICAO Doc 9303-3",
    ]


def test_transliterate_prints_every_scheme(transliterate):
    result = transliterate("Щука", "--scheme", "all")

    assert len(result.output.splitlines()) == 3 + len(schemes())


def test_transliterate_takes_the_language_of_the_name(transliterate):
    result = transliterate("Гайвий", "--scheme", "machine", "--language", "uk")

    assert result.output.startswith("machine  HAIVYI  ")


def test_transliterate_of_nothing_prints_the_labels(transliterate):
    result = transliterate("")

    assert result.exit_code == 0
    assert result.output.splitlines()[0] == "latin       readable Latin"


@pytest.mark.parametrize("name", ["رسلان", "Ruslan", ""])
def test_transliterate_refuses_a_scheme_for_another_script(transliterate, name):
    result = transliterate(name, "--scheme", "gost_52535")

    assert result.exit_code == 2
    assert result.output == (
        f'kinmatch: "{name}" has no Cyrillic letter, which --scheme gost_52535 is for\n'
    )


def test_transliterate_prints_every_scheme_that_a_name_has(transliterate):
    result = transliterate("رسلان", "--scheme", "all")

    assert [line.split()[0] for line in result.output.splitlines()] == [
        "latin",
        "cyrillic",
        "machine",
    ]


def test_transliterate_takes_a_name_of_which_one_word_is_cyrillic(transliterate):
    result = transliterate("Щука رسلان", "--scheme", "gost_52535")

    assert result.output.startswith("gost_52535  Shchuka رسلان")
