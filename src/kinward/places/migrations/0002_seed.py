"""Fills the gazetteer from data/places.toml: parents before their parts, as they stand there."""

import tomllib
from pathlib import Path

from django.db import migrations
from django.db.migrations.state import StateApps

PLACES = Path(__file__).parent.parent / "data" / "places.toml"


def fill(apps: StateApps, _schema_editor: object) -> None:
    Place = apps.get_model("places", "Place")
    for code, place in tomllib.loads(PLACES.read_text(encoding="utf-8")).items():
        Place.objects.update_or_create(
            code=code, defaults={"names": place["names"], "parent_id": place.get("parent")}
        )


class Migration(migrations.Migration):
    dependencies = [("places", "0001_places")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
