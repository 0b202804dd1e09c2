"""The forms of the field: what they ask is there, in every language, under a version."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils.translation import override

from kinward.field.definitions import FORMS, Type
from kinward.people.properties import PROPERTIES

EVERY_FORM = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


def words_in(told):
    if isinstance(told, dict) and set(told) == {"en", "ru", "ar"}:
        yield told
    elif isinstance(told, dict):
        for each in told.values():
            yield from words_in(each)
    elif isinstance(told, list):
        for each in told:
            yield from words_in(each)


@EVERY_FORM
def test_form_is_worded_in_every_language(form):
    same = [
        each["en"]
        for each in words_in(form.told())
        if each["en"] in {each["ru"], each["ar"]} or not all(each.values())
    ]

    assert same == []


@EVERY_FORM
def test_form_names_each_question_once(form):
    names = [each.name for group, each in form.questions() if not group.repeat]
    names += [group.name for group in form.groups if group.repeat]

    # What is said of a count and of a request stands under the name of its group as well.
    assert sorted(set(names)) == sorted(names)


@EVERY_FORM
def test_questions_lead_to_kinds_of_fact_that_there_are(form):
    stated = {each.property for _group, each in form.questions() if each.property}

    assert stated <= set(PROPERTIES)


@EVERY_FORM
def test_choices_are_there_to_be_chosen(form):
    lacking = [
        each.name
        for _group, each in form.questions()
        if each.type == Type.CHOICE and not each.choices
    ]

    assert lacking == []


@EVERY_FORM
def test_conditions_name_questions_of_the_form(form):
    known = {each.name: each for _group, each in form.questions()}
    conditions = [each.relevant for _group, each in form.questions() if each.relevant]

    assert [
        each
        for each in conditions
        if each.equals not in {choice.name for choice in known[each.question].choices}
    ] == []


@EVERY_FORM
def test_version_is_the_same_in_every_language(form):
    with override("ru"):
        in_russian = form.version

    assert in_russian == form.version


@EVERY_FORM
def test_version_changes_with_a_word(form):
    assert replace(form, title="Another title").version != form.version
