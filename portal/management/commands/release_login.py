from django.core.management.base import BaseCommand

from portal import log
from portal.auth import throttle


class Command(BaseCommand):
    help = "Lets people try again who failed too often: by login name, or by address."

    def add_arguments(self, parser):
        parser.add_argument("subject", nargs="+", help="login name or address")

    def handle(self, subject, **options):
        for one in subject:
            count = throttle.release(one)
            log.write("auth.released", "Bỏ chặn đăng nhập", target_name=one)
            self.stdout.write(f"{one}: {count} counts forgotten.")
