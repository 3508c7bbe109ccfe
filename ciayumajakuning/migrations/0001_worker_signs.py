"""The small table where workers leave their sign of life (the cache `workers`)."""

from django.db import migrations

TABLE = """
CREATE TABLE IF NOT EXISTS worker_signs (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX IF NOT EXISTS worker_signs_expires ON worker_signs (expires);
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(TABLE, "DROP TABLE worker_signs")]
