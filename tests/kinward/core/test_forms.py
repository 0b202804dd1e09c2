from __future__ import annotations

from django import forms
from django.urls import get_resolver

from kinward.core.forms import Form, all_valid


class Asked(Form):
    name = forms.CharField()
    note = forms.CharField(widget=forms.Textarea({"class": "wide"}), required=False)
    agreed = forms.BooleanField(required=False)
    which = forms.ChoiceField(choices=[("a", "A")], required=False, widget=forms.RadioSelect)
    kind = forms.ChoiceField(choices=[("a", "A")], required=False)


def test_form_is_never_valid_while_it_is_only_shown_again():
    form = Asked({"name": "Maryam", "switch_language": "ru"})

    assert not form.is_valid()
    assert not form.errors
    assert form["name"].value() == "Maryam"


def test_form_shows_no_errors_while_rows_are_added():
    form = Asked({"name": "", "add_another": "name"})

    assert not form.is_valid()
    assert not form.errors


def test_form_is_acted_upon_otherwise():
    assert Asked({"name": "Maryam"}).is_valid()
    assert Asked({}).errors["name"] == ["This field is required."]


def test_form_dresses_its_fields_and_lets_text_choose_its_direction():
    form = Asked()

    assert 'class="govuk-input"' in str(form["name"])
    assert 'dir="auto"' in str(form["name"])
    assert 'class="govuk-textarea wide"' in str(form["note"])
    assert 'class="govuk-checkboxes__input"' in str(form["agreed"])
    assert 'class="govuk-radios__input"' in str(form["which"])
    assert 'class="govuk-select"' in str(form["kind"])


def test_field_group_ties_label_hint_and_error_to_the_input():
    form = Asked({})

    shown = form["name"].as_field_group()

    assert '<label class="govuk-label" for="id_name">' in shown
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_name_error"' in shown
    assert 'id="id_name_error"' in shown


def test_all_valid_checks_each_so_that_every_error_is_shown():
    first, second = Asked({}), Asked({})

    assert not all_valid([first, second])
    assert first.errors == second.errors == {"name": ["This field is required."]}
    assert all_valid([Asked({"name": "Maryam"})])


def every_form(form=Form):
    for each in form.__subclasses__():
        yield each
        yield from every_form(each)


def test_every_text_has_a_longest_length():
    get_resolver().url_patterns  # noqa: B018 (loads every form)
    endless = [
        f"{form.__name__}.{name}"
        for form in every_form()
        if form.__module__.startswith("kinward.")
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField) and not isinstance(field, forms.UUIDField)
        if field.max_length is None
    ]

    # Of signing in, by Django and allauth: as long as the body of a request may be, and only ever
    # checked, or stored as a hash or a key of one length.
    assert sorted(endless) == [
        "AppForm.code",
        "ChangePasswordForm.new_password1",
        "ChangePasswordForm.new_password2",
        "ChangePasswordForm.old_password",
        "CodeAgainForm.code",
        "CodeForm.code",
        "NewPasswordForm.new_password1",
        "NewPasswordForm.new_password2",
        "PasskeyForm.credential",
        "PasswordAgainForm.password",
        "SignInForm.password",
    ]
