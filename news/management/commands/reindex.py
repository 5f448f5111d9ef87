import sys

from django.core.management.base import BaseCommand

from news import indexing


class Command(BaseCommand):
    help = ("Makes the words that search looks at anew for every article: after an upgrade that says so, or after a "
            "tag was renamed. Readers may search meanwhile; safe to run again.")  # fmt: skip

    def add_arguments(self, parser):
        parser.add_argument("--after", type=int, default=0, metavar="ID",
                            help="go on behind this article, where an earlier run was stopped")  # fmt: skip

    def handle(self, after, **options):
        def progress(count, last):
            if sys.stderr.isatty():
                self.stderr.write(f"\r{count} articles, up to id {last}", ending="")
                self.stderr.flush()

        count = indexing.refresh_all(after, progress)
        self.stdout.write(f"{count} articles reindexed.")
