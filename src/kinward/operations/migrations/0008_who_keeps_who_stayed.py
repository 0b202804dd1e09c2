from django.db import migrations

import kinward.core.fields


class Migration(migrations.Migration):

    dependencies = [
        ('operations', '0007_line_of_who_was_there'),
    ]

    operations = [
        migrations.AddField(
            model_name='leaving',
            name='kept_by',
            field=kinward.core.fields.SealedText(default=b''),
            preserve_default=False,
        ),
    ]
