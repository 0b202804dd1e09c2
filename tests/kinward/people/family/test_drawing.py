from __future__ import annotations

import re
from uuid import uuid4
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import override

from kinward.people.family import family, pictures
from kinward.people.models import Answer, Assertion
from kinward.people.relations import RELATIONS
from kinward.people.rules import profile

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Абдурахман-Хаджи Мухаммад-Расулович Гаджимагомедов из Верхнего Гуниба"


def of(*values):
    return family(
        profile(
            Assertion(id=uuid4(), property="relative", answer=Answer.KNOWN, value=value)
            for value in values
        )
    )


def texts(picture):
    found = ET.fromstring(picture).iter(f"{SVG}text")  # noqa: S314 (drawn by us)
    return [(text.text or "").strip("\u2068\u2069") for text in found]


def boxes(picture):
    found = ET.fromstring(picture).iter(f"{SVG}rect")  # noqa: S314 (drawn by us)
    return [box.get("class", "").split("--")[-1] for box in found]


def widths(picture):
    return float(re.search(r'viewBox="0 0 ([\d.]+)', picture)[1])


def test_picture_names_everyone_with_relation_reading_and_marks():
    wide, narrow = pictures(
        of({"relation": "mother", "text": "Заира", "held": "yes", "life": "alive"})
    )

    for picture in (wide, narrow):
        lines = texts(picture)
        assert {"mother", "Заира", "Zaira", "no name known"} <= {*lines}
        assert "in prison or detention" in " ".join(lines)


def test_picture_sets_apart_who_died_who_is_not_to_be_contacted_and_who_it_is_about():
    found = of({"relation": "father", "life": "dead"}, {"relation": "mother", "agrees": "no"})

    assert sorted(boxes(pictures(found).wide)) == ["amber", "gone", "self"]


def test_narrow_picture_fits_a_telephone():
    everyone = of(*({"relation": each, "text": f"N{each}"} for each in RELATIONS))

    wide, narrow = pictures(everyone)

    assert widths(narrow) < 480 < widths(wide)
    assert len(boxes(narrow)) == len(boxes(wide)) == len(RELATIONS) + 1


def test_key_tells_only_of_lines_that_are_there():
    plain = texts(pictures(of()).wide)
    milk = texts(pictures(of({"relation": "milk_mother"})).wide)

    assert "milk kinship" not in plain
    assert {"parents and children", "milk kinship"} <= {*milk}


def test_picture_is_mirrored_from_right_to_left():
    found = of({"relation": "father", "text": "عمر"}, {"relation": "mother", "text": "زايرة"})

    def start_of(picture, name):
        text = next(
            each
            for each in ET.fromstring(picture).iter(f"{SVG}text")  # noqa: S314 (drawn by us)
            if name in (each.text or "")
        )
        return float(text.get("x", ""))

    english = pictures(found).wide
    with override("ar"):
        arabic = pictures(found).wide

    assert start_of(english, "عمر") < start_of(english, "زايرة")
    assert start_of(arabic, "عمر") > start_of(arabic, "زايرة")


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_picture_needs_no_style_or_script_and_no_comma(language):
    with override(language):
        wide, narrow = pictures(of({"relation": "milk_mother", "text": LONG}))

    for picture in (wide, narrow):
        assert re.search(r"<script|<style|style=|\son\w+=", picture) is None
        numbers = re.findall(r' (?:x|y|width|height|viewBox)="([^"]*)"', picture)
        assert [number for number in numbers if "," in number] == []


def test_long_name_ends_in_an_ellipsis():
    lines = texts(pictures(of({"relation": "milk_mother", "text": LONG})).wide)

    assert LONG not in lines
    assert [line for line in lines if line.endswith("…")] != []
    assert max(map(len, lines)) <= 26


def test_name_of_a_relative_is_never_markup():
    wide, _ = pictures(of({"relation": "milk_mother", "text": "<b>Umm</b>"}))

    assert "<b>" not in wide
