from django.core.management.base import BaseCommand

from stats import retention


class Command(BaseCommand):
    help = "Throws away visit figures that are older than the settings allow; safe to run as often as you like."

    def handle(self, *args, **options):
        for name, count in retention.prune().items():
            self.stdout.write(f"{name}: {count} rows removed")
