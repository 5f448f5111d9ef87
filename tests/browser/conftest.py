"""Debian's Chromium over a live server: what readers see, press and hear of the pages."""
import os
import threading
import time
from contextlib import closing
from pathlib import Path

import factories
import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from portal.models import Link, MenuItem, SiteSettings

CHROMIUM = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
MISSING = "Chromium is missing; on Debian: apt-get install chromium"
LONG_TITLE = (
    "Phát động đợt thi đua cao điểm lập thành tích chào mừng Đại hội Đảng bộ các cấp nhiệm kỳ 2026-2031 và kỷ niệm các "
    "ngày lễ lớn của đất nước trên địa bàn toàn thành phố"
)
BODY = """<p>Mở đầu với <a href="https://dichvucong.gov.vn/">Cổng Dịch vụ công</a>.</p>
<h2>Kết quả</h2><ul><li>Một</li></ul>
<table><caption>Vốn</caption><tr><th scope="col">Năm</th><th scope="col">Vốn đầu tư công trung hạn (tỷ đồng)</th>
<th scope="col">Tỷ lệ giải ngân</th></tr><tr><td>2026</td><td>1.940.858</td><td>97,8%</td></tr></table>"""


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page_at(browser, live_server, at_work, settings):
    """Makes a page `width` pixels wide whose addresses begin at the live server; scripts that fail fail the test."""
    settings.STATIC_ROOT = settings.BASE_DIR / "static"  # served as it stands, uncollected
    contexts, errors = [], []

    def make(width=1280, *, dark=False, **options):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None)
        return page

    yield make
    for context in contexts:
        context.close()
    at_work.wait()
    assert errors == []


class Watched:
    """The live server's application; knows how many of its answers are not at their end."""

    def __init__(self, application):
        self.application, self.open, self.lock = application, 0, threading.Lock()

    def __call__(self, environ, start_response):
        with self.lock:
            self.open += 1
        try:
            with closing(self.application(environ, start_response)) as answer:
                yield from answer
        finally:
            with self.lock:
                self.open -= 1

    def wait(self) -> None:
        """Until nothing of a closed page is at work: it may be with a picture now and write to the database later, and
        emptying that meanwhile is a deadlock."""
        deadline, quiet = time.monotonic() + 30, 0
        while quiet < 3:  # in a row: a request may be on its way here
            assert time.monotonic() < deadline, f"{self.open} requests are never answered"
            quiet = quiet + 1 if self.open == 0 else 0
            time.sleep(0.05)


@pytest.fixture(scope="session")
def at_work(live_server):
    server = live_server.thread.httpd
    watched = Watched(server.get_app())
    server.set_app(watched)
    return watched


@pytest.fixture(scope="session")
def collected(tmp_path_factory):
    """A folder with every static file, the admin's and the editor's too."""
    folder = tmp_path_factory.mktemp("static")
    # Not a plain assignment: a storage that a test before this one used would go on writing to the folder it knows.
    with override_settings(STATIC_ROOT=folder):
        call_command("collectstatic", interactive=False, verbosity=0, link=True)
    return folder


@pytest.fixture
def newsroom_page(page_at, live_server, collected, settings):
    """Makes a page of the admin for somebody who is logged in."""

    def make(person, width=1280, **options):
        page = page_at(width, **options)
        settings.STATIC_ROOT = collected
        client = Client()
        client.force_login(person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return page

    return make


@pytest.fixture
def city(transactional_db):
    """A small portal with something on every kind of page: name → address."""
    SiteSettings.objects.create(phone="0208 3 862 123", email="cong@songcong.example")
    thoi_su, kinh_te = factories.category(), factories.category("Kinh tế", description="Tin kinh tế của thành phố.")
    doanh_nghiep = factories.category("Doanh nghiệp", parent=kinh_te, on_home=False)
    picture = factories.image(credit="Minh Anh")
    for number in range(6):
        factories.article(category=(thoi_su, kinh_te)[number % 2], image=picture if number % 3 else None)
    for _ in range(21):
        factories.article(category=doanh_nghiep, tags=["đầu tư công"])
    article = factories.article(
        LONG_TITLE, body=BODY, image=picture, caption="Cây cầu mới", pen_name="Hoàng Thị Mai", source="Báo Thái Nguyên",
        tags=["đầu tư công", "hội nghị"], category=kinh_te,
    )  # fmt: skip
    contact = factories.page()
    MenuItem.objects.bulk_create([
        MenuItem(label="Trang chủ", address="/"),
        MenuItem(label=kinh_te.name, address=kinh_te.get_absolute_url(), position=1),
        MenuItem(label=contact.title, address=contact.get_absolute_url(), position=2),
    ])  # fmt: skip
    Link.objects.create(label="Cổng Dịch vụ công quốc gia", address="https://dichvucong.gov.vn/")
    return {
        "home": "/",
        "article": article.get_absolute_url(),
        "category": kinh_te.get_absolute_url(),
        "second page": f"{doanh_nghiep.get_absolute_url()}?trang=2",
        "tag": "/tu-khoa/dau-tu-cong/",
        "archive": f"/luu-tru/{article.publish_at:%Y/%m/%d}/",
        "archive by year": "/luu-tru/",
        "page": contact.get_absolute_url(),
        "search": "/tim-kiem/?q=thanh+pho",
        "nothing found": "/tim-kiem/?q=khongcogi",
        "search in a category": "/tim-kiem/?q=thanh+pho&chuyen-muc=kinh-te&tu-ngay=x",
        "most read": "/tin-doc-nhieu/",
        "topics": "/dong-su-kien/",
        "contact": "/lien-he/",
        "offline": "/ngoai-tuyen/",
        "site map": "/so-do-cong/",
        "login": "/dang-nhap/",
        "not found": "/khong-co-trang-nay/",
    }
