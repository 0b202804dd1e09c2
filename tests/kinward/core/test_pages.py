"""A page with forms: it acts once all are valid, and else shows all that is wrong."""

from __future__ import annotations

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser

from kinward.core.errors import RuleBroken
from kinward.core.forms import Form
from kinward.core.pages import acted, sent, show_form
from kinward.core.versions import Conflict

TEMPLATE = "error.html"


class Short(Form):
    """A form with one field."""

    word = forms.CharField(max_length=3)


class Unfit(RuleBroken):
    """It cannot be done like that."""


@pytest.fixture
def posted(rf):
    """Make a request that sends something: posted(word="yes")."""

    def made(*, asks="post", **data):
        request = getattr(rf, asks)("/", data)
        request.user = AnonymousUser()
        return request

    return made


def test_sent_is_nothing_where_a_page_is_only_asked_for(posted):
    assert sent(posted(asks="get", word="yes")) is None
    assert sent(posted(word="yes")) == {"word": ["yes"]}
    assert sent(posted()) is not None


@pytest.mark.django_db
def test_page_acts_once_every_form_is_valid(posted):
    done = []

    request = posted(word="yes")
    forms_ = [Short(sent(request)), Short({"word": "no"})]
    again = acted(request, TEMPLATE, forms_, {}, lambda: done.append(1), unfit=Unfit)

    assert (again, done) == (None, [1])


@pytest.mark.django_db
def test_page_with_a_wrong_form_does_nothing_and_checks_every_form(posted):
    done = []
    request = posted(word="too long")
    forms_ = [Short(sent(request)), Short({})]

    again = acted(request, TEMPLATE, forms_, {}, lambda: done.append(1), unfit=Unfit)

    assert (again.status_code, done) == (422, [])
    assert all(form.errors for form in forms_)


@pytest.mark.django_db
def test_page_says_above_the_form_why_it_could_not_be_done(posted):
    def act():
        raise Unfit("The paper is another child’s.")

    request = posted(word="yes")
    form = Short(sent(request))

    again = acted(request, TEMPLATE, [form], {}, act, unfit=Unfit)

    assert again.status_code == 422
    assert form.non_field_errors() == ["The paper is another child’s."]


@pytest.mark.django_db
def test_page_keeps_what_was_typed_after_a_conflict(posted):
    def act():
        raise Conflict("Somebody was here first.")

    request, context = posted(word="yes"), {}
    form = Short(sent(request))

    again = acted(request, TEMPLATE, [form], context, act, unfit=RuleBroken)

    assert (again.status_code, form.errors) == (409, {})
    assert context["conflict"].said == "Somebody was here first."


@pytest.mark.django_db
def test_form_is_shown_without_fault_where_it_is_only_asked_for(posted):
    context = {}

    page = show_form(posted(asks="get"), TEMPLATE, [Short(None)], context)

    assert (page.status_code, context["wrong"]) == (200, [])
