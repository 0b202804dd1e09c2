"""How the list of children is narrowed and ordered."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.narrowing import Narrowing


class NarrowChildren(Narrowing):
    """Which children are shown, and who first."""

    assigned = forms.ChoiceField(
        label=_("Assigned"),
        choices=[("", _("or not")), ("no", _("to nobody")), ("yes", _("to somebody"))],
        required=False,
    )
    traced = forms.ChoiceField(
        label=_("May be looked for"),
        choices=[("", _("or not")), ("yes", _("yes")), ("no", _("no: no consent"))],
        required=False,
    )
    together = forms.ChoiceField(
        label=_("The child was found"),
        choices=[("", _("alone or with others")), ("no", _("alone")), ("yes", _("with others"))],
        required=False,
    )
    sort = forms.ChoiceField(
        label=_("First"),
        choices=[("newest", _("the last registered")), ("oldest", _("the first registered"))],
        initial="newest",
        required=False,
    )
