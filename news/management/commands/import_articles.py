import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from news.importing import run

SHOWN_PROBLEMS = 200


class Command(BaseCommand):
    help = "Imports published articles from JSON lines (.jsonl) or text pages of the old portal. Safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--category", default="", help="category of articles that name none (Tin tức)")
        parser.add_argument("--atomic", action="store_true", help="take all articles or, if one is bad, none")

    def handle(self, files, category, atomic, **options):
        started = time.monotonic()

        def progress(count):
            if sys.stderr.isatty():
                rate = count / max(time.monotonic() - started, 0.001)
                self.stderr.write(f"\r{count} articles read, {rate:.0f} a second", ending="")
                self.stderr.flush()

        try:
            outcome = run.run(files, category=category, atomic=atomic, progress=progress)
        except run.AbortedError as error:
            raise CommandError(f"{error}\nNothing was imported (--atomic).") from None
        seconds = time.monotonic() - started
        for problem in outcome.problems[:SHOWN_PROBLEMS]:
            self.stderr.write(problem)
        if len(outcome.problems) > SHOWN_PROBLEMS:
            self.stderr.write(f"… and {len(outcome.problems) - SHOWN_PROBLEMS} more.")
        self.stdout.write(
            f"{outcome.created} articles imported, {outcome.known} were here already, "
            f"{len(outcome.problems)} refused ({seconds:.1f} s)."
        )
        if outcome.total is not None:
            self.stdout.write(f"The old portal's counter stood at {outcome.total}.")
        if outcome.problems:
            raise CommandError("Some articles were refused: mend the lines named above and run the same command again.")
