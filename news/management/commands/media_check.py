from django.core.management.base import BaseCommand

from news import checking


class Command(BaseCommand):
    help = (
        "Compares the library's rows with its files: what is missing, what belongs to nothing. "
        "With --mend it makes, notes and clears away; safe while editors work."
    )

    def add_arguments(self, parser):
        parser.add_argument("--mend", action="store_true", help="mend what can be mended")

    def handle(self, mend, **options):
        found = checking.Findings()
        for line in checking.check(found, mend=mend):
            self.stdout.write(line)
        self.stdout.write(
            f"{found.rows} rows, {found.files} files. Originals missing: {found.lost}. Pictures without some file: "
            f"{found.incomplete} ({found.made} made). Files of nothing: {found.strays} ({found.cleared} cleared away, "
            f"{found.young} younger than an hour left alone). Pictures open to all that no "
            f"reader sees: {found.marks}. Texts noted anew: {found.noted}."
        )
        if not mend and (found.incomplete or found.strays or found.marks):
            self.stdout.write("Run it with --mend to put this right.")
