"""Fills the gazetteer from data/gazetteer.jsonl; `manage.py load_places` does it again."""

from django.db import migrations
from django.db.migrations.state import StateApps

from kinward.places.gazetteer import fill


def seed(apps: StateApps, _schema_editor: object) -> None:
    fill(apps.get_model("places", "Place"))


class Migration(migrations.Migration):
    dependencies = [("places", "0001_places")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
