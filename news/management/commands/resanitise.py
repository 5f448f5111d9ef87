from django.core.management.base import BaseCommand

from news import rewriting
from news.management.reporting import progress_to, summary


class Command(BaseCommand):
    help = "Sanitises every stored text again (articles, pages, revisions, autosaves). Safe to run while people work."

    def handle(self, **options):
        for what, counts in rewriting.resanitise(progress_to(self.stderr)).items():
            self.stdout.write(summary(what, counts))
