"""Addresses of children."""

from __future__ import annotations

from django.urls import path, register_converter

from kinward.people.properties import PROPERTIES
from kinward.people.views import (
    children,
    consents,
    erasures,
    family,
    files,
    groups,
    holds,
    letters,
    lists,
    places,
    printouts,
    rosters,
    statements,
    steps,
    telling,
)


class PropertyConverter:
    """A kind of fact in an address."""

    regex = "|".join(PROPERTIES)

    def to_python(self, value: str) -> str:
        """Return the id of the property."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it stands in the address."""
        return value


register_converter(PropertyConverter, "property")

app_name = "people"
urlpatterns = [
    path("children/", children.children, name="children"),
    path("children/print/", children.print_children, name="print_children"),
    path("children/register/", children.register, name="register"),
    path("children/<uuid:child_id>/", children.child, name="child"),
    path("children/<uuid:child_id>/facts/", children.facts, name="facts"),
    path(
        "children/<uuid:child_id>/facts/<property:kind>/",
        statements.add_statement,
        name="add_statement",
    ),
    path(
        "children/<uuid:child_id>/facts/<property:kind>/settle/",
        statements.settle,
        name="settle",
    ),
    path(
        "children/<uuid:child_id>/statements/<uuid:statement_id>/withdraw/",
        statements.withdraw,
        name="withdraw_statement",
    ),
    path(
        "children/<uuid:child_id>/words/<uuid:statement_id>/",
        children.answer_for_words,
        name="answer_for_words",
    ),
    path("children/<uuid:child_id>/family/", family.family, name="family"),
    path("children/<uuid:child_id>/places/", places.places, name="places"),
    path("children/<uuid:child_id>/files/", files.files, name="files"),
    path("children/<uuid:child_id>/files/<uuid:file_id>/", files.open_file, name="open_file"),
    path("children/<uuid:child_id>/files/<uuid:file_id>/reveal/", files.reveal, name="reveal"),
    path(
        "children/<uuid:child_id>/files/<uuid:file_id>/withdraw/", files.withdraw, name="withdraw"
    ),
    path("children/<uuid:child_id>/consent/", consents.consent, name="consent"),
    path("children/<uuid:child_id>/documents/", printouts.documents, name="documents"),
    path(
        "children/<uuid:child_id>/documents/<uuid:printout_id>/",
        printouts.take_document,
        name="take_document",
    ),
    path("documents/consent-form/", printouts.blank_form, name="blank_form"),
    path("letters/", letters.letters, name="letters"),
    path("letters/new/", letters.write, name="write_letter"),
    path("letters/<uuid:letter_id>/", letters.letter, name="letter"),
    path("letters/<uuid:letter_id>/change/", letters.write, name="change_letter"),
    path("letters/<uuid:letter_id>/use/", letters.use, name="use_letter"),
    path(
        "children/<uuid:child_id>/consent/<uuid:consent_id>/again/",
        consents.ask_again,
        name="ask_again",
    ),
    path("children/<uuid:child_id>/timeline/", children.timeline, name="timeline"),
    path("children/<uuid:child_id>/log/", telling.history, name="history"),
    path("children/<uuid:child_id>/log/file/", telling.history_file, name="history_file"),
    path("children/<uuid:child_id>/log/print/", telling.history_print, name="history_print"),
    path("children/register/alike/", children.alike, name="alike"),
    path("children/steps/", steps.begin, name="begin"),
    path("children/steps/<uuid:begun_id>/", steps.tasks, name="tasks"),
    path("children/steps/<uuid:begun_id>/<int:number>/", steps.step, name="step"),
    path("children/steps/<uuid:begun_id>/check/", steps.check, name="check_child"),
    path("groups/", groups.groups, name="groups"),
    path("groups/<uuid:draft_id>/<int:number>/", groups.page, name="group_page"),
    path("groups/<uuid:draft_id>/<int:number>/keep/", groups.keep, name="keep_page"),
    path("groups/<uuid:draft_id>/check/", groups.check, name="check_group"),
    path("groups/<uuid:draft_id>/discard/", groups.discard, name="discard_group"),
    path("lists/", lists.lists, name="lists"),
    path("lists/new/", lists.take, name="take_list"),
    path("lists/<uuid:list_id>/", lists.check, name="list"),
    path("lists/<uuid:list_id>/columns/", lists.columns, name="list_columns"),
    path("lists/<uuid:list_id>/rows/<uuid:row_id>/", lists.mend, name="mend_row"),
    path("lists/<uuid:list_id>/waiting/", lists.waiting, name="list_waiting"),
    path("places/<str:code>/rosters/", rosters.rosters, name="rosters"),
    path("erasures/", erasures.erasures, name="erasures"),
    path("erasures/<uuid:erasure_id>/", erasures.erasure, name="erasure"),
    path("retention/", erasures.retention, name="retention"),
    path("holds/", holds.holds, name="holds"),
    path("holds/new/", holds.hold, name="hold"),
    path("holds/<uuid:hold_id>/lift/", holds.lift, name="lift_hold"),
    path("names/reading/", children.reading, name="reading"),
]
