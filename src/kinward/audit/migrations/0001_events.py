
import kinward.core.fields
import kinward.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=150)),
                ('actor_role', models.CharField(blank=True, max_length=40)),
                ('action', models.CharField(max_length=80)),
                ('kind', models.CharField(max_length=80)),
                ('object_id', models.CharField(blank=True, max_length=80)),
                ('purpose', models.CharField(blank=True, max_length=200)),
                ('compartments', models.CharField(blank=True, max_length=200)),
                ('request_id', models.CharField(blank=True, max_length=40)),
                ('device', models.CharField(blank=True, max_length=40)),
                ('details', kinward.core.fields.JSONField(default=dict)),
                ('mac', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['object_id', 'at'], name='event_of_record'), models.Index(fields=['actor', 'at'], name='event_of_actor'), models.Index(fields=['at'], name='event_at'), models.Index(fields=['request_id'], name='event_of_request')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('actor', ''), _negated=True), models.Q(('action', ''), _negated=True)), name='event_names_actor_and_action')],
            },
        ),
    ]
