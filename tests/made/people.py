"""Persons for Hypothesis to draw: few names in three scripts, so that many meet."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from kinmatch.dates import Span
from kinmatch.records import Person, Sex

NAMES = st.sampled_from(
    [
        "Руслан Магомедович Тестов",
        "رسلان محمد",
        "Ruslan",
        "Зайнаб Тестова",
        "زينب بنت محمد",
        "أبو حمزة",
        "Тимур",
        "تيمور الداغستاني",
        "Dawud Tester",
        "Давуд Тимурович",
        "1",
    ]
)
PLACES = st.sampled_from(
    ["Мосул", "الموصل", "Дагестан", "Grozny, Tchétchénie", "Grosny, Tchetchenie", "Шали", "Argun"]
)
DAYS = st.dates(date(2000, 1, 1), date(2018, 12, 31))
GIVEN = st.sampled_from(["Ruslan", "Timur", "Zaur"])
MARKS = st.sampled_from(["scar on the left hand", "left hand burnt", "birthmark"])
EXACT = DAYS.map(lambda day: Span(day, day))
MOTHERS = st.dates(date(1970, 1, 1), date(2000, 1, 1)).map(lambda day: Span(day, day))
SPANS = st.tuples(DAYS, DAYS).map(lambda days: Span(min(days), max(days)))
OPEN = DAYS.map(lambda day: Span(day, date.max))


def several(values):
    return st.lists(values, max_size=2, unique=True).map(tuple)


@st.composite
def persons(draw, letter):
    number = draw(st.integers(0, 6))
    return [
        Person(
            id=f"{letter}{place}",
            names=draw(several(NAMES)),
            sex=draw(st.none() | st.sampled_from(Sex)),
            born=draw(st.none() | SPANS | OPEN | EXACT),
            father=draw(several(NAMES)),
            mother=draw(several(NAMES)),
            siblings=draw(st.lists(NAMES, max_size=4, unique=True).map(tuple)),
            places=draw(several(PLACES)),
            separated=draw(st.none() | SPANS | OPEN),
            separated_at=draw(several(PLACES)),
            given=draw(several(GIVEN)),
            family=draw(several(GIVEN)),
            told=draw(st.none() | SPANS),
            grandparents=draw(several(NAMES)),
            mother_born=draw(st.none() | MOTHERS),
            father_died=draw(st.none() | SPANS),
            sibling_births=draw(several(EXACT)),
            languages=draw(several(st.sampled_from(["Chechen", "Arabic"]))),
            marks=draw(several(MARKS)),
            group=draw(st.none() | st.sampled_from("AB")),
        )
        for place in range(number)
    ]
