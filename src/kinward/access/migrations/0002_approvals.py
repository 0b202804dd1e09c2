
import django.db.models.deletion
import kinward.core.fields
import kinward.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0001_accounts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('export', 'handing data out in a file'), ('disclosure', 'disclosure to an authority'), ('erasure', 'erasing a person’s data for ever'), ('role_grant', 'giving somebody a role'), ('mfa_reset', 'resetting somebody’s second factor'), ('key_rotation', 'exchanging keys'), ('hold_lift', 'no longer keeping data that had to be kept'), ('wording', 'keeping a word the programme avoids'), ('claim', 'deciding between several claimants of a child'), ('merging', 'judging whether two records are of one child'), ('gate', 'going on with a case though a gate refuses')], max_length=20)),
                ('payload', kinward.core.fields.JSONField()),
                ('payload_hash', models.CharField(max_length=64)),
                ('reason', kinward.core.fields.SealedText()),
                ('requested_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('requester', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-requested_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ApprovalStep',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('step', models.CharField(choices=[('approved', 'approved'), ('refused', 'refused'), ('used', 'used')], max_length=20)),
                ('taken_at', models.DateTimeField()),
                ('reason', kinward.core.fields.SealedText()),
                ('approval', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='access.approval')),
                ('requester', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['taken_at', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='approval_gives_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('requested_at'))), name='approval_expires_later'),
        ),
        migrations.AddConstraint(
            model_name='approvalstep',
            constraint=models.CheckConstraint(condition=models.Q(('step', 'used'), models.Q(('taken_by__isnull', False), models.Q(('taken_by', models.F('requester')), _negated=True)), _connector='OR'), name='approval_by_another_person'),
        ),
        migrations.AddConstraint(
            model_name='approvalstep',
            constraint=models.UniqueConstraint(condition=models.Q(('step__in', ['approved', 'refused'])), fields=('approval',), name='approval_answered_once'),
        ),
        migrations.AddConstraint(
            model_name='approvalstep',
            constraint=models.UniqueConstraint(condition=models.Q(('step', 'used')), fields=('approval',), name='approval_used_once'),
        ),
        migrations.AddConstraint(
            model_name='approvalstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('step', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='refusal_gives_a_reason'),
        ),
    ]
