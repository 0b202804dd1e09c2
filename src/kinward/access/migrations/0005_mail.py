import django.db.models.deletion
import kinward.core.fields
import kinward.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0004_looks'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='mail_address',
            field=kinward.core.fields.SealedText(),
        ),
        migrations.AddField(
            model_name='user',
            name='mail_pace',
            field=models.CharField(choices=[('never', 'never'), ('hours', 'every four hours at most'), ('day', 'once a day at most'), ('week', 'once a week at most')], default='day', max_length=10),
        ),
        migrations.CreateModel(
            name='Mailed',
            fields=[
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('mailed_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['mailed_at', 'id'],
                'indexes': [models.Index(fields=['account', 'mailed_at'], name='mailed_of_account')],
            },
        ),
    ]
