"""Paths are compared byte by byte on every database; a unit finds its own entries by its id."""

from django.db import migrations, models

from xinhuo.core.fields import PathField


class Migration(migrations.Migration):
    """The C collation on PostgreSQL, and the index for a unit's own entries."""

    dependencies = [("journal", "0001_entries")]

    operations = [
        migrations.AlterField(model_name="entry", name="org_path", field=PathField(max_length=60)),
        migrations.AddIndex(
            model_name="entry", index=models.Index(fields=["org_id", "-at"], name="journal_own")
        ),
    ]
