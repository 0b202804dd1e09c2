"""Contact with the mother, and what the child has to be told of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Day, choose
from kinward.placement.actions import Agreed, Heard, InTouch, Waiting
from kinward.placement.forms.homes import HomeForm, own, text, yes_or_no
from kinward.placement.models import ContactBy, News

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kinward.core.forms import Guard


class MotherForm(HomeForm):
    """How child and mother stay in contact."""

    guarded: ClassVar[Mapping[str, Guard]] = own("held_at", "agreed", "view", "told_by")

    held_at = text(_("Where is the mother, and how is she reached?"), rows=2)
    way = forms.ChoiceField(
        label=_("How are they in contact?"), choices=ContactBy, widget=forms.RadioSelect
    )
    agreed = text(_("What is agreed?"), _("How often, through whom, and who is with the child."))
    view = text(_("What does the child want?"), _("In its own words. If not heard: why not."))
    next_on = Day(label=_("When is the next contact?"), required=False)
    free_on = Day(
        label=_("From which day on may the mother be free?"),
        help_text=_("A day that somebody told. Leave it empty where nobody knows."),
        required=False,
    )
    told_by = forms.CharField(label=_("Who told that day?"), required=False, max_length=200)
    as_of = Day(label=_("And when?"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask who told from when on the mother may be free, and when."""
        said = super().clean()
        if said.get("free_on"):
            if not said.get("told_by", "").strip():
                self.add_error("told_by", _("Say who told it."))
            if not said.get("as_of") and "as_of" not in self.errors:
                self.add_error("as_of", _("Say on which day it was told."))
        return said

    def said(self) -> Agreed:
        """Return what is agreed."""
        return Agreed(**self.cleaned_data)


class ContactForm(HomeForm):
    """A contact between child and mother."""

    guarded: ClassVar[Mapping[str, Guard]] = own("words")

    on = Day(label=_("On which day?"))
    took_place = yes_or_no(_("Were they in contact?"))
    words = text(
        _("How was the child before and after it?"), _("If there was no contact: why not.")
    )
    next_on = Day(label=_("When is the next contact?"), required=False)

    def said(self) -> InTouch:
        """Return the contact."""
        return InTouch(**self.cleaned_data)


class TellForm(HomeForm):
    """What the child has to be told of."""

    guarded: ClassVar[Mapping[str, Guard]] = own("words", "by_whom")

    news = forms.ChoiceField(label=_("Of what?"), choices=News, widget=forms.RadioSelect)
    words = text(_("What exactly, in words for the child?"))
    by_whom = forms.CharField(
        label=_("Who tells it?"),
        help_text=_("Somebody the child trusts, and who stays with it afterwards."),
        max_length=200,
    )
    by_day = Day(label=_("By which day?"))

    def said(self) -> Waiting:
        """Return what has to be told."""
        return Waiting(**self.cleaned_data)


class ToldForm(HomeForm):
    """That the child was told."""

    guarded: ClassVar[Mapping[str, Guard]] = own("words")

    of = forms.ChoiceField(label=_("Of what was the child told?"), widget=forms.RadioSelect)
    told_on = Day(label=_("On which day?"))
    words = text(_("Who told it, and how did the child take it?"), _("What it asked, and wants."))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.waiting = {str(each.pk): each for each in self.home.untold}
        choose(self, "of", [(key, each.get_news_display()) for key, each in self.waiting.items()])

    def said(self) -> Heard:
        """Return that the child was told."""
        return Heard(**self.cleaned_data | {"of": self.waiting[self.cleaned_data["of"]]})
