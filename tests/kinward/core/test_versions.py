from __future__ import annotations

from pathlib import Path

import pytest
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from kinward.core import versions
from kinward.core.errors import problem

TEMPLATES = Path(versions.__file__).parents[1] / "templates"
parts = st.lists(st.text(max_size=5), max_size=3)


@given(left=parts, right=parts)
def test_version_is_the_same_for_the_same_state_and_no_other(left, right):
    same = versions.version_of(*left) == versions.version_of(*right)

    assert same is (left == right)


def test_version_is_what_the_document_says():
    assert len(versions.version_of("x")) == versions.LENGTH


@pytest.mark.parametrize(
    ("seen", "overtaken"), [(None, False), ("a", False), ("b", True), ("", True), ("é", True)]
)
def test_what_was_seen_is_overtaken_by_anything_else(seen, overtaken):
    assert versions.overtaken(seen, "a") is overtaken


@pytest.mark.parametrize("tag", ["", "*", "a", 'W/"a"', '"a", "b"'])
def test_machine_names_exactly_one_version(tag):
    request = RequestFactory().post("/api/x/", headers={"if-match": tag} if tag else {})

    with pytest.raises(versions.VersionMissing) as refused:
        versions.matched(request)

    assert problem(refused.value)["status"] == 428


def test_machine_sends_the_version_it_was_told():
    response = HttpResponse()
    versions.tell_version(response, "a1")

    request = RequestFactory().post("/api/x/", headers={"if-match": response["ETag"]})

    assert versions.matched(request) == "a1"


def test_form_sends_the_version_it_was_made_from():
    field = Template("{% seen version %}").render(Context({"version": "a1"}))

    assert field == '<input type="hidden" name="seen" value="a1">'
    assert versions.seen_in(RequestFactory().post("/x/", {"seen": "a1"})) == "a1"
    assert versions.seen_in(RequestFactory().post("/x/")) == ""


def test_free_text_is_found_whatever_stands_before_its_name():
    request = RequestFactory().post(
        "/x/", {"undo-reason": "one", "text": "two", "reason": " ", "state": "given"}
    )

    assert versions.written_in(request) == ["one", "two"]


def test_conflict_tells_a_machine_both_versions():
    conflict = versions.Conflict("Read it anew.", had="a", stands="b", now={"round": 2}, by="Zaur")

    told = problem(conflict)

    assert (told["status"], told["had"], told["stands"]) == (409, "a", "b")
    assert (told["now"], told["changed_by"], told["changed_at"]) == ({"round": 2}, "Zaur", None)


# Forms that judge or answer nothing that stands, or something that is answered once and tells who
# did it first; each with its reason.
WITHOUT_A_VERSION = {
    "register.html": "a new child",
    "take.html": "a new request",
    "take_list.html": "a new list",
    "bring.html": "a new list",
    "undo.html": "takes back what stands then, each statement once",
    "archive.html": "a new request; what is handed over is what was agreed to",
    "list_columns.html": "another reading, beside those there are",
    "mend_row.html": "the address names the row that is mended",
    "groups.html": "begins a new group",
    "group_common.html": "one’s own draft: nobody else changes it",
    "group_child.html": "likewise",
    "check_group.html": "likewise",
    "discard_group.html": "likewise",
    "add.html": "a new place",
    "conflict.html": "both values stay; that one is settled is asked behind the lock",
    "machines.html": "a token is ended once",
    "sign.html": "a signature beside those that stand",
    "place.html": "another judgement, beside those there are",
    "plan.html": "a new operation",
    "form.html": "rows beside those there are; a version of a manifest is named by its address",
    "add_source.html": "a new source",
    "source.html": "a new figure, beside those there are",
    "add_copy.html": "a new copy of a page",
    "read.html": "each number of a text is decided once; who comes second is told",
    "claim.html": "a link or a check, beside those there are; each is taken back or given once",
    "correct.html": "the address names the figure that is corrected, which is done once",
    "draft.html": "a new release",
    "release.html": "agreed, turned down, published and withdrawn once",
    "meaning.html": "another meaning, beside those there are; the last one stands",
    "steps.html": "begins a new child",
    "step.html": "one’s own draft: nobody else changes it",
    "check_child.html": "likewise",
    "discard_child.html": "likewise",
    "add_statement.html": "the address names the statement that is corrected",
    "count.html": "one’s own count; whoever is done changes nothing any more",
    "checkpoint.html": "closed once, upon what stands then",
    "on_the_way.html": "adds what was decided or what happened, beside what there is",
    "hand_over.html": "a new minute",
    "bands.html": "makes what is missing",
    "reconciliation.html": "closed once, upon what stands then",
    "withdraw_statement.html": "the address names the statement, which is withdrawn once",
    "child_files.html": "a new file; one is withdrawn once",
    "erasures.html": "a new request to erase",
    "emergency.html": "opens a child for oneself",
    "refer.html": "a child is offered once at a time",
    "questions.html": "a question is answered once",
    "search.html": "asks only",
    "interview.html": "answers are captured once, and so is what was pointed at",
    "verifying.html": "adds an explanation, photographs or a test; each once where it counts",
    "tracing.html": "adds what was done; what came of it is recorded once",
    "open_account.html": "a new account",
    "export.html": "a new request; what is handed out is compared with what was agreed to",
    "exports.html": "made once, and only if the list is still what was agreed to",
    "recomputing.html": "one that is under way goes on, and no other is begun",
    "mail.html": "one’s own choice: nobody else changes it",
    "approvals.html": "answered once",
    "referrals.html": "answered once",
    "emergencies.html": "reviewed once",
    "waiting.html": "answered once",
    "documents.html": "another document, beside those there are",
    "letter.html": "put into use once",
    "best_form.html": "a new assessment, report or opinion; a report is decided on once",
    "home_form.html": "something more of a home, beside what there is; one home at a time",
    "consent_again.html": "the address names the answer, and only the last one is asked again",
    "document.html": "a new document, beside those there are",
    "note.html": "said once of a document",
    "check.html": "another comparison, beside those there are",
    "health_form.html": "a new entry, beside those there are; one is ended once",
    "assign.html": "another assignment, beside those there are",
    "assign_many.html": "likewise",
    "news.html": "says what one has seen oneself",
    "filters.html": "keeps a view for oneself, once",
    "work.html": "lets go of one’s own view",
    "assignment.html": "ended once",
    "task.html": "ended once",
    "child_holds.html": "a new hold, beside those there are",
    "due.html": "an address of one’s own",
    "tasks_about.html": "another task, beside those there are",
    "hold.html": "a new request to lift",
    "holds.html": "a new hold",
    "jobs.html": "tried again, whatever became of it",
    "verification.html": "asks only",
}
# Of one form among several on a page: closing protects whatever became of the account, the answers
# to what was asked about it name that, and revealing changes nothing.
EXCEPT = ("access:close_account", "asked.pk", "tracing:reveal")


def test_every_form_that_judges_what_stands_says_what_was_seen():
    silent = {
        file.name
        for file in TEMPLATES.rglob("*.html")
        for form in file.read_text().split("<form")[1:]
        if "{% once %}" in form.partition("</form>")[0]
        if "{% seen " not in form.partition("</form>")[0]
        if not any(each in form.partition("</form>")[0] for each in EXCEPT)
    }

    assert silent == set(WITHOUT_A_VERSION)
