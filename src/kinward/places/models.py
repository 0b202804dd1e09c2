"""Places, their names in every language of the programme, and what lies in what."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from kinward.core.fields import JSONField
from kinward.core.models import DataClass


class Place(models.Model):
    """A country, a region or a town; its code is ISO 3166, or ours beneath such a code."""

    classes: ClassVar[dict[str, DataClass]] = {
        "code": DataClass.PUBLIC,
        "names": DataClass.PUBLIC,
        "parent": DataClass.PUBLIC,
    }

    code = models.CharField(primary_key=True, max_length=40)
    names = JSONField()  # {"en": …, "ru": …, "ar": …}
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")

    class Meta:
        ordering = ["code"]

    def name(self, language: str) -> str:
        """Return the name in that language; in English, or the code, where there is none."""
        names: dict[str, str] = self.names
        return names.get(language.partition("-")[0]) or names.get("en") or self.code
