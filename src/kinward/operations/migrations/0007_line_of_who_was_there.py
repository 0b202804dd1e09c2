from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('operations', '0006_who_kept_them'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='amendment',
            name='who_was_there_did_not_leave',
        ),
        migrations.AddConstraint(
            model_name='amendment',
            constraint=models.CheckConstraint(condition=models.Q(('there', False), models.Q(('left', ''), ('why', '')), _connector='OR'), name='who_was_there_did_not_leave'),
        ),
    ]
