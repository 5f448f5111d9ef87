from django.core.management.base import BaseCommand

from portal.auth import retention


class Command(BaseCommand):
    help = f"Takes the addresses of machines out of log entries older than {retention.ADDRESS_DAYS} days."

    def handle(self, **options):
        self.stdout.write(f"{retention.prune_addresses()} addresses taken out; every entry stays.")
