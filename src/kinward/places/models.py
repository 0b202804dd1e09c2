"""Places, their names in every language of the programme, and what lies in what."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kinward.core.fields import JSONField
from kinward.core.models import AppendOnly, DataClass, LedgerQuerySet


class PlaceKind(models.TextChoices):
    """What kind of place it is."""

    COUNTRY = "country", _("country")
    FORMER = "former", _("former country")
    REGION = "region", _("region")
    DISTRICT = "district", _("district")
    TOWN = "town", _("town or village")
    CAMP = "camp", _("camp")
    PRISON = "prison", _("prison")
    SHELTER = "shelter", _("shelter")
    HOSPITAL = "hospital", _("hospital")


ADDED_KINDS: Final = (
    PlaceKind.TOWN,
    PlaceKind.DISTRICT,
    PlaceKind.CAMP,
    PlaceKind.PRISON,
    PlaceKind.SHELTER,
    PlaceKind.HOSPITAL,
)


FACILITIES: Final = (PlaceKind.CAMP, PlaceKind.PRISON, PlaceKind.SHELTER, PlaceKind.HOSPITAL)


class Place(models.Model):
    """A country, a region, a town or a camp; its code is ISO 3166, or ours beneath such a code."""

    watched: ClassVar[bool] = False  # public, and shipped; what people add is watched as Addition
    classes: ClassVar[dict[str, DataClass]] = {
        "code": DataClass.PUBLIC,
        "kind": DataClass.PUBLIC,
        "names": DataClass.PUBLIC,
        "others": DataClass.PUBLIC,
        "parent": DataClass.PUBLIC,
        "latitude": DataClass.PUBLIC,
        "longitude": DataClass.PUBLIC,
        "population": DataClass.PUBLIC,
        "searched": DataClass.PUBLIC,
        "sounds": DataClass.PUBLIC,
    }

    code = models.CharField(primary_key=True, max_length=60)
    kind = models.CharField(max_length=20, choices=PlaceKind)
    names = JSONField()  # in use, one a language: {"en": …, "ru": …, "ar": …}
    # Further names: {"text": …, "language": …, "historic": true, "from": "1924", "to": "1991"},
    # of which all but the text may be missing.
    others = JSONField(default=list)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    latitude = models.FloatField(null=True)  # degrees north and east, WGS 84, of its middle
    longitude = models.FloatField(null=True)
    population = models.PositiveIntegerField(default=0)  # 0: not known
    # Made of the names by `rules.searchable` and `rules.audible`.
    searched = models.TextField()
    sounds = models.TextField()

    class Meta:
        ordering = ["code"]

    @property
    def is_facility(self) -> bool:
        """Tell whether people are kept there, so that there are rosters of it."""
        return self.kind in FACILITIES

    def name(self, language: str) -> str:
        """Return the name in that language; in English, or in any, where there is none."""
        names: dict[str, str] = self.names
        own = names.get(language.partition("-")[0]) or names.get("en")
        return own or next(iter(names.values()), self.code)

    @property
    def all_names(self) -> list[str]:
        """Every name as written, those in use first."""
        return [*self.names.values(), *(other["text"] for other in self.others)]

    @property
    def former_names(self) -> list[dict[str, Any]]:
        """The names it had once, with the years as far as they are known."""
        return [other for other in self.others if other.get("historic")]

    @property
    def further_names(self) -> list[dict[str, Any]]:
        """Other names and spellings in use."""
        return [other for other in self.others if not other.get("historic")]


class Addition(AppendOnly):
    """A place the gazetteer did not have, as somebody added it; its `place` follows from it."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "place": DataClass.PUBLIC,
        "name": DataClass.PUBLIC,
        "language": DataClass.PUBLIC,
        "other_names": DataClass.PUBLIC,
        "former_names": DataClass.PUBLIC,
        "kind": DataClass.PUBLIC,
        "within": DataClass.PUBLIC,
        "source": DataClass.INTERNAL,
        "added_by": DataClass.INTERNAL,
        "added_at": DataClass.INTERNAL,
    }

    place = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="addition")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=35)  # BCP 47
    other_names = JSONField(default=list)  # as written, in any language
    former_names = JSONField(default=list)
    kind = models.CharField(max_length=20, choices=PlaceKind)
    within = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=500)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "id"]


class SamePlace(AppendOnly):
    """A judgement: an added place is `other`, or a place of its own. The last one stands."""

    classes: ClassVar[dict[str, DataClass]] = AppendOnly.classes | {
        "place": DataClass.PUBLIC,
        "other": DataClass.PUBLIC,
        "reason": DataClass.INTERNAL,
        "judged_by": DataClass.INTERNAL,
        "judged_at": DataClass.INTERNAL,
    }

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="judgements")
    other = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    judged_at = models.DateTimeField()

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["judged_at", "id"]
