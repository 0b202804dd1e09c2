"""What is kept of a child's home, one module for each kind of thing."""

from kinward.placement.models.carers import (
    Act,
    CarePlan,
    Carer,
    CarerKind,
    Guardianship,
    Heard,
    Household,
    Meeting,
    Met,
    Suits,
    Unready,
)
from kinward.placement.models.homes import OfHome
from kinward.placement.models.living import Asked, Breakdown, Placed, Visit, Where
from kinward.placement.models.mothers import (
    Contact,
    ContactBy,
    ContactPlan,
    News,
    Told,
    ToTell,
)

__all__ = [
    "Act",
    "Asked",
    "Breakdown",
    "CarePlan",
    "Carer",
    "CarerKind",
    "Contact",
    "ContactBy",
    "ContactPlan",
    "Guardianship",
    "Heard",
    "Household",
    "Meeting",
    "Met",
    "News",
    "OfHome",
    "Placed",
    "Suits",
    "ToTell",
    "Told",
    "Unready",
    "Visit",
    "Where",
]
