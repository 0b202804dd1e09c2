"""A relative, as they are told of: who they are, whether they live, whether they may be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Guard, choose
from kinward.people.forms.answers import SEXES, AnswerForm
from kinward.people.naming import script_of
from kinward.people.relations import AGREEMENTS, LIVES, RELATIONS, SIDES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

YES_OR_NO: Final = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]
AGREED: Final = [("", _("not asked")), *AGREEMENTS.items()]


class KinForm(AnswerForm):
    """One relative. No name is mandatory; what they are to the child is."""

    guarded: ClassVar[Mapping[str, Guard]] = {
        "text": Guard.NAME,
        "parent": Guard.NAME,
        "why": Guard.TOLD,
    }
    field_order = (
        "relation",
        "text",
        "sex",
        "life",
        "held",
        "together",
        "agrees",
        "told",
        "why",
        "parent",
        "record",
        "answer",
    )

    relation = forms.ChoiceField(label=_("What is the relative to the child?"), required=False)
    text = forms.CharField(
        label=_("Name"),
        help_text=_("In any script, as it was said. Leave empty if nobody knows it."),
        required=False,
        max_length=500,
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("not known")), *SEXES], required=False)
    life = forms.ChoiceField(
        label=_("Is the relative alive?"),
        choices=[("", _("not known")), *LIVES.items()],
        required=False,
    )
    held = forms.ChoiceField(label=_("In prison or detention?"), choices=YES_OR_NO, required=False)
    together = forms.ChoiceField(
        label=_("Did they live together before?"), choices=YES_OR_NO, required=False
    )
    agrees = forms.ChoiceField(
        label=_("Does the child agree that this relative is contacted?"),
        choices=AGREED,
        required=False,
    )
    told = forms.ChoiceField(
        label=_("May this relative be told that the child was found?"),
        choices=AGREED,
        required=False,
    )
    why = forms.CharField(
        label=_("If not: why?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 2}),
    )
    parent = forms.CharField(
        label=_("Whose child is the relative?"),
        help_text=_(
            "Of a half-brother, step-sister or cousin: the name of the other wife, the husband, "
            "the uncle or aunt, as it stands on this record."
        ),
        required=False,
        max_length=500,
    )
    record = forms.CharField(
        label=_("Has the relative a record of their own?"),
        help_text=_("Its reference, if you know it: C-… of a child, S-… of a sought person."),
        required=False,
        max_length=20,
    )

    def ask(self, question: str | _StrPromise) -> None:  # noqa: ARG002 (the fields ask by themselves)
        """Offer the relations in groups, the closest first."""
        groups = [
            (
                label,
                [
                    (each.id, each.label)
                    for each in RELATIONS.values()
                    if (each.asked_with or each.side) == side
                ],
            )
            for side, label in SIDES.items()
        ]
        choose(self, "relation", [("", _("choose")), *groups])
        self.fields["record"].widget.attrs["dir"] = "ltr"

    def clean_record(self) -> str:
        """Write a reference as references are written."""
        written: str = self.cleaned_data["record"]
        return written.strip().upper()

    def value(self) -> dict[str, Any]:
        """Return the relative, with the script of the name."""
        value = super().value()
        return value | {"script": script_of(value["text"])} if "text" in value else value

    def clean(self) -> dict[str, Any]:
        """Ask for the relation, and refuse a reason for what was not refused."""
        typed = self.cleaned_data
        if self.value() and not typed.get("relation") and "relation" not in self.errors:
            self.add_error("relation", _("Choose what the relative is to the child."))
            return typed
        if typed.get("why") and "no" not in {typed.get("agrees"), typed.get("told")}:
            self.add_error("why", _("A reason belongs to “does not agree”."))
        return super().clean()
