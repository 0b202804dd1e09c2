"""Moving in, a visit, that it could not go on, closing the case and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Day
from kinward.placement.actions import Broken, Closing, MovedIn, Visited
from kinward.placement.forms.homes import CarerForm, HomeForm, own, text, yes_or_no
from kinward.placement.models import Where
from kinward.placement.rules import is_seen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kinward.core.forms import Guard


class LivingForm(CarerForm):
    """That the child lives with a carer."""

    guarded: ClassVar[Mapping[str, Guard]] = own("siblings", "arranged")

    moved_on = Day(label=_("On which day did the child move in?"))
    siblings = text(
        _("Do brothers and sisters live there too? What shows it?"),
        _("Leave it empty if there are none, or if they live elsewhere."),
        required=False,
        rows=2,
    )
    arranged = text(
        _("What is arranged?"),
        _("School, doctor, papers, money, and whom the carer calls when it is hard."),
    )

    def said(self) -> MovedIn:
        """Return that the child moved in."""
        return MovedIn(**self.cleaned_data)


class VisitForm(HomeForm):
    """A visit. Whether the child was seen comes first."""

    guarded: ClassVar[Mapping[str, Guard]] = own("why_not", "view", "changed")

    seen = yes_or_no(_("Was the child seen?"), _("With one’s own eyes. A call does not count."))
    why_not = text(_("If not: why not?"), required=False, rows=2)
    visited_on = Day(label=_("On which day was the visit?"))
    where = forms.ChoiceField(label=_("Where?"), choices=Where, widget=forms.RadioSelect)
    view = text(_("What does the child say itself?"), required=False)
    changed = text(
        _("What changed since the last visit?"),
        _("In the household, at school, in its health, in who visits. If nothing: that."),
    )
    settled = yes_or_no(_("Has the child settled there?"))
    next_on = Day(label=_("When is the next visit?"))

    def clean(self) -> dict[str, Any]:
        """Ask why the child was not seen; nobody sees one by telephone."""
        said = super().clean()
        seen, why_not = said.get("seen"), said.get("why_not", "").strip()
        if seen is False and not why_not:
            self.add_error("why_not", _("Say why the child was not seen."))
        if seen and why_not:
            self.add_error("why_not", _("Leave it empty where the child was seen."))
        if seen and not is_seen(said.get("where", ""), seen=True):
            self.add_error("where", _("Nobody sees a child by telephone."))
        if seen is False and said.get("settled"):
            self.add_error("settled", _("Nobody can say so who has not seen the child."))
        days = said.get("visited_on"), said.get("next_on")
        if days[0] and days[1] and days[1] <= days[0]:
            self.add_error("next_on", _("The next visit is after this one."))
        return said

    def said(self) -> Visited:
        """Return the visit."""
        return Visited(**self.cleaned_data)


class BreakdownForm(HomeForm):
    """That it could not go on where the child lives."""

    guarded: ClassVar[Mapping[str, Guard]] = own("why", "view", "now_at")

    ended_on = Day(label=_("Since which day does the child not live there?"))
    why = text(_("Why could it not go on?"), _("What happened. Nobody is blamed."))
    view = text(_("What does the child say itself?"), _("If it was not asked: why not."))
    now_at = text(_("Where does the child sleep now, and who is with it?"), rows=2)

    def said(self) -> Broken:
        """Return that it could not go on."""
        return Broken(**self.cleaned_data)


class ClosingForm(HomeForm):
    """That the case be closed."""

    guarded: ClassVar[Mapping[str, Guard]] = own("child_says", "carer_says", "feedback", "why")

    child_says = text(
        _("May the case close? What the child says"), _("If it was not asked: why not.")
    )
    carer_says = text(_("What the carer says"), _("If nobody asked: why not."))
    feedback = text(_("How were the child and the carer treated, in their own words?"))
    keep_until = Day(label=_("Until which day is the file kept?"))
    why = text(_("Why may it close now?"), rows=2)

    def said(self) -> Closing:
        """Return that it be closed."""
        return Closing(**self.cleaned_data)


class ReasonForm(HomeForm):
    """Why a case is closed, or opened again."""

    guarded: ClassVar[Mapping[str, Guard]] = own("reason")

    reason = text(_("Why, in your own words?"))

    def said(self) -> str:
        """Return the reason."""
        return str(self.cleaned_data["reason"])
