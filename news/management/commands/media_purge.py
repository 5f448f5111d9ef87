from django.core.management.base import BaseCommand, CommandError

from news import library


class Command(BaseCommand):
    help = "Empties the trash of pictures and files: deletes what has been there for a while and is used nowhere."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=library.KEPT_DAYS, help="days in the trash (30)")

    def handle(self, days, **options):
        if days < 0:
            raise CommandError("--days must be 0 or more.")
        gone, kept = library.purge(days)
        self.stdout.write(f"{gone} deleted, {kept} kept because something uses them.")
