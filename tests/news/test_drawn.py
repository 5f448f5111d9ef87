"""Pages are drawn once for what they show, and never shown as they were before a change."""
import datetime as dt
from unittest import mock

import factories
import pytest
from django.http import HttpResponse
from django.utils import timezone

from news import drawn
from news.models import AlertBanner, Article, Attachment, Category, Tag
from portal import figures, site
from portal.models import Link, MenuItem, SiteSettings
from stats.models import ArticleTotal

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def nothing_kept():
    drawn.pages.clear()


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


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content


def test_whatever_a_page_shows_is_on_it_once_it_changed(client, story):
    """Each change shows, and what is shown is what a drawing from nothing shows."""
    before = page(client, story.get_absolute_url())
    for what, change in ways_to_change(story):
        change()
        story.refresh_from_db()
        after = page(client, story.get_absolute_url())
        assert after != before, what
        drawn.pages.clear()
        assert page(client, story.get_absolute_url()) == after, what
        before = after


def test_what_did_not_change_is_drawn_once(client, story, django_assert_num_queries):
    """Nor does it matter that something else was published, and the site's settings read anew."""
    before = page(client, story.get_absolute_url())
    factories.article("Tin ở mục khác", category=factories.category("Văn hóa"))
    site.forget()
    site.current()
    with mock.patch("news.views.articles.render", side_effect=AssertionError), django_assert_num_queries(4):
        assert page(client, story.get_absolute_url()) == before


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


def test_two_hosts_have_two_pages(client, story, settings):
    settings.ALLOWED_HOSTS = ["songcong.example", "testserver"]
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
