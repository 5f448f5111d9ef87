import subprocess
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

SCRIPT = settings.BASE_DIR / "tests" / "bench" / "run.py"


class Command(BaseCommand):
    requires_system_checks = []
    help = "Measures the portal's speed on a scratch database: pages from memory and made, a growing archive, imports."

    def add_arguments(self, parser):
        parser.add_argument("--quick", action="store_true", help="smaller archives, shorter runs: under two minutes")
        parser.add_argument("--json", default="bench.json", help="file for the figures (bench.json)")
        parser.add_argument("--only", nargs="+", default=[], metavar="PART",
                            help="cached, uncached, peer, flat, loading, memory")  # fmt: skip

    def handle(self, quick, json, only, **options):
        if not SCRIPT.exists():
            raise CommandError(f"{SCRIPT} is missing: the benchmarks come with the source, not with an installation.")
        chosen = [*(["--quick"] if quick else []), "--json", json, *(["--only", *only] if only else [])]
        # A process of its own: the scratch database takes the place of the settings' one.
        done = subprocess.run([sys.executable, str(SCRIPT), *chosen], check=False)
        if done.returncode:
            raise CommandError("The measurement did not come to its end; the lines above say why.")
