from django.core.management.base import BaseCommand

from news import rewriting
from news.management.reporting import progress_to, summary


class Command(BaseCommand):
    help = "Renders stored texts again, after the list of abbreviations has changed. Safe to run while people work."

    def add_arguments(self, parser):
        parser.add_argument("--containing", default="", help="only texts that hold this, such as UBND")

    def handle(self, containing, **options):
        for what, counts in rewriting.rerender(progress_to(self.stderr), containing).items():
            self.stdout.write(summary(what, counts))
