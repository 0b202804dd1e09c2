
import django.db.models.deletion
import kinward.core.fields
import kinward.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_people'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('weight', models.FloatField()),
                ('probability', models.FloatField()),
                ('reasons', kinward.core.fields.SealedJSON(shape=list)),
                ('model_version', models.CharField(max_length=80)),
                ('first_found_at', models.DateTimeField()),
                ('computed_at', models.DateTimeField()),
                ('verdict', models.CharField(choices=[('open', 'open'), ('confirmed', 'confirmed'), ('rejected', 'rejected'), ('disputed', 'disputed')], default='open', max_length=20)),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidates', to='people.person')),
            ],
            options={
                'ordering': ['-weight', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(editable=False, max_length=20, unique=True)),
                ('told', kinward.core.fields.SealedText()),
                ('language', models.CharField(blank=True, max_length=35)),
                ('region', models.CharField(blank=True, max_length=40)),
                ('taken_at', models.DateTimeField()),
                ('enquirer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='people.person')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-taken_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('round', models.PositiveSmallIntegerField()),
                ('opinion', models.CharField(choices=[('same', 'the same'), ('not_same', 'not the same'), ('cannot_tell', 'cannot tell')], max_length=20)),
                ('reason', kinward.core.fields.SealedText()),
                ('reviewed_at', models.DateTimeField()),
                ('weight', models.FloatField()),
                ('probability', models.FloatField()),
                ('reasons', kinward.core.fields.SealedJSON(shape=list)),
                ('model_version', models.CharField(max_length=80)),
                ('computed_at', models.DateTimeField()),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='tracing.candidate')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['reviewed_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Sought',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('relation', models.CharField(choices=[('child', 'son or daughter'), ('sons_child', 'child of a son'), ('daughters_child', 'child of a daughter'), ('grandchild', 'grandchild, through whom is not told'), ('brothers_child', 'child of a brother'), ('sisters_child', 'child of a sister'), ('nibling', 'nephew or niece, through whom is not told'), ('sibling', 'brother or sister'), ('cousin', 'cousin'), ('other_relative', 'another relative'), ('no_relative', 'not a relative')], max_length=20)),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sought', to='people.person')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sought', to='tracing.request')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='candidate',
            name='sought',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='candidates', to='tracing.sought'),
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('says', models.CharField(choices=[('same', 'the same person'), ('not_same', 'not the same person'), ('taken_back', 'taken back'), ('offered_again', 'offered again: since then more was said')], max_length=20)),
                ('reason', kinward.core.fields.SealedText()),
                ('judged_at', models.DateTimeField()),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='judgements', to='tracing.candidate')),
                ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('retracts', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='retracted_by', to='tracing.judgement')),
            ],
            options={
                'ordering': ['judged_at', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('judged_by__isnull', False), ('retracts__isnull', False), ('says', 'taken_back'), models.Q(('reason', ''), _negated=True)), models.Q(('judged_by__isnull', True), ('retracts__isnull', False), ('says', 'offered_again')), models.Q(('judged_by__isnull', False), ('retracts__isnull', True), ('says__in', ['same', 'not_same'])), _connector='OR'), name='taking_back_names_what_and_why')],
            },
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['region', 'taken_at'], name='request_of_region'),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(fields=['-taken_at', '-id'], name='request_newest_first'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(fields=('candidate', 'round', 'reviewer'), name='one_review_per_reviewer'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='review_gives_a_reason'),
        ),
        migrations.AddIndex(
            model_name='candidate',
            index=models.Index(fields=['verdict', '-weight'], name='candidate_by_verdict'),
        ),
        migrations.AddIndex(
            model_name='candidate',
            index=models.Index(fields=['-weight', 'id'], name='candidate_strongest_first'),
        ),
        migrations.AddIndex(
            model_name='candidate',
            index=models.Index(fields=['verdict', 'first_found_at'], name='candidate_oldest_first'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.UniqueConstraint(fields=('child', 'sought'), name='one_candidate_per_pair'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.CheckConstraint(condition=models.Q(('probability__gte', 0), ('probability__lte', 1)), name='probability_between_0_and_1'),
        ),
    ]
