from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Admin lists search without marks; the extension is a trusted one, so that a database's owner may make it."""

    dependencies = [("portal", "0001_initial")]

    operations = [UnaccentExtension()]
