"""Fewer indexes to write for each firm: only those that a question of the product uses.

The trigrams of the public text stand in those of the staff's text too, which begins with it. And
Django adds to each foreign key of text a second index for LIKE; nobody asks for codes that way.
"""

import django.db.models.deletion
from django.db import migrations, models

DROP = """
DO $$
DECLARE
    unused text;
BEGIN
    FOR unused IN
        SELECT indexname FROM pg_indexes
        WHERE schemaname = current_schema() AND indexname LIKE '%\\_like' AND tablename IN (
            'registry_firm', 'registry_productionsite', 'registry_firmactivity',
            'registry_annualprofile')
    LOOP
        EXECUTE format('DROP INDEX %I', unused);
    END LOOP;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0014_standing"),
    ]

    operations = [
        migrations.RunSQL(DROP, migrations.RunSQL.noop),
        migrations.RemoveIndex(
            model_name="firm",
            name="firm_search",
        ),
        migrations.AlterField(
            model_name="intakerow",
            name="batch",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rows",
                to="registry.intakebatch",
            ),
        ),
    ]
