"""Pages are drawn once for what they show, and never shown as they were before a change."""
import datetime as dt
import re
from unittest import mock

import factories
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import override_settings
from django.utils import timezone

from news import drawn
from news.models import AlertBanner, Article, Attachment, Category, Placement, Tag, Topic
from portal import figures, site
from portal.models import Link, MenuItem, SiteSettings
from stats.models import ArticleTotal, MostViewed

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
LONG_AGO = dt.datetime(2010, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def story():
    """An article with everything that its page can show."""
    SiteSettings.objects.create()
    top = factories.category("Kinh tế")
    category = factories.category("Công thương", parent=top)
    found = factories.article("Khánh thành cầu mới", category=category, tags=["cầu", "sông Công"], pen_name="Hoàng Lan",
                              image=factories.shown_image(), source="Báo Thái Nguyên", caption="Cầu mới nhìn từ bờ bắc",
                              corrections=[{"at": "2026-01-02T03:04:05+07:00", "note": "Sửa số liệu."}])  # fmt: skip
    found.attachments.add(Attachment.objects.create(sha256="a" * 64, file="rieng/tep/a.pdf", title="Quyết định",
                                                    size=2_000, kind="pdf"))  # fmt: skip
    for hours in (-1, 1):
        factories.article(f"Tin cùng mục {hours}", category=category, publish_at=found.publish_at + hours * HOUR)
    found.related.add(factories.article("Tin được chọn", image=found.image))
    factories.article("Tin cùng từ khóa", tags=["cầu"])
    return found


def ways_to_change(article):
    """(what is changed, how); each shows on the article's page."""
    row, picture = Article.objects.filter(pk=article.pk), type(article.image).objects.filter(pk=article.image_id)

    def of(found, **values):
        return lambda: found.update(**values)

    def site_is(**values):
        return lambda: SiteSettings(pk=1, **values).save()

    for name, value in {
        "title": "Khánh thành cầu Bến Tượng", "lead": "Sa-pô khác", "rendered": "<p>Thân bài khác.</p>",
        "pen_name": "Minh Ngọc", "source": "Cổng thông tin tỉnh", "caption": "Cầu nhìn từ bờ nam",
        "social_description": "Lời khác", "publish_at": article.publish_at + dt.timedelta(minutes=1),
        "corrections": [{"at": "2026-02-03T04:05:06+07:00", "note": "Sửa tên người."}],
    }.items():  # fmt: skip
        yield name, of(row, **{name: value})
    yield "the picture's description", of(picture, alt="Cầu lúc hoàng hôn")
    yield "the picture's files", of(picture, renditions={})
    yield "the picture's credit", of(picture, credit="Trần Văn Hùng")
    yield "the category's name", of(Category.objects.filter(pk=article.category_id), name="Công nghiệp")
    yield "the category's address", of(Category.objects.filter(pk=article.category_id), slug="cong-nghiep")
    yield "the name of the category above", of(Category.objects.filter(name="Kinh tế"), name="Kinh tế, đầu tư")
    yield "a tag's name", of(Tag.objects.filter(name="cầu"), name="cầu đường")
    yield "its tags", lambda: article.tags.add(factories.tag("giao thông"))
    yield "a file's name", of(Attachment.objects.all(), title="Thông báo")
    yield "a file is taken away", of(Attachment.objects.all(), deleted_at=timezone.now())
    yield "a neighbour's title", of(Article.objects.filter(title="Tin cùng mục 1"), title="Tin đổi tên")
    yield "a neighbour goes", of(Article.objects.filter(title="Tin cùng mục -1"), state="withdrawn")
    yield "a neighbour comes", lambda: factories.article(category=article.category)
    yield "the title of a chosen one", of(Article.objects.filter(title="Tin được chọn"), title="Tin chọn đổi tên")
    yield "one with the same tag goes", of(Article.objects.filter(title="Tin cùng từ khóa"), expire_at=timezone.now())
    yield "the choice", lambda: article.related.clear()
    yield "no picture", of(row, image=None)
    yield "how often it was read", lambda: ArticleTotal.objects.create(article=article.pk, views=1_234)
    yield from ways_to_change_the_site(site_is)


def ways_to_change_the_site(site_is):
    banner = AlertBanner(text="Nước sông lên nhanh", ends_at=timezone.now() + HOUR)
    yield "the portal's name", site_is(name="Cổng thông tin thành phố Phổ Yên")
    yield "its colour", site_is(colour="#0b5d3b")
    yield "its telephone", site_is(phone="0208 3862 001")
    yield "the menu", lambda: MenuItem.objects.create(label="Dịch vụ công", address="/trang/dich-vu-cong/")
    yield "the links", lambda: Link.objects.create(label="Chính phủ", address="https://chinhphu.vn/")
    yield "a page in English", lambda: (factories.page("About the city", language="en"), site.forget())
    yield "a banner", banner.save
    yield "the banner's words", lambda: AlertBanner(pk=banner.pk, text="Nước rút", ends_at=banner.ends_at).save()


def ways_to_change_a_list(article):
    """The same for a list that begins with it, and for the front page."""
    row, picture = Article.objects.filter(pk=article.pk), type(article.image).objects.filter(pk=article.image_id)
    category = Category.objects.filter(pk=article.category_id)
    values = {"title": "Khánh thành cầu Bến Tượng", "slug": "cau-khac", "lead": "Sa-pô khác",
              "publish_at": article.publish_at + dt.timedelta(minutes=1)}  # fmt: skip
    for name, value in values.items():
        yield name, lambda name=name, value=value: row.update(**{name: value})
    yield "the picture's files", lambda: picture.update(renditions={})
    yield "the category's name", lambda: category.update(name="Công nghiệp")
    yield "no picture", lambda: row.update(image=None)
    yield "one more", lambda: factories.article("Tin mới nhất", category=article.category, publish_at=timezone.now())
    yield "it goes", lambda: row.update(state="withdrawn")
    yield from ways_to_change_the_site(lambda **values: lambda: SiteSettings(pk=1, **values).save())


def ways_to_change_a_category(article):
    category = Category.objects.filter(pk=article.category_id)
    yield "what it is about", lambda: category.update(description="Tin của ngành công thương.")
    yield "the name of the one above", lambda: Category.objects.filter(name="Kinh tế").update(name="Kinh tế, đầu tư")
    yield "one below", lambda: (category.update(parent=None), factories.category("Chợ", parent_id=article.category_id))
    yield from ways_to_change_a_list(article)
    yield "another page behind", lambda: factories.articles(25, category=article.category)


def ways_to_change_the_front_page(article):
    other = factories.article("Tin được đặt", publish_at=timezone.now() - 100 * HOUR)
    yield "what stands on top", lambda: Placement.objects.create(place=1, article=other)
    yield "what was read most", lambda: MostViewed.objects.create(days=7, rank=1, article=other.pk, views=9)
    yield "the order of its parts", lambda: Category.objects.filter(name="Kinh tế").update(position=7)
    yield "a part goes", lambda: Category.objects.filter(pk=other.category_id).update(on_home=False)
    yield from ways_to_change_a_list(article)


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content


@pytest.mark.parametrize(("ways", "path"), [
    (ways_to_change, lambda story: story.get_absolute_url()),
    (ways_to_change_a_category, lambda story: story.category.get_absolute_url()),
    (ways_to_change_the_front_page, lambda story: "/"),
])  # fmt: skip
def test_whatever_a_page_shows_is_on_it_once_it_changed(client, story, ways, path):
    """Each change shows, and what is shown is what a drawing from nothing shows."""
    changes = list(ways(story))
    before = page(client, path(story))
    for what, change in changes:
        change()
        story = Article.objects.get(pk=story.pk)
        after = page(client, path(story))
        assert after != before, what
        drawn.pages.clear()
        assert page(client, path(story)) == after, what
        before = after


@pytest.mark.parametrize(("address", "queries"), [("article", 4), ("category", 3), ("home", 6)])
def test_what_did_not_change_is_drawn_once(client, story, django_assert_num_queries, address, queries):
    """Nor does it matter that something else was published, and the site's settings read anew."""
    path = {"article": story.get_absolute_url(), "category": story.category.get_absolute_url(), "home": "/"}[address]
    site.current()
    with django_assert_num_queries(queries):
        before = page(client, path)
    factories.article("Tin cũ ở mục khác", category=factories.category("Văn hóa", on_home=False), publish_at=LONG_AGO)
    if address == "home":
        before = page(client, path)  # its queries ask for categories by name: one more makes them others
    site.forget()
    site.current()
    drawing = mock.patch("django.template.base.Template.render", side_effect=AssertionError)
    with drawing, django_assert_num_queries(queries):
        assert page(client, path) == before


def test_a_list_by_tag_or_topic_shows_what_it_is_called_now(client, story):
    topic = Topic.objects.create(name="Giải phóng mặt bằng", lead="Từ năm 2021.", published=True)
    topic.articles.add(story)
    for found, change in (("tag", {"name": "cầu đường"}), ("topic", {"name": "Làm cầu"}), ("topic", {"lead": "Mới."})):
        row = topic if found == "topic" else Tag.objects.get(slug="cau")
        before = page(client, row.get_absolute_url())
        type(row).objects.filter(pk=row.pk).update(**change)
        assert page(client, row.get_absolute_url()) != before, change


def test_each_page_of_a_list_is_a_page_of_its_own(client, story):
    factories.articles(25, category=story.category)
    path = story.category.get_absolute_url()
    first, second = page(client, path), page(client, f"{path}?trang=2")
    assert first != second
    assert (page(client, path), page(client, f"{path}?trang=2")) == (first, second)
    assert len(drawn.pages) == 2


def test_a_banner_comes_and_goes_by_the_clock(client, story):
    now = timezone.now()
    linked = factories.article("Sơ tán dân ven sông", expire_at=now + 2 * HOUR)
    AlertBanner.objects.create(text="Nước sông lên", link=linked, starts_at=now + HOUR, ends_at=now + 3 * HOUR)
    seen = []
    for hours in (0, 1.5, 2.5, 3.5):
        with mock.patch("django.utils.timezone.now", return_value=now + hours * HOUR):
            html = page(client, story.get_absolute_url()).decode()
            seen.append(("Nước sông lên" in html, "Sơ tán dân ven sông" in html))
    assert seen == [(False, False), (True, True), (True, False), (False, False)]


def test_the_figures_are_those_of_the_moment(client, story, monkeypatch):
    page(client, story.get_absolute_url())
    monkeypatch.setattr(figures, "current", lambda: figures.Figures(7, 61, 1_234, 1_940_861))
    ArticleTotal.objects.create(article=story.pk, views=5_678)
    html = page(client, story.get_absolute_url()).decode()
    for name, shown in {"online": "7", "today": "61", "month": "1.234", "total": "1.940.861", "views": "5.678"}.items():
        assert f'data-figure="{name}">{shown}</dd>' in html


def test_who_is_logged_in_gets_a_page_of_their_own_and_leaves_none(client, admin_client, story):
    path = story.get_absolute_url()
    assert b'class="strip__account"' in page(admin_client, path)
    assert len(drawn.pages) == 0
    guests = page(client, path)
    assert b'class="strip__account"' not in guests
    assert b'class="strip__account"' in page(admin_client, path)
    assert page(client, path) == guests


def test_a_preview_leaves_no_page(admin_client, client, story):
    from news import preview, text

    request = client.get(story.get_absolute_url()).wsgi_request
    before = page(client, story.get_absolute_url())
    shown = preview.response(request, story, {**text.of(story), "title": "Chưa ai được đọc"})
    assert "Chưa ai được đọc" in shown.content.decode()
    assert page(client, story.get_absolute_url()) == before


@override_settings(ALLOWED_HOSTS=["songcong.example", "testserver"])
def test_two_hosts_have_two_pages(client, story):
    page(client, story.get_absolute_url())
    html = client.get(story.get_absolute_url(), headers={"host": "songcong.example"}).content
    assert b"http://songcong.example/" in html
    assert b"testserver" not in html


def test_the_headers_are_those_of_a_page_that_was_just_drawn(client, story):
    first, second = client.get(story.get_absolute_url()), client.get(story.get_absolute_url())
    assert first.headers == second.headers
    assert "rel=preload" in second["Link"]
    again = client.get(story.get_absolute_url(), headers={"if-none-match": second["ETag"]})
    assert again.status_code == 304
    drawn.pages.clear()
    with mock.patch.object(drawn, "shell", None):
        assert client.get(story.get_absolute_url())["ETag"] == second["ETag"]


def test_templates_ask_a_request_for_its_address_alone():
    """What else they asked for would have to be in the key, as portal.shell gives it."""
    templates = [settings.BASE_DIR / "templates" / name for name in ("base.html", "home.html")]
    templates += [*templates[0].parent.glob("_*.html"), *templates[0].parent.glob("news/*.html")]
    named = {name for path in templates for name in re.findall(r"\brequest\.(\w+)", path.read_text(encoding="utf-8"))}
    assert named == {"scheme", "get_host", "path", "resolver_match"}


def test_pages_take_no_more_than_their_bytes(rf, monkeypatch):
    kept = drawn.Shelf(20 * 10_000)
    monkeypatch.setattr(drawn, "pages", kept)
    for number in range(100):
        request = rf.get(f"/bai-viet/{number}/")
        drawn.page(request, (number,), lambda more: HttpResponse("ă" * 2_000))
        drawn.page(rf.get("/bai-viet/0/"), (0,), lambda more: HttpResponse("ă" * 2_000))
        assert kept.size <= kept.limit
    assert drawn.known(rf.get("/bai-viet/0/"))
    assert drawn.known(rf.get("/bai-viet/99/"))
    assert drawn.known(rf.get("/bai-viet/1/")) is None


def test_sheets_stand_in_memory_once(client, story):
    sizes = []
    for article in Article.objects.filter(title__startswith="Tin cùng mục"):
        page(client, article.get_absolute_url())
        kept = drawn.pages.items()[-1][1]
        sizes.append({id(piece) for piece in kept.pieces if piece.startswith(b"<style>") and len(piece) > 500})
    assert sizes[0] == sizes[1] != set()
