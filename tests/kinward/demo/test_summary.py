from __future__ import annotations

from kinward.demo.summary import Figures, figures, rank, table
from kinward.demo.truth import Tie

TIES = [
    Tie("C-first", "R-1", "S-1"),
    Tie("C-first", "R-2", "S-2"),
    Tie("C-third", "R-3", "S-3"),
    Tie("C-late", "R-4", "S-4"),
    Tie("C-silent", "R-5", "S-5"),
    Tie("C-unsought"),
    Tie("C-mistaken"),
    Tie("C-refused", "R-6", "S-6", consent="refused"),
    Tie("C-withdrawn", "R-7", "S-7", consent="withdrawn"),
]
SHOWN = {
    "C-first": ["R-2", "R-9"],
    "C-third": ["R-9", "R-8", "R-3"],
    "C-late": ["R-9", "R-8", "R-7", "R-4"],
    "C-mistaken": ["R-9"],
    "C-withdrawn": ["R-7"],
}
COUNTED = Figures(
    not_traced=2,
    shown_unlawfully=1,
    asked=4,
    first=1,
    among_three=2,
    shown_too_late=1,
    none_wrongly=1,
    never_asked=2,
    none_rightly=1,
    others_shown=1,
)


def test_figures_count_each_child_once():
    assert figures(TIES, SHOWN) == COUNTED


def test_figures_of_nothing_are_zero():
    assert figures([], {}) == Figures(
        not_traced=0,
        shown_unlawfully=0,
        asked=0,
        first=0,
        among_three=0,
        shown_too_late=0,
        none_wrongly=0,
        never_asked=0,
        none_rightly=0,
        others_shown=0,
    )


def test_figures_say_nothing_of_other_children():
    assert figures([Tie("C-one", "R-1", "S-1")], {"C-other": ["R-1"]}).none_wrongly == 1


def test_rank_is_that_of_the_first_of_several_requests():
    assert rank({"R-2", "R-3"}, ["R-1", "R-3", "R-2"]) == 2


def test_rank_is_zero_where_the_family_is_not_shown():
    assert rank({"R-2"}, ["R-1"]) == 0


def test_table_gives_every_number_with_its_whole():
    lines = table(COUNTED)

    assert [line.split()[-3:] for line in lines[1:5]] == [
        ["1", "of", "4"],
        ["2", "of", "4"],
        ["1", "of", "4"],
        ["1", "of", "4"],
    ]
    assert lines[0].split()[-1] == "4"
    assert lines[5].split()[-1] == "2"
    assert [line.split()[-3:] for line in lines[6:8]] == [["1", "of", "2"], ["1", "of", "2"]]
    assert lines[8].split()[-1] == "2"
    assert lines[9].split()[-3:] == ["1", "of", "2"]
