"""Verbs about operations."""

from kinward.operations.actions.manifests import (
    UnfitManifest,
    draft_manifest,
    hand_out,
    sign_manifest,
)
from kinward.operations.actions.opening import UnfitPlan
from kinward.operations.actions.people import (
    Named,
    SaidMeanwhile,
    agree_to_receiver,
    end_escort,
    name_escort,
    name_receiver,
    withdraw_receiver,
)
from kinward.operations.actions.planning import (
    Times,
    Way,
    add_leg,
    change_day,
    change_leg,
    plan_operation,
    put_on_plan,
    record_permit,
    take_off_plan,
)

__all__ = [
    "Named",
    "SaidMeanwhile",
    "Times",
    "UnfitManifest",
    "UnfitPlan",
    "Way",
    "add_leg",
    "agree_to_receiver",
    "change_day",
    "change_leg",
    "draft_manifest",
    "end_escort",
    "hand_out",
    "name_escort",
    "name_receiver",
    "plan_operation",
    "put_on_plan",
    "record_permit",
    "sign_manifest",
    "take_off_plan",
    "withdraw_receiver",
]
