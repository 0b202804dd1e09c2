"""How lists of candidates and of requests are narrowed and ordered."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.narrowing import Narrowing
from kinward.tracing.rules import Band

SHOWN: Final = (
    ("to_review", _("Wait for you")),
    ("disputed", _("Wait for a third opinion")),
    ("confirmed", _("Confirmed")),
    ("to_decide", _("To be decided")),
    ("rejected", _("Rejected")),
    ("all", _("All")),
)


class NarrowCandidates(Narrowing):
    """Which candidates are shown, and which first; also of one child, family or request."""

    show = forms.ChoiceField(choices=SHOWN, initial="to_review", widget=forms.HiddenInput)
    child = forms.UUIDField(required=False, widget=forms.HiddenInput)
    group = forms.UUIDField(required=False, widget=forms.HiddenInput)
    request = forms.UUIDField(required=False, widget=forms.HiddenInput)
    band = forms.ChoiceField(
        label=_("How likely"),
        choices=[
            ("", _("any")),
            (Band.VERY_LIKELY, _("very likely the same")),
            (Band.LIKELY, _("likely the same")),
            (Band.POSSIBLE, _("possibly the same")),
        ],
        required=False,
    )
    found = forms.ChoiceField(
        label=_("Found"),
        choices=[
            ("", _("at any time")),
            ("week", _("in the last seven days")),
            ("long", _("more than thirty days ago")),
        ],
        required=False,
    )
    together = forms.ChoiceField(
        label=_("The child was found"),
        choices=[("", _("alone or with others")), ("no", _("alone")), ("yes", _("with others"))],
        required=False,
    )
    sort = forms.ChoiceField(
        label=_("First"),
        choices=[
            ("strongest", _("the strongest")),
            ("oldest", _("what waits longest")),
            ("newest", _("what was found last")),
        ],
        initial="strongest",
        required=False,
    )


class NarrowRequests(Narrowing):
    """Which requests come first."""

    sort = forms.ChoiceField(
        label=_("First"),
        choices=[("newest", _("the last taken")), ("oldest", _("what waits longest"))],
        initial="newest",
        required=False,
    )
