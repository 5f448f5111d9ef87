import sys

from django.core.management.base import BaseCommand, CommandError

from news import revisions


class Command(BaseCommand):
    help = ("Removes old revisions that no reader has had, beyond the newest of each article; safe to run at any time "
            "and as often as you like.")  # fmt: skip

    def add_arguments(self, parser):
        parser.add_argument("--keep", type=int, default=revisions.KEEP, metavar="N",
                            help="newest revisions of each article that always stay (%(default)s)")  # fmt: skip
        parser.add_argument("--days", type=int, default=revisions.DAYS, metavar="N",
                            help="younger revisions stay (%(default)s)")  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="only count what would be removed")

    def handle(self, keep, days, dry_run, **options):
        def progress(removed):
            if sys.stderr.isatty():
                self.stderr.write(f"\r{removed} revisions", ending="")
                self.stderr.flush()

        try:
            outcome = revisions.prune(keep, days, dry_run=dry_run, progress=progress)
        except ValueError as error:
            raise CommandError(str(error)) from None
        would = "would be removed" if dry_run else "removed"
        self.stdout.write(f"{outcome.removed} revisions of {outcome.articles} articles {would}.")
