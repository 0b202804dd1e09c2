
import django.contrib.auth.validators
import kinward.core.fields
import kinward.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=kinward.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()])),
                ('full_name', kinward.core.fields.SealedText()),
                ('role', models.CharField(choices=[('registrar', 'registrar'), ('enquiry_worker', 'enquiry worker'), ('tracing_officer', 'tracing officer'), ('second_reviewer', 'second reviewer'), ('case_worker', 'case worker'), ('panel_member', 'best-interests panel member'), ('legal_officer', 'legal officer'), ('operation_lead', 'operation lead'), ('escort', 'escort'), ('medic', 'medic'), ('guardianship_officer', 'guardianship officer'), ('programme_manager', 'programme manager'), ('figures_editor', 'figures editor'), ('second_editor', 'second editor'), ('data_protection_officer', 'data-protection officer'), ('auditor', 'auditor'), ('administrator', 'administrator'), ('clock', 'the system itself')], max_length=40)),
                ('region', models.CharField(blank=True, max_length=20)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('is_active', models.BooleanField(default=True)),
                ('opened_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['username'],
                'constraints': [models.CheckConstraint(condition=models.Q(('role', 'clock'), _negated=True), name='clock_has_no_account')],
            },
        ),
    ]
