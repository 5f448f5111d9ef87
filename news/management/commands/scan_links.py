from django.core.management.base import BaseCommand

from news import links
from news.models import GamblingMention, OutboundDomain


class Command(BaseCommand):
    help = "Looks at all texts that were written since the last time: domains they link to, betting words."

    def handle(self, **options):
        done = 0
        while count := links.drain(links.AT_ONCE):
            done += count
        domains = OutboundDomain.objects.filter(acknowledged_at=None).count()
        mentions = GamblingMention.objects.filter(acknowledged_at=None).count()
        self.stdout.write(f"{done} texts looked at; {domains} new domains, {mentions} texts with betting words.")
