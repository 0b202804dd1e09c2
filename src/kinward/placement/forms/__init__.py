"""The forms about a child's home, one module for each part of the way."""

from kinward.placement.forms.finding import (
    GuardianshipForm,
    HouseholdForm,
    MeetingForm,
    NameForm,
    PlanForm,
    RegionForm,
)
from kinward.placement.forms.homes import HomeForm
from kinward.placement.forms.living import (
    BreakdownForm,
    ClosingForm,
    LivingForm,
    ReasonForm,
    VisitForm,
)
from kinward.placement.forms.mothers import ContactForm, MotherForm, TellForm, ToldForm

__all__ = [
    "BreakdownForm",
    "ClosingForm",
    "ContactForm",
    "GuardianshipForm",
    "HomeForm",
    "HouseholdForm",
    "LivingForm",
    "MeetingForm",
    "MotherForm",
    "NameForm",
    "PlanForm",
    "ReasonForm",
    "RegionForm",
    "TellForm",
    "ToldForm",
    "VisitForm",
]
