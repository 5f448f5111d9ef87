from django.core import checks
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal import collecting, firstrun, server
from portal.models import Generation


class Command(BaseCommand):
    requires_system_checks = []  # run below: their errors stop the start, their warnings are for `check`
    help = "Brings the whole portal up: database, migrations, first content, static files, web server."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
        parser.add_argument("--workers", type=int, default=server.default_workers(), help="worker processes")
        parser.add_argument("--empty", action="store_true", help="leave out the first articles, pages and pictures")

    def handle(self, host, port, workers, empty, **options):
        if workers < 1:
            raise CommandError("--workers must be 1 or more.")
        errors = [message for message in checks.run_checks() if message.is_serious()]
        if errors:
            raise CommandError("\n".join(str(error) for error in errors))
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        with server.alone(address):
            server.check_port(host, port)
            call_command("migrate", interactive=False, verbosity=0)
            threads = server.threads_for(workers)
            password = firstrun.make_administrator()
            if not empty:
                self._fill()
            server.collect_static()
            Generation.move()  # what is served from now on may look different
            if password:
                self._introduce(password)
            with collecting.kept():
                server.serve(host, port, workers, threads, opened=lambda: self._greet(address))
        self.stdout.write("The portal has stopped.")

    def _fill(self):
        articles = firstrun.fill(before=lambda: self.stdout.write("First run: writing articles, drawing pictures …"))
        if articles is not None:
            self.stdout.write(f"{articles} articles are there to begin with.")

    def _introduce(self, password):
        self.stdout.write(
            f"Administrator (shown once):  {firstrun.ADMINISTRATOR}  /  {password}\n"
            f"  (lost it? manage.py changepassword {firstrun.ADMINISTRATOR})"
        )

    def _greet(self, address):
        self.stdout.write(f"The portal is open:  {address}\n  newsroom: {address}quan-tri/   stop with Ctrl-C")
        self.stdout.flush()
