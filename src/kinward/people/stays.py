"""What a stay was, and who keeps a child there, as data. To add one, add an entry here."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

ROLES: Final = {
    "found": _("found there"),
    "held": _("kept there"),
    "hospital": _("in hospital"),
    "handed_over": _("handed over"),
    "embarked": _("went on board"),
}
# Who keeps a child in a facility, by the kind of place that it is (places.models.PlaceKind).
KEPT_IN: Final = {
    "prison": "prison",
    "camp": "camp",
    "shelter": "shelter",
    "hospital": "hospital",
}
CUSTODIANS: Final = {
    "prison": _("prison"),
    "juvenile_detention": _("juvenile detention"),
    "shelter": _("shelter or orphanage"),
    "camp": _("camp"),
    "hospital": _("hospital"),
    "family": _("family"),
}
