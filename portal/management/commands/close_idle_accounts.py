from django.conf import settings
from django.core.management.base import BaseCommand

from portal.auth import idle


class Command(BaseCommand):
    help = f"Closes accounts that nobody has logged in to for {settings.ACCOUNT_IDLE_DAYS} days (ACCOUNT_IDLE_DAYS)."

    def handle(self, **options):
        closed = idle.close_all()
        for person in closed:
            self.stdout.write(f"closed: {person.get_username()}")
        self.stdout.write(f"{len(closed)} accounts closed (manage.py account NAME --open opens one again).")
