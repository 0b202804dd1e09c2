from __future__ import annotations

from dataclasses import replace

import pytest

from kinmatch.comparisons import COMPARISONS
from kinmatch.dates import from_edtf
from kinmatch.engines import prepare
from kinmatch.engines.reference import scored
from kinmatch.explain import LANGUAGES, Band, band, explain, say, written
from kinmatch.link import link


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


def test_reasons_come_strongest_first_whether_for_or_against(found, sought):
    candidate = link(found, sought, engine="reference").candidates[0]

    sizes = [abs(reason.bits) for reason in candidate.reasons]

    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("found", "sought", "rule", "left", "right"),
    [
        ({"born": "2012"}, {"mother_born": "2003"}, "mother_too_young",
         "born: 2012", "mother born: 2003"),
        ({"mother_born": "1948"}, {"born": "2012"}, "mother_too_old",
         "mother born: 1948", "born: 2012"),
        ({"born": "2014-05-03"}, {"father_died": "2012-01"}, "father_dead",
         "born: 2014-05-03", "father died: 2012-01"),
        ({"born": "2012-05-03", "sibling_births": "2010-01-01"},
         {"born": "2012-05-03", "sibling_births": "2012-08-20"}, "births_too_close",
         "born: 2012-05-03 / brother or sister born: 2010-01-01",
         "born: 2012-05-03 / brother or sister born: 2012-08-20"),
    ],
)  # fmt: skip
def test_dates_of_kin_that_cannot_be_name_the_rule_they_break(
    person, found, sought, rule, left, right
):
    def one(identity, told):
        days = {name: from_edtf(day) for name, day in told.items()}
        births = {"sibling_births": (days["sibling_births"],)} if "sibling_births" in days else {}
        return replace(person(identity), **{**days, **births})

    sides = one("F", found), one("S", sought)
    population = prepare(sides[:1], sides[1:])

    reasons = explain(population, scored(population, 0, 0), prior=0.0).reasons

    (reason,) = [one for one in reasons if one.comparison == "kinship"]
    assert reason.level == rule
    assert say(reason).endswith(f"one person (\u2068{left}\u2069 and \u2068{right}\u2069).")
    assert reason.bits == population.model.bits("kinship", "impossible")
    assert all("mother born" not in say(reason, one) for one in LANGUAGES if one != "en")


def test_a_family_name_is_shown_for_the_fathers_only_where_its_stem_is_compared(person):
    plain, son = person("F", names="Руслан Магомедов"), person("S", father="Магомед")
    for left, right, level, values in (
        (plain, son, "stem", ("Магомедов", "Магомед")),
        (plain, person("S2", names="Руслан Исаев"), "unknown", ("", "")),
    ):
        population = prepare([left], [right])

        reasons = explain(population, scored(population, 0, 0), prior=0.0).reasons

        (of_father,) = [one for one in reasons if one.comparison == "father"]
        assert (of_father.level, (of_father.found, of_father.sought)) == (level, values)
