from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import override

from kinward.core.charts import (
    Arrived,
    Bar,
    Curve,
    Mark,
    Part,
    Span,
    Step,
    Whisker,
    as_year,
    bars,
    curves,
    flows,
    parts,
    spans,
    stages,
    waterfall,
    whiskers,
)
from kinward.core.charts.canvas import Canvas

SVG = "{http://www.w3.org/2000/svg}"
START = Step("Before", -9.0, "−9.0")
STEPS = [START, Step("Name", 6.5, "+6.5"), Step("Birth", -1.5, "−1.5")]
TOTAL = Step("Together", -4.0, "−4.0")


def drawn(picture: str) -> ET.Element:
    return ET.fromstring(picture)  # noqa: S314 (drawn by us)


def boxes(picture: str) -> list[tuple[str | None, float, float]]:
    found = drawn(picture).iter(f"{SVG}rect")
    return [
        (box.get("class"), float(box.get("x", "")), float(box.get("width", ""))) for box in found
    ]


def texts(picture: str) -> list[str]:
    return [text.text or "" for text in drawn(picture).iter(f"{SVG}text")]


def show_weights(**options) -> str:
    return waterfall(STEPS, TOTAL, title="How it adds up", description="In the table.", **options)


def show_spans(**options) -> str:
    rows = [
        Span("The child", 2011.5, 2012.5, "2011–2012"),
        Span("Sought", 2012.4, 2012.4, "2012-05"),
    ]
    return spans(rows, title="When born", description="Both can be true.", **options)


def test_waterfall_starts_each_bar_where_the_one_before_ended():
    start, name, birth, total = boxes(show_weights())

    assert start[1] == name[1]
    assert birth[1] + birth[2] == pytest.approx(name[1] + name[2], abs=0.2)
    assert total[1] == pytest.approx(birth[1], abs=0.2)


def test_waterfall_tells_for_from_against_by_class():
    looks = [look for look, _, _ in boxes(show_weights())]

    assert looks == ["kw-chart__start", "kw-chart__for", "kw-chart__against", "kw-chart__total"]


def test_waterfall_refuses_steps_that_do_not_add_up():
    with pytest.raises(ValueError, match=r"add up to -4\.00, not to 3\.00"):
        waterfall(STEPS, Step("Together", 3.0, "+3.0"), title="", description="")


def test_waterfall_of_nothing_still_draws():
    picture = waterfall(
        [Step("Before", 0.0, "0.0")], Step("Together", 0.0, "0.0"), title="t", description="d"
    )

    assert len(boxes(picture)) == 2


def test_waterfall_mirrors_boxes_and_anchors_for_right_to_left():
    straight, mirrored = show_weights(), show_weights(mirrored=True)

    for (_, x, width), (_, x_mirrored, width_mirrored) in zip(
        boxes(straight), boxes(mirrored), strict=True
    ):
        assert width == width_mirrored
        assert x_mirrored == pytest.approx(480 - x - width, abs=0.2)
    assert 'text-anchor="end"' in mirrored
    assert 'direction="ltr"' in mirrored


def test_waterfall_names_and_describes_itself_for_screen_readers():
    picture = drawn(show_weights())

    title, description = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert (title.text, description.text) == ("How it adds up", "In the table.")


def test_waterfall_isolates_words_from_each_others_direction():
    assert texts(show_weights())[0] == "\u2068Before\u2069"


def test_waterfall_escapes_what_it_writes():
    picture = waterfall(
        [Step("<b>", 1.0, "&")], Step("All", 1.0, "1"), title="<i>", description="<u>"
    )

    assert "<b>" not in picture
    assert texts(picture)[:2] == ["\u2068<b>\u2069", "\u2068&\u2069"]


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_waterfall_writes_coordinates_with_a_point_in_every_language(language):
    with override(language):
        picture = show_weights()

    assert not re.search(r'="[\d.]*,', picture)


def test_waterfall_has_no_inline_style():
    assert "style=" not in show_weights()


def test_spans_put_rows_on_one_axis_of_years():
    picture = show_spans()

    child, sought = boxes(picture)
    assert child[1] < sought[1] < child[1] + child[2]
    assert [text.strip("\u2068\u2069") for text in texts(picture)[:3]] == ["2011", "2012", "2013"]


def test_spans_keep_a_moment_visible():
    assert boxes(show_spans())[1][2] == 2.0


def test_spans_thin_out_the_years_of_a_long_axis():
    rows = [Span("A", 1990.0, 2019.0, "")]

    years = [
        text.strip("\u2068\u2069")
        for text in texts(spans(rows, title="", description=""))
        if text.strip("\u2068\u2069").isdigit()
    ]

    assert years == ["1990", "1995", "2000", "2005", "2010", "2015", "2020"]


def test_spans_mirror_for_right_to_left():
    straight, mirrored = boxes(show_spans())[0], boxes(show_spans(mirrored=True))[0]

    assert mirrored[1] == pytest.approx(480 - straight[1] - straight[2], abs=0.2)


def test_canvas_leaves_middle_anchors_in_the_middle_when_mirrored():
    canvas = Canvas(100, mirrored=True)

    canvas.text(10, 5, "x", anchor="middle")

    assert canvas.shapes[0].startswith('<text x="90.0" y="5.0" text-anchor="middle"')


def test_what_is_sure_of_a_span_is_drawn_upon_it():
    row = Span("held", 2017.0, 2018.5, "2017 – 2018", look="kw-chart__start", sure=(2017.5, 2018.0))

    all_of_it, surely = boxes(spans([row], title="Stays", description="In the table."))

    assert (all_of_it[0], surely[0]) == ("kw-chart__start", "kw-chart__total")
    assert all_of_it[1] < surely[1]
    assert surely[1] + surely[2] < all_of_it[1] + all_of_it[2]


def test_day_is_a_year_with_a_fraction():
    assert as_year(date(2018, 1, 1)) == 2018.0
    assert as_year(date(2018, 7, 2)) == pytest.approx(2018.5, abs=0.01)


def show_flows(**options) -> str:
    moved = {("new", "known"): 3, ("known", "known"): 1}
    return flows(
        moved,
        ["new", "known"],
        heads=("first day", "last day"),
        title="How they moved",
        description="In the table.",
        **options,
    )


def test_bars_are_as_long_as_their_amounts():
    rows = [Bar("known", 4, "4"), Bar("new", 0, "0"), Bar("gone", 1, "1")]
    picture = bars(rows, title="How many", description="In the table.")

    (_, _, known), (_, _, gone) = boxes(picture)
    assert known == 4 * gone
    assert "\u2068new\u2069" in texts(picture)


def test_flows_are_as_thick_as_their_amounts_and_meet_both_sides():
    picture = drawn(show_flows())
    ribbons = [each.get("d", "") for each in picture.iter(f"{SVG}path")]
    heights = [float(box.get("height", "")) for box in picture.iter(f"{SVG}rect")]

    assert len(ribbons) == 2
    assert heights == [195.0, 65.0, 260.0]
    assert "\u2068known · 4\u2069" in texts(show_flows())


def test_flows_are_mirrored_where_one_reads_from_the_right():
    usual, mirrored = boxes(show_flows()), boxes(show_flows(mirrored=True))

    assert [960.0 - x - width for _, x, width in usual] == [x for _, x, _ in mirrored]


def show_stages(**options) -> str:
    rows = [
        Arrived(label="planned", amount=4, explained=0, open=0, written="4"),
        Arrived(label="boarded", amount=1, explained=2, open=1, written="1, 2 stayed, 1 left over"),
    ]
    return stages(rows, title="The way", description="In the table.", **options)


def test_stage_is_as_long_as_the_one_before_it_with_those_who_stayed():
    whole, *parts = boxes(show_stages())

    assert [look for look, _x, _width in parts] == [
        "kw-chart__total",
        "kw-chart__start",
        "kw-chart__against",
    ]
    assert sum(width + 1.5 for _look, _x, width in parts) == pytest.approx(whole[2] + 1.5)
    assert "1, 2 stayed, 1 left over" in texts(show_stages())[-1]


def test_stages_are_mirrored_and_may_have_nobody():
    [first, *_rest] = boxes(show_stages(mirrored=True))

    assert first[1] + first[2] == pytest.approx(760)
    assert drawn(stages([], title="The way", description="Nobody.")) is not None


def show_curves(**options) -> str:
    lines = [Curve("median", ((1.0, 10.0), (2.0, 12.0)), "kw-tree__line")]
    marks = [Mark(1.2, 1.6, 11.0), Mark(1.5, 1.5, 12.0)]
    axes = {"level": [(1.0, "1"), (2.0, "2")], "upright": [(10.0, "10"), (12.0, "12")]}
    return curves(lines, marks, **axes, title="Weight", description="In the table.", **options)


def test_mark_is_as_wide_as_what_is_not_sure_and_never_too_small_to_see():
    unsure, sure = boxes(show_curves())

    assert unsure[2] == pytest.approx(0.4 * (760 - 44 - 92), abs=0.2)
    assert sure[2] == 8.0


def test_curves_write_their_axes_and_the_end_of_each_line():
    assert [text.strip("\u2068\u2069") for text in texts(show_curves())] == [
        "10",
        "12",
        "1",
        "2",
        "median",
    ]


def test_curves_are_mirrored_as_a_whole():
    left = [x + width for _look, x, width in boxes(show_curves())]
    right = [x for _look, x, _width in boxes(show_curves(mirrored=True))]

    assert right == pytest.approx([760 - x for x in left], abs=0.2)


def show_whiskers(**options) -> str:
    rows = [
        Whisker("1", "2018-12-30", "30 Dec", 30.0, 30.0),
        Whisker("2", "2018-12-30", "30 Dec", 27.0, 27.0),
        Whisker("3", "2017", "2017", 2000.0, None),
    ]
    return whiskers(rows, title="Who said what", description="In the table.", **options)


def test_whiskers_of_one_day_stand_side_by_side():
    places = {text.text: float(text.get("x")) for text in drawn(show_whiskers()).iter(f"{SVG}text")}

    assert places["\u20683\u2069"] < places["\u20681\u2069"]
    assert places["\u20681\u2069"] < places["\u20682\u2069"]
    assert {"\u206830 Dec\u2069", "\u20682017\u2069"} <= set(places)


def test_whisker_without_an_end_points_upwards():
    lines = [line.get("points") for line in drawn(show_whiskers()).iter(f"{SVG}polyline")]

    assert [len(points.split(" ")) for points in lines] == [3, 2, 2, 2]


def test_axis_of_whiskers_has_tenfold_steps():
    shown = texts(show_whiskers())

    assert {"\u20681\u2069", "\u206810\u2069", "\u20681\u202f000\u2069"} <= set(shown)


def test_whole_has_a_line_to_each_part_and_to_the_rest():
    rows = [Part("24", "Dagestan"), Part("3", "Chechnya"), Part("3", "not told", known=False)]

    picture = parts(Part("30", "the whole"), rows, title="Parts", description="24 + 3 = 27")

    assert [line.get("class") for line in drawn(picture).iter(f"{SVG}polyline")] == [
        "kw-chart__branch",
        "kw-chart__branch",
        "kw-chart__branch kw-chart__branch--open",
    ]
    assert len(boxes(picture)) == 4


def test_whole_stands_on_the_right_where_one_reads_from_there():
    picture = parts(
        Part("30", "a"), [Part("1", "b")], title="Parts", description="x", mirrored=True
    )

    assert boxes(picture)[-1][1] == 660.0 - 1.0 - 150.0
