"""The installation under load: who stands together, how a form is filled in, what is judged."""

from __future__ import annotations

import web
from serving import caseload, visitors
from serving.installation import Installation, as_role

from kinmatch.synth.row import Row

PAGE = """<form id="language"><input type="hidden" name="to" value="ru"></form>
<form id="statement" method="post"><input type="hidden" name="csrfmiddlewaretoken" value="t0ken">
<input name="0-text"><select name="said_by"><option value="child">c</option>
<option value="worker" selected>w</option></select>
<input type="radio" name="answer" value="not_asked" checked>
<input type="radio" name="answer" value="refused">
<input name="source"><textarea name="1-text"></textarea></form>"""


def test_form_is_filled_in_as_a_person_would():
    form = visitors.Filled("аварский")

    form.feed(PAGE)

    assert form.fields == {
        "csrfmiddlewaretoken": "t0ken",
        "0-text": "аварский",
        "said_by": "worker",
        "answer": "not_asked",
        "1-text": "аварский",
    }


def test_search_is_filled_in_by_its_own_form():
    form = visitors.Filled("مريم", of="language")

    form.feed(PAGE)

    assert form.fields == {"to": "ru"}


def test_database_is_reached_as_the_role_of_the_application():
    url = "postgresql://postgres:made-up@/bench?host=/var/made-up"

    assert as_role(url) == "postgresql://kinward_web@/bench?host=/var/made-up"


def test_start_is_told_in_one_line():
    took = {"people": 2_383, "seconds": 62.54, "processor": 16.8}

    assert web.started("sqlite", 500, "read", took) == (
        "sqlite, 500 children: names of 2,383 people read within 62.5 s (16.8 s of processor time)"
    )


def test_rows_of_a_group_stand_together_and_others_alone():
    rows = [Row(id="F1", group="G"), Row(id="F2"), Row(id="F3", group="G"), Row(id="F4")]

    together = [[row.id for row in company] for company in caseload.companies(rows)]

    assert sorted(together) == [["F1", "F3"], ["F2"], ["F4"]]


def test_what_a_row_says_becomes_statements():
    row = Row(name=("رسلان",), age="7", age_as_of="2018-12-30", father=("محمد",), place=("غروزني",))

    said = {statement.property: statement.value for statement in caseload.statements(row)}

    assert said == {
        "name": {"text": "رسلان"},
        "born": {"age": 7, "as_of": "2018-12-30"},
        "father": {"text": "محمد"},
        "last_residence": {"text": "غروزني"},
    }


def person(took: dict[str, list[float]], failed: list[str]) -> visitors.Visitor:
    visitor = visitors.Visitor(1, "session=x", 0.0, 1)
    visitor.tally.took |= took
    visitor.tally.failed += failed
    return visitor


def test_slow_or_failing_acts_miss_their_goal():
    people = [person({"record": [0.1] * 99 + [9.0], "list": [0.5] * 9}, ["write: OSError"])]

    goals = web.judged(web.rows_of("sqlite", 20_000, people))

    reached = [goal.reached for goal in goals]
    assert reached == [True, True, False, True, False, False, False, True]


def test_installation_serves_whoever_is_signed_in(tmp_path):
    installation = Installation(tmp_path)
    installation.set_up()
    names = installation.told(
        "serving.caseload", "--children", "6", "--accounts", "2", "--compared", "6"
    )
    cookies = installation.told("serving.sessions")

    with installation.served() as port:
        visitor = visitors.Visitor(port, cookies[names["tracing_officer"][0]], 0.0, 1)
        visitor.open_list("/children/")
        for act in ("list", "record", "write"):
            visitor.act(act)

    assert visitor.tally.failed == []
    assert [len(seconds) for seconds in visitor.tally.took.values()] == [1, 1, 1, 0]
