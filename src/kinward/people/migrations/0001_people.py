
import django.db.models.deletion
import kinward.core.fields
import kinward.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('note', kinward.core.fields.SealedText()),
                ('registered_at', models.DateTimeField()),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(editable=False, max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('child', 'child'), ('sought', 'sought person'), ('enquirer', 'enquirer'), ('relative', 'relative')], max_length=20)),
                ('region', models.CharField(blank=True, max_length=40)),
                ('registered_at', models.DateTimeField()),
                ('group', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.group')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-registered_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Assertion',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('property', models.CharField(max_length=40)),
                ('answer', models.CharField(choices=[('known', 'known'), ('unknown', 'unknown'), ('refused', 'refused to say'), ('not_asked', 'not asked'), ('withdrawn', 'withdrawn')], max_length=20)),
                ('value', kinward.core.fields.SealedJSON()),
                ('source', kinward.core.fields.SealedText()),
                ('said_by', models.CharField(choices=[('child', 'the child'), ('mother', 'the mother'), ('relative', 'another relative'), ('custodian', 'the custodian'), ('official', 'an official'), ('document', 'a document'), ('worker', 'a worker’s observation')], max_length=20)),
                ('method', models.CharField(choices=[('interview', 'interview'), ('observation', 'observation'), ('document', 'document'), ('medical_estimate', 'medical estimate'), ('list', 'a row of a list'), ('other', 'other')], max_length=20)),
                ('certainty', models.CharField(choices=[('confirmed', 'confirmed'), ('probable', 'probable'), ('possible', 'possible'), ('doubted', 'doubted')], max_length=20)),
                ('as_of', models.CharField(blank=True, max_length=40)),
                ('compartment', models.CharField(choices=[('identity', 'identity'), ('family', 'family'), ('location', 'location'), ('legal', 'legal'), ('health', 'health'), ('movement', 'movement'), ('evidence', 'evidence'), ('staff', 'staff'), ('public', 'public')], max_length=20)),
                ('recorded_at', models.DateTimeField()),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='people.assertion')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assertions', to='people.person')),
            ],
            options={
                'ordering': ['recorded_at', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['kind', 'region', 'registered_at'], name='person_kind_region'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['kind', '-registered_at', '-id'], name='person_newest_first'),
        ),
        migrations.AddIndex(
            model_name='assertion',
            index=models.Index(fields=['person', 'property', 'recorded_at'], name='said_of_person'),
        ),
        migrations.AddConstraint(
            model_name='assertion',
            constraint=models.UniqueConstraint(fields=('corrects',), name='corrected_once'),
        ),
    ]
