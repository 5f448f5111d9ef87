"""Makes the database `wagtail`'s tables and its pages; run with the Python that has Wagtail: `python fill.py COUNT`."""
import datetime as dt
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "wagtail_peer.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from wagtail.models import Locale, Page, Site  # noqa: E402

from wagtail_peer.models import ArticlePage, Category, HomePage, ListPage  # noqa: E402

count = int(sys.argv[1])
call_command("migrate", verbosity=0, run_syncdb=True)
Locale.objects.create(language_code="vi")
home = Page.add_root(title="Root", slug="root").add_child(instance=HomePage(title="Cổng", slug="home-page"))
Site.objects.create(hostname="127.0.0.1", root_page=home, is_default_site=True)
lists = []
for number in range(12):
    category = Category.objects.create(name=f"Chuyên mục {number}")
    lists.append(home.add_child(instance=ListPage(title=category.name, slug=f"chuyen-muc-{number}", category=category)))
    category.page = lists[-1]
    category.save()
start = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=8 * count)
for number in range(count):
    where = lists[number % 12]
    where.add_child(instance=ArticlePage(
        title=f"Bài số {number} về hoạt động của thành phố", slug=f"bai-so-{number}", lead="Sa-pô của bài.",
        body="<p>Chiều nay, hội nghị đã thống nhất nhiều nội dung.</p>" * 30, category=where.category,
        date=start + dt.timedelta(minutes=8 * number),
    ))  # fmt: skip
print(ArticlePage.objects.order_by("-date").first().url, lists[0].url)
