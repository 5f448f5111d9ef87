"""Storage of presence: room on each page for updates in place (HOT), and a vacuum that keeps up with them."""
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("stats", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE stats_presence SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05)",
            "ALTER TABLE stats_presence RESET (fillfactor, autovacuum_vacuum_scale_factor)",
        ),
    ]
