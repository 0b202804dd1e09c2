from __future__ import annotations

from kinmatch.showing import SHOWN, as_html


def test_rows_stand_in_a_table_with_their_columns():
    shown = as_html([{"id": "F1", "chance": 0.98765}, {"id": "F2", "chance": 0.5}], "two")

    assert shown == (
        "<table><caption>two</caption><tr><th>id</th><th>chance</th></tr>"
        '<tr><td dir="auto">F1</td><td dir="auto">0.988</td></tr>'
        '<tr><td dir="auto">F2</td><td dir="auto">0.500</td></tr></table>'
    )


def test_what_is_written_is_never_taken_for_html():
    shown = as_html([{"<b>": "<script>alert(1)</script>"}], "<i>")

    assert "<script>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<caption>&lt;i&gt;</caption><tr><th>&lt;b&gt;</th></tr>" in shown


def test_no_row_is_a_table_too():
    assert as_html([], "none") == "<table><caption>none</caption><tr></tr></table>"


def test_only_the_first_rows_are_shown():
    assert as_html(({"id": str(one)} for one in range(1000)), "").count("<td") == SHOWN
