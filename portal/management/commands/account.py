from django.core.management.base import BaseCommand, CommandError

from portal.auth import factor
from portal.models import User


class Command(BaseCommand):
    help = "What an operator does for an account: open a closed one, reset its second factor."

    def add_arguments(self, parser):
        parser.add_argument("name", help="login name")
        parser.add_argument("--open", action="store_true", help="open it again, after it was closed")
        parser.add_argument("--reset-second-factor", action="store_true",
                            help="forget telephone and recovery codes, end all sessions, give new grace")  # fmt: skip

    def handle(self, name, open, reset_second_factor, **options):
        person = User.objects.filter(username=name).first()
        if person is None:
            raise CommandError(f"There is no account {name!r}.")
        if open:
            person.is_active = True
            person.save(update_fields=["is_active"])
            self.stdout.write(f"{name} is open.")
        if reset_second_factor:
            factor.reset(person)
            self.stdout.write(f"{name} has until {person.second_factor_due:%Y-%m-%d} to set up a second factor.")
        if not (open or reset_second_factor):
            raise CommandError("Say what to do: --open, --reset-second-factor.")
