import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from news import redirects
from news.models import Redirect

SHOWN_PROBLEMS = 200


class Command(BaseCommand):
    help = "Imports old addresses from a CSV file with two columns, old and new; safe to run again."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")

    @transaction.atomic
    def handle(self, file, **options):
        taken, problems = 0, []
        try:
            with file.open(encoding="utf-8-sig", newline="") as lines:
                for row in csv.reader(lines):
                    if not any(row):
                        continue
                    old, new = (redirects.normal(row[0]), row[1].strip()) if len(row) == 2 else ("", "")
                    reason = redirects.problem(old, new)
                    if reason:
                        problems.append(f"{','.join(row)[:200]}: {reason}")
                        continue
                    Redirect.objects.update_or_create(old=old, defaults={"new": new})
                    taken += 1
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"{file} cannot be read: {error}") from None
        for problem in problems[:SHOWN_PROBLEMS]:
            self.stderr.write(problem)
        self.stdout.write(f"{taken} addresses taken, {len(problems)} refused.")
