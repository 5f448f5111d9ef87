from django.core.management.base import BaseCommand

from portal import firstrun


class Command(BaseCommand):
    help = "Adds the first-run articles, pages and pictures that are not there (any more). Safe to run again."

    def handle(self, **options):
        self.stdout.write(f"{firstrun.load()} articles added.")
