"""What can be recorded of a child's home, each with its form, its action and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from kinward.placement import actions, forms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.utils.functional import _StrPromise

    from kinward.placement.queries import Home


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that can be recorded. `fits` says whether it can be, as things stand."""

    heading: str | _StrPromise
    done: str | _StrPromise
    form: type[forms.HomeForm]
    act: Callable[..., object]
    fits: Callable[[Home], bool] = lambda _home: True
    as_reason: bool = False  # what the form says is a reason, and nothing else


def has_carer(home: Home) -> bool:
    """Tell whether somebody is named who may care for the child."""
    return bool(home.carers)


def has_home(home: Home) -> bool:
    """Tell whether the child lives with a carer."""
    return home.lives is not None


FOLLOWS: Final = _("It is recorded, and the case follows where it can.")
ENTRIES: Final[Mapping[str, Entry]] = {
    "carer": Entry(
        heading=_("Name somebody who may care for the child"),
        done=FOLLOWS,
        form=forms.NameForm,
        act=actions.name_carer,
    ),
    "plan": Entry(
        heading=_("Plan care without the family"),
        done=FOLLOWS,
        form=forms.PlanForm,
        act=actions.plan_care,
    ),
    "household": Entry(
        heading=_("What was seen of the household"),
        done=FOLLOWS,
        form=forms.HouseholdForm,
        act=actions.assess_household,
        fits=has_carer,
    ),
    "meeting": Entry(
        heading=_("The child and the carer met"),
        done=FOLLOWS,
        form=forms.MeetingForm,
        act=actions.record_meeting,
        fits=has_carer,
    ),
    "guardianship": Entry(
        heading=_("What the region decided on guardianship"),
        done=FOLLOWS,
        form=forms.GuardianshipForm,
        act=actions.record_guardianship,
        fits=has_carer,
    ),
    "living": Entry(
        heading=_("The child moved in"),
        done=_("It is recorded where the child lives."),
        form=forms.LivingForm,
        act=actions.move_in,
        fits=lambda home: has_carer(home) and not has_home(home),
    ),
    "visit": Entry(
        heading=_("Record a visit"),
        done=FOLLOWS,
        form=forms.VisitForm,
        act=actions.record_visit,
        fits=has_home,
    ),
    "breakdown": Entry(
        heading=_("It could not go on there"),
        done=_("It is recorded. The child needs another home."),
        form=forms.BreakdownForm,
        act=actions.end_placement,
        fits=has_home,
    ),
    "mother": Entry(
        heading=_("Contact with the mother"),
        done=FOLLOWS,
        form=forms.MotherForm,
        act=actions.plan_contact,
    ),
    "contact": Entry(
        heading=_("Record a contact with the mother"),
        done=FOLLOWS,
        form=forms.ContactForm,
        act=actions.record_contact,
        fits=lambda home: bool(home.contact_plans),
    ),
    "tell": Entry(
        heading=_("Something the child has to be told"),
        done=FOLLOWS,
        form=forms.TellForm,
        act=actions.will_tell,
    ),
    "told": Entry(
        heading=_("The child was told"),
        done=FOLLOWS,
        form=forms.ToldForm,
        act=actions.tell,
        fits=lambda home: bool(home.untold),
    ),
    "closing": Entry(
        heading=_("Ask that the case be closed"),
        done=_("It is asked for. Another person closes the case."),
        form=forms.ClosingForm,
        act=actions.ask_to_close,
        fits=lambda home: has_home(home) and home.position == "stable",
    ),
    "closed": Entry(
        heading=_("Close the case"),
        done=_("The case is closed. It can be opened again."),
        form=forms.ReasonForm,
        act=actions.close_case,
        fits=lambda home: home.position == "closure_requested",
        as_reason=True,
    ),
    "reopened": Entry(
        heading=_("Open the case again"),
        done=_("The case is open again."),
        form=forms.ReasonForm,
        act=actions.reopen_case,
        fits=lambda home: home.position == "closed",
        as_reason=True,
    ),
}


def said_to(entry: Entry, said: Any) -> dict[str, Any]:
    """Return what was said as its action takes it."""
    return {"reason" if entry.as_reason else "said": said}


def possible(home: Home) -> list[tuple[str, Entry]]:
    """Return what can be recorded as things stand, in its order."""
    return [(name, entry) for name, entry in ENTRIES.items() if entry.fits(home)]
