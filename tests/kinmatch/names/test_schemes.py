"""Schemes of transliteration, against the samples and the engine of the iuliia package."""

import json
import re
import unicodedata
from importlib.resources import files

import iuliia
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kinmatch.names import schemes, transliterate

PEERS = {
    entry.name.removesuffix(".json"): json.loads(entry.read_text(encoding="utf-8"))
    for entry in (files("iuliia") / "schemas").iterdir()
    if entry.name.endswith(".json")
}
SAMPLES = [
    pytest.param(name, *sample, id=f"{name}-{place}")
    for name, peer in sorted(PEERS.items())
    for place, sample in enumerate(peer["samples"])
]
RUSSIAN = st.text("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", min_size=1, max_size=12)

SIGN_BEFORE_ENDING = re.compile("[ъь][иы]й$")


def as_latin(text):
    """The peer writes ё with its Cyrillic letter in some schemes, and ž as two characters."""
    return unicodedata.normalize("NFC", text).replace("ё", "ë").replace("Ё", "Ë")


@pytest.mark.parametrize(("scheme", "written", "latin"), SAMPLES)
def test_scheme_gives_the_samples_of_iuliia(scheme, written, latin):
    assert transliterate(written, scheme) == as_latin(latin)


@pytest.mark.parametrize(
    "scheme", ["icao_doc_9303", "gost_52535", "mvd_310", "mvd_310_fr", "mvd_782"]
)
def test_samples_of_passports_need_no_correction(scheme):
    samples = PEERS[scheme]["samples"]

    assert samples
    assert [transliterate(written, scheme) for written, _ in samples] == [
        latin for _, latin in samples
    ]


def test_every_scheme_of_iuliia_is_here():
    assert sorted(PEERS.keys() - schemes().keys()) == []


@pytest.mark.parametrize("scheme", sorted(PEERS))
@given(word=RUSSIAN)
def test_scheme_agrees_with_iuliia_on_any_russian_word(scheme, word):
    # The Uzbek alphabet has no soft sign; the peer leaves it standing among Latin letters.
    word = word.replace("ь", "") if scheme == "uz" else word
    # The peer does not see that a sign stands before an ending of its own.
    assume(not SIGN_BEFORE_ENDING.search(word))
    peer = getattr(iuliia, scheme.upper())

    assert transliterate(word, scheme) == as_latin(peer.translate(word))


@pytest.mark.parametrize(
    ("scheme", "written", "latin"),
    [
        ("icao_doc_9303", "ЩЕГЛОВА Щука", "SHCHEGLOVA Shchuka"),
        ("mosmetro", "ЗЕЛЁНЫЙ", "ZELENY"),
        ("bgn_pcgn", "Я", "Ya"),
        ("mvd_310", "Семе́нов", "Semenov"),
        ("icao_doc_9303", "Қасым Ўринов", "Qasym Urinov"),
        ("icao_doc_9303", "Гӏайрбеков", "Gairbekov"),
        ("icao_doc_9303", "Rima توران, № 7", "Rima توران, № 7"),
        ("soviet", "Васин Сесилов", "Vassine Sessilov"),
        ("soviet", "Гусев Снегирёв", "Goussev Sneguirev"),
        ("soviet", "Максимов", "Maximov"),
    ],
)
def test_transliterate_keeps_case_and_what_is_not_cyrillic(scheme, written, latin):
    assert transliterate(written, scheme) == latin


def test_scheme_says_when_it_was_in_use():
    years = {name: scheme.years for name, scheme in schemes().items()}

    assert years["gost_52535"] == "2010–2013"
    assert years["icao_doc_9303"] == "since 2013"
    assert years["soviet"] == "until 2001"
    assert years["telegram"] == ""


def test_scheme_that_is_unknown_is_refused():
    with pytest.raises(KeyError):
        transliterate("Рима", "common")


@given(st.text(), st.sampled_from(sorted(schemes())))
def test_transliterate_leaves_no_letter_of_russian(text, scheme):
    latin = transliterate(text, scheme)

    assert not set(latin.lower()) & set("абвгдежзийклмнопрстуфхцчшщъыьэюя")
