from django.core.management.base import BaseCommand

from portal.auth import outbound, report


class Command(BaseCommand):
    help = "Tells in Vietnamese what makes this portal easier to break into than it need be."

    def add_arguments(self, parser):
        parser.add_argument("--fail", action="store_true", help="end with status 1 where there is something to mend")

    def handle(self, fail, **options):
        findings = 0
        for title, lines in [*report.sections(), ("Tên miền mới được liên kết đến", outbound.new_domains())]:
            self.stdout.write(f"\n{title}")
            for line in lines:
                self.stdout.write(f"  - {line}")
            findings += len(lines)
            if not lines:
                self.stdout.write("  Không có gì cần lưu ý.")
        self.stdout.write(f"\n{findings} điều cần xem." if findings else "\nKhông có gì cần sửa.")
        if fail and findings:
            raise SystemExit(1)
