
import django.db.models.deletion
import kinward.core.fields
import kinward.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0002_approvals'),
    ]

    operations = [
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('subject', models.UUIDField()),
                ('way', models.CharField(choices=[('own', 'registered by oneself'), ('region', 'of one’s own region'), ('everywhere', 'everywhere'), ('assigned', 'assigned'), ('referred', 'referred'), ('break_glass', 'opened in an emergency')], max_length=20)),
                ('region', models.CharField(blank=True, max_length=40)),
                ('purpose', models.CharField(choices=[('registration', 'registering a child'), ('tracing', 'finding a family'), ('verification', 'verifying that they are a family'), ('protection', 'keeping a child out of danger'), ('management', 'running the programme'), ('oversight', 'checking how data are used')], max_length=20)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('reason', kinward.core.fields.SealedText(compartment='identity', compartment_of='', other='', subject='subject')),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['since', 'id'],
            },
        ),
        migrations.CreateModel(
            name='BreakGlass',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=20)),
                ('emergency', models.CharField(choices=[('danger', 'the child is in danger now'), ('at_the_door', 'the child, or a relative, is here now'), ('medical', 'a doctor needs to know who the child is'), ('on_the_way', 'the child is travelling, and something went wrong'), ('other', 'another reason')], max_length=20)),
                ('reason', kinward.core.fields.SealedText()),
                ('opened_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('grant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='broken_glass', to='access.grant')),
            ],
            options={
                'ordering': ['opened_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='GrantEnd',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('ended_at', models.DateTimeField()),
                ('ended_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('grant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='access.grant')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('news', models.CharField(choices=[('glass_broken', 'A record was opened in an emergency.'), ('many_read', 'An account reads far more children than it usually does.'), ('stopped', 'An account was stopped: it read the most children a day allows.')], max_length=20)),
                ('reference', models.CharField(blank=True, max_length=20)),
                ('told_at', models.DateTimeField()),
                ('about', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-told_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('subject', models.UUIDField()),
                ('reference', models.CharField(max_length=20)),
                ('from_region', models.CharField(blank=True, max_length=40)),
                ('to_region', models.CharField(blank=True, max_length=40)),
                ('purpose', models.CharField(choices=[('registration', 'registering a child'), ('tracing', 'finding a family'), ('verification', 'verifying that they are a family'), ('protection', 'keeping a child out of danger'), ('management', 'running the programme'), ('oversight', 'checking how data are used')], max_length=20)),
                ('reason', kinward.core.fields.SealedText()),
                ('offered_at', models.DateTimeField()),
                ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-offered_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ReferralStep',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('step', models.CharField(choices=[('accepted', 'accepted'), ('rejected', 'rejected'), ('withdrawn', 'withdrawn')], max_length=20)),
                ('reason', kinward.core.fields.SealedText()),
                ('taken_at', models.DateTimeField()),
                ('grant', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referral_step', to='access.grant')),
                ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='access.referral')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['taken_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='EmergencyReview',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('finding', models.CharField(choices=[('needed', 'it was needed'), ('not_needed', 'it was not needed')], max_length=20)),
                ('reason', kinward.core.fields.SealedText()),
                ('reviewed_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('use', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='access.breakglass')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='review_of_use_gives_a_reason'), models.CheckConstraint(condition=models.Q(('reviewer', models.F('account')), _negated=True), name='use_reviewed_by_another_person')],
            },
        ),
        migrations.AddIndex(
            model_name='grant',
            index=models.Index(fields=['subject', 'way'], name='grant_on_record'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('account__isnull', False), ('region', '')), models.Q(('account__isnull', True), models.Q(('region', ''), _negated=True)), _connector='OR'), name='grant_to_an_account_or_a_region'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ('assigned', 'referred', 'break_glass'))), name='grant_of_a_way_to_give'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('way', 'referred'), models.Q(('account__isnull', False), ('until__isnull', False)), _connector='OR'), name='grant_to_an_account_runs_out'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('since')), _connector='OR'), name='grant_ends_after_it_begins'),
        ),
        migrations.AddIndex(
            model_name='breakglass',
            index=models.Index(fields=['account', 'opened_at'], name='broken_glass_of_account'),
        ),
        migrations.AddConstraint(
            model_name='breakglass',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='emergency_gives_a_reason'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['recipient', 'told_at'], name='notice_to_account'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('to_account__isnull', False), ('to_region', '')), models.Q(('to_account__isnull', True), models.Q(('to_region', ''), _negated=True)), _connector='OR'), name='referral_to_an_account_or_a_region'),
        ),
        migrations.AddConstraint(
            model_name='referral',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='referral_gives_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='referralstep',
            constraint=models.UniqueConstraint(condition=models.Q(('step__in', ['accepted', 'rejected'])), fields=('referral',), name='referral_answered_once'),
        ),
        migrations.AddConstraint(
            model_name='referralstep',
            constraint=models.UniqueConstraint(condition=models.Q(('step', 'withdrawn')), fields=('referral',), name='referral_withdrawn_once'),
        ),
        migrations.AddConstraint(
            model_name='referralstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('grant__isnull', False), ('step', 'accepted')), models.Q(models.Q(('step', 'accepted'), _negated=True), ('grant__isnull', True)), _connector='OR'), name='accepting_opens_the_record'),
        ),
        migrations.AddConstraint(
            model_name='referralstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('step', 'rejected'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='rejecting_gives_a_reason'),
        ),
    ]
