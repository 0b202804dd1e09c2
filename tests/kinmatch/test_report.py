from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from kinmatch.link import link
from kinmatch.records import read
from kinmatch.report import BEST, Pages, bars, percent, render

FOUND = """id,name,sex,born,mother,camp
F1,رسلان محمد,male,2011,خديجة,one
F2,,female,2016,,two

F3,<b>Тимур</b>,male,2012,,
"""
SOUGHT = """id,name,sex,born,mother
S1,Руслан Магомедович Тестов,male,2011-05,Хадижат
"""
VOID = {"meta", "line", "rect"}


class Outline(HTMLParser):
    """Checks that every tag is closed in order, and remembers ids, references and addresses."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.ids = []
        self.referred = []
        self.addresses = []
        self.text = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.ids += [values["id"]] if "id" in values else []
        self.referred += values.get("aria-labelledby", "").split()
        self.addresses += [values[name] for name in ("href", "src", "action") if name in values]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        assert tag in VOID

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture
def pages(write):
    def made(found=FOUND, sought=SOUGHT, threshold=0.3):
        records = read(write("found.csv", found)), read(write("sought.csv", sought))
        linkage = link(
            records[0].persons, records[1].persons, engine="reference", threshold=threshold
        )
        return Pages(
            found=records[0],
            sought=records[1],
            candidates={one: linkage.of(one) for one in linkage.found_ids},
            compared=linkage.compared,
            model=linkage.model,
            made_at="2026-01-01 00:00 UTC",
        )

    return made


def outline(page):
    parsed = Outline()
    parsed.feed(page)
    parsed.close()
    return parsed


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_report_is_one_well_formed_page(pages, language):
    parsed = outline(render(pages(), language))

    assert parsed.open == []
    assert len(parsed.ids) == len(set(parsed.ids))
    assert set(parsed.referred) <= set(parsed.ids)


def test_report_loads_nothing_from_elsewhere(pages):
    page = render(pages())

    assert outline(page).addresses == ["#children"]
    assert re.findall(r"https?:|url\(|@import|<script|<link", page) == []


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ru", "ltr"), ("ar", "rtl")])
def test_report_says_its_language_and_direction(pages, language, direction):
    assert f'<html lang="{language}" dir="{direction}">' in render(pages(), language)


def test_report_accounts_for_every_row_at_the_top(pages):
    page = render(pages())

    rows = re.findall(r"<tr><th scope=\"row\">\w+: <bdi>(\S+)</bdi></th>(.*?)</tr>", page)
    numbers = {name: re.findall(r"number\">(\d+)", cells) for name, cells in rows}
    assert numbers == {"found.csv": ["4", "1", "3", "1"], "sought.csv": ["1", "0", "1", "0"]}
    assert "<bdi>camp</bdi>" in page


def test_report_says_where_there_is_no_credible_match(pages):
    assert render(pages()).count("No credible match among those sought.") == 2


def test_report_puts_children_with_a_match_first(pages):
    page = render(pages())

    assert re.findall(r"Child <bdi>(\w+)</bdi>", page) == ["F1", "F2", "F3"]


def test_report_shows_probability_reasons_and_picture(pages):
    page = render(pages())

    assert "very likely" in page
    assert "Mother&#39;s name: the same name" in page
    assert page.count("<svg") == 1
    assert "Why, and why not" in page


def test_report_escapes_what_a_name_may_hold(pages):
    page = render(pages())

    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def test_report_isolates_names_of_another_direction(pages):
    assert "<bdi>رسلان محمد</bdi>" in render(pages(), "en")
    assert "<bdi>Руслан Магомедович Тестов</bdi>" in render(pages(), "ar")


def test_report_shows_the_best_and_counts_the_others(pages):
    rows = "".join(f"S{number},Тимур,male,2012,\n" for number in range(BEST + 2))
    few = "id,name,sex,born,mother\nF1,Тимур,male,2012,\n"

    page = render(pages(few, "id,name,sex,born,mother\n" + rows, threshold=0.001))

    assert page.count('<section class="candidate"') == BEST
    assert "2 more candidates" in page


def test_report_is_the_same_every_time(pages):
    assert render(pages()) == render(pages())


def test_bars_lead_from_the_prior_to_the_sum(pages):
    (candidate,) = pages().candidates["F1"]

    drawn = bars(candidate, "en")

    assert drawn[0].label == "Before comparing"
    assert [bar.label for bar in drawn[-2:]] == ["Correction", "All together"]
    assert drawn[-1].bits == candidate.calibrated
    assert sum(bar.bits for bar in drawn[:-1]) == pytest.approx(candidate.calibrated)
    assert all(bar.width > 0 and bar.x >= 0 for bar in drawn)


@pytest.mark.parametrize(("chance", "text"), [(0.5, "50.0"), (0.999, "99.9"), (1.0, "> 99.9")])
def test_percent_never_says_that_anything_is_certain(chance, text):
    assert percent(chance) == text
