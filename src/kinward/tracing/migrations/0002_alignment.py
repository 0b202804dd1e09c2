from django.db import migrations

import kinward.core.fields


class Migration(migrations.Migration):

    dependencies = [('tracing', '0001_tracing')]

    operations = [
        migrations.AddField(
            model_name='candidate',
            name='alignment',
            field=kinward.core.fields.SealedJSON(shape=list),
        ),
    ]
