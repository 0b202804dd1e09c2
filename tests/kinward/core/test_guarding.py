"""What free text beside a person may hold, and what is said where it may not."""

from __future__ import annotations

import pytest
from django import forms
from django.http import QueryDict
from django.utils.translation import override

from kinward.core.errors import problem
from kinward.core.forms import Answering, Form, Guard, Keeping
from kinward.core.guarding import WordsRefused, objection, refuse_words, words_for

STR = "D3S1358 15,16"


class Told(Form):
    guarded = {"name": Guard.NAME, "told": Guard.TOLD, "reason": Guard.OWN}

    name = forms.CharField(required=False)
    told = forms.CharField(required=False)
    reason = forms.CharField(required=False)


def errors(**typed):
    data = QueryDict(mutable=True)
    data.update(typed)
    form = Told(data)
    form.is_valid()
    return {
        name: [each.code for each in form.errors.as_data()[name]] for name in form.errors
    }, form.waits_for_a_reason


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"told": "He went to school."}, ({}, False)),
        ({"told": "son of a terrorist"}, ({"told": ["labelled"]}, True)),
        ({"told": "son of a terrorist", "keep_because": "Her own words."}, ({}, False)),
        ({"told": "осуждена за"}, ({"told": ["labelled"]}, True)),
        ({"told": STR, "keep_because": "Her own words."}, ({"told": ["refused"]}, False)),
        ({"name": "Isis"}, ({}, False)),
        ({"name": STR}, ({"name": ["refused"]}, False)),
        ({"reason": "боевик", "keep_because": "So."}, ({"reason": ["refused"]}, False)),
    ],
)
def test_form_reads_each_field_as_whose_words_it_holds(typed, expected):
    assert errors(**typed) == expected


def test_reason_to_keep_words_may_not_repeat_them():
    assert not Keeping({"keep_because": "because he is a terrorist"}).is_valid()


@pytest.mark.parametrize(
    ("typed", "valid"),
    [
        ({"keep": "yes"}, True),
        ({"keep": "no"}, False),
        ({"keep": "no", "reason": "It helps nobody."}, True),
        ({}, False),
    ],
)
def test_second_person_gives_a_reason_where_words_are_hidden(typed, valid):
    assert Answering(typed).is_valid() == valid


def test_refusal_names_the_field_and_why_to_a_machine():
    with pytest.raises(WordsRefused) as refused:
        refuse_words("He is a terrorist", field="reason")

    told = problem(refused.value)
    assert (told["status"], told["field"], told["reason"]) == (409, "reason", "label")
    assert "terrorist" in told["detail"]


def test_ordinary_words_are_not_refused():
    assert refuse_words("The dates agree.", field="reason") is None


@pytest.mark.parametrize("text", ["боевик", "convicted of", STR, ", ".join(["0.1234"] * 40) + ","])
@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_every_objection_is_said_in_every_language(text, language):
    with override(language):
        said = words_for(objection(text), may_keep=True)

    assert len(said) > 40
    assert "%(" not in said
