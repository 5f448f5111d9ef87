from django.db import migrations

OLD_WIDTHS = (400, 800, 1600)


def old_files(width, height):
    """The files that were made of every picture before rows knew their own: [[width, height, end of the name], …]."""
    widest = min(width, OLD_WIDTHS[-1])
    widths = [step for step in OLD_WIDTHS if step < widest] + [widest]
    return [[step, max(1, round(height * step / width)), f"{step}.webp"] for step in widths]


def note(apps, schema_editor):
    images = apps.get_model("news", "Image").objects.using(schema_editor.connection.alias)
    batch = []
    for image in images.filter(renditions={}).only("width", "height").iterator(chunk_size=1000):
        image.renditions = {"whole": old_files(image.width, image.height)}
        batch.append(image)
        if len(batch) == 1000:
            images.bulk_update(batch, ["renditions"])
            batch = []
    images.bulk_update(batch, ["renditions"])


class Migration(migrations.Migration):
    """Pictures from before keep the files that they have; `manage.py renditions` makes the new ones."""

    dependencies = [("news", "0007_library")]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
