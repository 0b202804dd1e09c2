"""Where whoever holds a document finds out whether it is genuine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kinward.core.doors import open_to_all
from kinward.core.forms import Form
from kinward.core.printing.codes import LENGTH, plain_code
from kinward.core.printing.imprints import known_again
from kinward.core.printing.pages import SHOWN_OF_DIGEST

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

HEXADECIMALS: Final = frozenset("0123456789abcdef")


class VerifyForm(Form):
    """What somebody has of a document: its code and the line below it, or its file."""

    code = forms.CharField(
        label=_("The code"),
        help_text=_("Ten letters and digits beside the square, such as 7F3K2-9QX4M."),
        required=False,
        max_length=40,
    )
    digest = forms.CharField(
        label=_("The line below the code"),
        help_text=_("Sixteen signs. With it you also learn whether the text was changed."),
        required=False,
        max_length=80,
    )
    file = forms.FileField(
        label=_("Or the file itself"),
        help_text=_("A PDF. It is looked at and not kept."),
        required=False,
    )

    def clean_code(self) -> str:
        """Return the code as it is stored.

        Raises:
            ValidationError: it is none.
        """
        typed = str(self.cleaned_data["code"])
        code = plain_code(typed)
        if typed.strip() and len(code) != LENGTH:
            raise forms.ValidationError(_("A code has ten letters and digits."))
        return code

    def clean_digest(self) -> str:
        """Return the first sixteen signs of the line.

        Raises:
            ValidationError: it is shorter, or has other signs.
        """
        typed = "".join(str(self.cleaned_data["digest"]).lower().split())
        if typed and (len(typed) < SHOWN_OF_DIGEST or not HEXADECIMALS.issuperset(typed)):
            raise forms.ValidationError(_("The line has sixteen signs: digits and a to f."))
        return typed[:SHOWN_OF_DIGEST]

    def clean(self) -> dict[str, Any]:
        """Ask for something to look for."""
        given = self.cleaned_data
        if not (self.errors or given.get("code") or given.get("file")):
            self.add_error("code", _("Type the code, or choose the file."))
        return given


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@open_to_all
def verify(request: HttpRequest) -> HttpResponse:
    """Say whether a document was made by this programme and is unchanged, and on which day.

    A camera that reads the square brings the code and the line along in the address.
    """
    asked = request.GET if request.method != "POST" and "code" in request.GET else None
    form = VerifyForm(*((request.POST, request.FILES) if request.method == "POST" else (asked,)))
    context: dict[str, Any] = {"form": form, "wrong": [form] if form.errors else []}
    if form.is_valid():
        sent = form.cleaned_data["file"]
        finding, found = known_again(
            code=form.cleaned_data["code"],
            digest=form.cleaned_data["digest"],
            file=sent.read() if sent else None,
        )
        context |= {"finding": finding, "found": found}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "printing/verify.html", context, status=status)
