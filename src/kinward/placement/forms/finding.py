"""Which region is asked, who may care for the child, and what was seen and decided of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kinward.core.forms import Day, Form, Guard, choose
from kinward.people.relations import RELATIONS
from kinward.placement.actions import Decided, Encounter, Named, Planned, Seen
from kinward.placement.forms.homes import CarerForm, HomeForm, own, text, yes_or_no
from kinward.placement.models import Act, CarerKind, Heard, Met, Suits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class RegionForm(Form):
    """The region that is asked to find a home."""

    guarded: ClassVar[Mapping[str, Guard]] = {"reason": Guard.OWN}

    region = forms.ChoiceField(label=_("Which region?"))
    reason = text(_("Why there?"), _("Where relatives live, or where the child is to be placed."))

    def __init__(
        self, *arguments: Any, offices: Iterable[tuple[str, str]] = (), **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        choose(self, "region", [("", _("choose a region")), *offices])


class PlanForm(HomeForm):
    """Care without the family."""

    guarded: ClassVar[Mapping[str, Guard]] = own("why", "plan", "view")

    why = text(_("What was tried to find a family that can care for the child?"))
    plan = text(
        _("How is the child cared for instead?"),
        _("A family before a home, near those the child is close to, siblings together."),
    )
    view = text(_("What does the child want?"), _("In its own words. If not heard: why not."))
    review_on = Day(label=_("When is it looked at again?"))

    def said(self) -> Planned:
        """Return the plan."""
        return Planned(**self.cleaned_data)


class NameForm(HomeForm):
    """Somebody who may care for the child."""

    guarded: ClassVar[Mapping[str, Guard]] = own("address", "why") | {"name": Guard.NAME}

    verified = forms.ChoiceField(
        label=_("Is it a relative whose family is verified?"), required=False
    )
    kind = forms.ChoiceField(label=_("What are they?"), choices=CarerKind, widget=forms.RadioSelect)
    relation = forms.ChoiceField(
        label=_("If a relative: what are they to the child?"), required=False
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    address = text(
        _("Where do they live, and how are they reached safely?"),
        _("It is kept as closely as where the child is."),
        rows=2,
    )
    why = text(_("Why they, and what do they say themselves?"))
    for_now = yes_or_no(_("Only until somebody is found for good?"))
    known_on = Day(
        label=_("Since which day is it known that they may?"),
        help_text=_("Leave it empty if since today. What is seen and decided of them comes after."),
        required=False,
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.kin = {str(each.verified): each for each in self.home.proposals if each.verified}
        known = [
            (key, f"{RELATIONS[each.relation].label} \u2068{', '.join(each.names)}\u2069")
            for key, each in self.kin.items()
        ]
        relations = [(each.id, each.label) for each in RELATIONS.values()]
        choose(self, "verified", [("", _("no")), *known])
        if not known:
            del self.fields["verified"]
        choose(self, "relation", [("", _("no relative")), *relations])

    def clean(self) -> dict[str, Any]:
        """Ask of a relative what they are to the child, and of nobody else."""
        said = super().clean()
        if kin := self.kin.get(said.get("verified", "")):
            said["relation"] = said.get("relation") or kin.relation
        kin_told = said.get("kind") == CarerKind.RELATIVE
        if said.get("kind") and kin_told != bool(said.get("relation")):
            self.add_error(
                "relation", _("Say what a relative is to the child, and of others nothing.")
            )
        return said

    def said(self) -> Named:
        """Return who was named."""
        said = self.cleaned_data
        verified = self.home.verified.get(said.get("verified", ""))
        return Named(**said | {"verified": verified, "kind": CarerKind(said["kind"])})


class HouseholdForm(CarerForm):
    """What was seen of a household."""

    guarded: ClassVar[Mapping[str, Guard]] = own("lives_there", "looked_at", "why")

    seen_on = Day(label=_("On which day was it seen?"))
    lives_there = text(
        _("Who lives there?"), _("What they are to the child, a line each, and how old.")
    )
    looked_at = text(
        _("What was looked at?"),
        _("Where the child sleeps, food, warmth, school, who is at home, how they speak of it."),
        rows=5,
    )
    suits = forms.ChoiceField(
        label=_("What do you recommend?"), choices=Suits, widget=forms.RadioSelect
    )
    why = text(_("Why, and with what support?"))

    def said(self) -> Seen:
        """Return what was seen."""
        return Seen(**self.cleaned_data | {"suits": Suits(self.cleaned_data["suits"])})


class MeetingForm(CarerForm):
    """That the child and a carer met."""

    guarded: ClassVar[Mapping[str, Guard]] = own("view")

    met_on = Day(label=_("On which day did they meet?"))
    how = forms.ChoiceField(label=_("How?"), choices=Met, widget=forms.RadioSelect)
    heard = forms.ChoiceField(
        label=_("How is the child’s own view known?"), choices=Heard, widget=forms.RadioSelect
    )
    view = text(
        _("What does the child want?"),
        _("In its own words. If it was not heard: why not, and when it will be."),
    )

    def said(self) -> Encounter:
        """Return the meeting."""
        return Encounter(**self.cleaned_data)


class GuardianshipForm(CarerForm):
    """What the authority of the region decided."""

    guarded: ClassVar[Mapping[str, Guard]] = own("authority", "reference", "reason")

    act = forms.ChoiceField(label=_("What was decided?"), choices=Act, widget=forms.RadioSelect)
    authority = forms.CharField(label=_("Which authority, and where?"), max_length=200)
    reference = forms.CharField(label=_("Under which number?"), max_length=100)
    decided_on = Day(label=_("On which day?"))
    holds_from = Day(label=_("From when on does it hold?"), required=False)
    holds_until = Day(label=_("Until when does it hold, that day included?"), required=False)
    reason = text(_("On what conditions, or why not?"), required=False, rows=2)

    def clean(self) -> dict[str, Any]:
        """Ask for the days that go with what was decided."""
        said = super().clean()
        act, start, end = (said.get(each) for each in ("act", "holds_from", "holds_until"))
        if act in {Act.INTERIM, Act.PERMANENT} and not start and "holds_from" not in self.errors:
            self.add_error("holds_from", _("Say from which day on it holds."))
        if act == Act.INTERIM and not end and "holds_until" not in self.errors:
            self.add_error("holds_until", _("Say until which day it holds."))
        if start and end and end < start:
            self.add_error("holds_until", _("It would end before it begins."))
        if act == Act.REFUSED and not said.get("reason", "").strip():
            self.add_error("reason", _("Give a reason in your own words."))
        return said

    def said(self) -> Decided:
        """Return what was decided."""
        return Decided(**self.cleaned_data | {"act": Act(self.cleaned_data["act"])})
