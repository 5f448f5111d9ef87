"""What a new portal holds before anybody has typed: an administrator, and a city's first content."""
import json
import secrets
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from news import images
from news.importing import run, textpage
from news.models import Article, Category, Page, Tag
from portal import demo
from portal.demo import pictures
from portal.models import Link, MenuItem, SiteSettings, User

ADMINISTRATOR = "quantri"
SEED = Path(demo.__file__).with_name("seed.txt")
ARTICLES = Path(demo.__file__).with_name("articles.jsonl")
PAGES = Path(demo.__file__).with_name("pages.json")
# As they stand on the front page.
CATEGORIES = ["Thời sự", "Kinh tế", "Văn hóa - Xã hội", "Giáo dục", "Y tế", "Quốc phòng - An ninh", "Chuyển đổi số",
              "Cải cách hành chính"]  # fmt: skip
LINKS = [
    ("Cổng Dịch vụ công quốc gia", "https://dichvucong.gov.vn/"),
    ("Cổng thông tin điện tử Chính phủ", "https://chinhphu.vn/"),
    ("Cổng thông tin điện tử tỉnh Thái Nguyên", "https://thainguyen.gov.vn/"),
    ("Cơ sở dữ liệu quốc gia về văn bản pháp luật", "https://vbpl.vn/"),
]
ENGLISH_NAME = "Song Cong City Portal"
# As wide as a picture in an article on most screens; at 1,600 the first start would take twice as long.
PICTURE_SIZE = (1200, 675)
SEED_PICTURE = "council_hall-1.jpg"
SEED_TAGS = ["Bầu cử 2021", "Công nghiệp", "Đô thị"]
SEED_ALT = "Tranh vẽ trụ sở làm việc có cột cao và bậc thềm rộng"


def make_administrator() -> str | None:
    """The password of a new administrator, None where the portal has one already."""
    if User.objects.filter(is_superuser=True).exists():
        return None
    password = secrets.token_urlsafe(15)
    User.objects.create_superuser(ADMINISTRATOR, password=password, full_name="Quản trị cổng")
    return password


def fill(before: Callable[[], None] = lambda: None) -> int | None:
    """The number of articles of a first run, None where there was one already; calls `before` when there is work.

    All or nothing: a first run that was killed in the middle is done again from its beginning.
    """
    with transaction.atomic():
        settings, _ = SiteSettings.objects.select_for_update().get_or_create(pk=1)
        if settings.first_run_at or Article.objects.exists() or Category.objects.exists():
            return None
        before()
        return load()


@transaction.atomic
def load() -> int:
    """Adds whatever of the first content is not there yet and returns how many articles were new."""
    for position, name in enumerate(CATEGORIES):
        Category.objects.get_or_create(name=name, defaults={"position": position})
    before = Article.objects.count()
    with tempfile.TemporaryDirectory() as folder, images.ahead() as begin:
        _draw(Path(folder), begin)
        articles = Path(folder) / ARTICLES.name
        articles.write_bytes(ARTICLES.read_bytes())
        run.run([articles], atomic=True)
        _load_seed(Path(folder))
    for page in json.loads(PAGES.read_text(encoding="utf-8")):
        original = Page.objects.filter(slug=page.pop("translation_of", "")).first()
        slug = page.pop("slug")
        Page.objects.get_or_create(slug=slug, defaults={**page, "translation_of": original})
    SiteSettings.objects.filter(pk=1, english_name="").update(english_name=ENGLISH_NAME)
    _furnish()
    SiteSettings.objects.filter(pk=1, first_run_at=None).update(first_run_at=timezone.now())
    return Article.objects.count() - before


def _draw(folder: Path, begin: Callable[[Path], None]) -> None:
    """Draws every picture that the articles name, as `<scene>-<seed>.jpg`, and has the library begin with it."""
    lines = ARTICLES.read_text(encoding="utf-8").splitlines()
    names = {SEED_PICTURE, *(name for line in lines if (name := json.loads(line).get("image")))}
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(lambda name: _draw_one(folder / name, begin), sorted(names)))


def _draw_one(path: Path, begin: Callable[[Path], None]) -> None:
    scene, _, seed = path.stem.rpartition("-")
    pictures.draw(scene, int(seed), PICTURE_SIZE).save(path, quality=92)
    begin(path)


def _load_seed(pictures_folder: Path) -> None:
    """The old portal's page that all of this grew from, as it stands, with a picture that it did not have."""
    run.run([SEED], category=CATEGORIES[0], atomic=True)
    record, _ = textpage.read(SEED.read_text(encoding="utf-8"))
    article = Article.objects.get(ref=record.key)
    if article.image_id is None:
        article.image = images.ingest_file(pictures_folder / SEED_PICTURE, alt=SEED_ALT)
        article.save(update_fields=["image"])
    tags = [Tag.objects.get_or_create(name=name)[0] for name in SEED_TAGS]
    article.tags.add(*tags)


def _furnish() -> None:
    """A menu and links to other websites, where there are none."""
    if not MenuItem.objects.exists():
        entries = [("Trang chủ", reverse("home")), ("Giới thiệu", reverse("page", args=["gioi-thieu"]))]
        entries += [(category.name, category.get_absolute_url()) for category in Category.objects.filter(parent=None)]
        entries.append(("Liên hệ", reverse("contact")))
        for position, (label, address) in enumerate(entries):
            MenuItem.objects.create(label=label, address=address, position=position)
    if not Link.objects.exists():
        for position, (label, address) in enumerate(LINKS):
            Link.objects.create(label=label, address=address, position=position)
