"""Rows for tests, with the Vietnamese that editors really type."""
import datetime as dt
import io
import itertools

from django.contrib.auth.models import Group
from django.utils import timezone
from PIL import Image as Pillow

from news import images, text, workflow
from news.models import Article, Category, Image, Page, Tag
from news.models.article import State
from portal.models import User

_numbers = itertools.count(1)
TITLES = [
    "Thành phố tổ chức đối thoại với thanh niên khởi nghiệp",
    "Khánh thành cầu mới bắc qua sông Công",
    "Ủy ban nhân dân thành phố họp phiên thường kỳ tháng Mười một",
    "Lịch cắt nước phường Thắng Lợi và phường Mỏ Chè",
    "Trường tiểu học Lương Sơn đón chuẩn quốc gia mức độ 2",
]


def category(name="Thời sự", **values):
    return Category.objects.get_or_create(name=name, defaults=values)[0]


def tag(name="hội nghị"):
    return Tag.objects.get_or_create(name=name)[0]


def article(title=None, *, tags=(), **values):
    """A published article, yesterday's unless told otherwise."""
    number = next(_numbers)
    defaults = {
        "title": title or f"{TITLES[number % len(TITLES)]} (số {number})",
        "lead": "Đồng chí Chủ tịch UBND thành phố chủ trì hội nghị.",
        "body": "<p>Chiều 23/3, hội nghị đã thống nhất nhiều nội dung quan trọng.</p>",
        "state": State.PUBLISHED,
        "publish_at": timezone.now() - dt.timedelta(days=1, seconds=-number),
    }
    if "category" not in values:
        values["category"] = category()
    created = Article.objects.create(**{**defaults, **values})
    created.tags.set([tag(name) for name in tags])
    return created


def articles(count, *, tags=(), **values):
    """Many published articles at once, an hour between them, the newest first; for lists to show."""
    now, values = timezone.now(), {"category": category(), **values}
    made = Article.objects.bulk_create(
        Article(title=f"{TITLES[number % len(TITLES)]} (tin {number})", lead="Tin vắn trong ngày.",
                body="<p>Nội dung đang được cập nhật.</p>", state=State.PUBLISHED,
                publish_at=now - dt.timedelta(hours=number + 1), **values)
        for number in range(count)
    )  # fmt: skip
    through = Article.tags.through
    through.objects.bulk_create(through(article=one, tag=tag(name)) for one in made for name in tags)
    return made


def draft(owner=None, **values):
    return article(state=State.DRAFT, publish_at=None, owner=owner, **values)


def pending_change(stage, *, owner=None, **changes):
    """A published article with a change to it that has come as far as `stage`."""
    found = article("Tiêu đề bạn đọc có", owner=owner)
    changed = text.put({**text.of(found), "title": "Tiêu đề đã sửa"}, found)
    for name, value in changes.items():
        setattr(changed, name, value)
    writer = user(None, "Biên tập viên")
    workflow.save(changed, writer)
    Article.objects.filter(pk=found.pk).update(pending_state=stage)
    found.refresh_from_db()
    return found


def page(title="Liên hệ", **values):
    return Page.objects.create(title=title, **{"body": "<p>Số 1 đường Cách mạng tháng Tám.</p>", **values})


def user(name=None, *roles, **values):
    """Someone who may enter the newsroom, in the groups named by `roles`."""
    name = name or f"nguoi{next(_numbers)}"
    person = User.objects.create_user(name, password="mật khẩu rất dài", is_staff=True, **values)  # noqa: S106
    person.groups.set(Group.objects.filter(name__in=roles))
    return person


def picture_bytes(size=(640, 360), colour=(40, 120, 90), kind="JPEG", **options):
    buffer = io.BytesIO()
    Pillow.new("RGB", size, colour).save(buffer, kind, **options)
    return buffer.getvalue()


def image(size=(640, 360), **values):
    number = next(_numbers)
    content = picture_bytes(size, (number * 37 % 256, number * 101 % 256, number * 11 % 256))  # no two alike
    return images.ingest(content, **{"alt": "Cầu bắc qua sông Công lúc bình minh", **values})


_shown = []


def shown_image():
    """One picture for tests that do no more than show it: decoded once, its files stay in the scratch folder."""
    if not _shown:
        _shown.append(image())
        return _shown[0]
    columns = [field.attname for field in Image._meta.fields if field.name != "id"]
    return Image.objects.create(**{name: getattr(_shown[0], name) for name in columns})
