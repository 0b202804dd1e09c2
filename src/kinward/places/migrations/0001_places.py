
import django.db.models.deletion
import kinward.core.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Place',
            fields=[
                ('code', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('names', kinward.core.fields.JSONField()),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='places.place')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
    ]
