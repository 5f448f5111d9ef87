"""Texts shown before they are readers': to the newsroom, and by a link to somebody without an account."""
import datetime as dt

import factories
import pytest
from django.utils import timezone
from newsroom import LIST, REPORTER, address, fields

from news import preview
from news.models import Article, PreviewLink
from news.models.choices import State
from news.signals import happened

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return factories.user("lan", REPORTER, full_name="Hoàng Thị Lan")


@pytest.fixture
def reporter(client, author):
    client.force_login(author)
    return client


def link_to(article, **values):
    tomorrow = timezone.now() + dt.timedelta(days=1)
    return PreviewLink.objects.create(article=article, **{"expires_at": tomorrow, **values})


def test_a_form_is_shown_as_readers_will_see_it_and_nothing_is_saved(reporter, author):
    article = factories.draft(author)
    tag = factories.tag("lễ hội trà")
    data = fields(article, title="Chưa lưu", body="<p>Nội dung <strong>chưa lưu</strong>.</p>", tags=[tag.pk])
    response = reporter.post(address(article, "xem-truoc"), data)
    html = response.content.decode()
    assert "<h1>Chưa lưu</h1>" in html
    assert "<strong>chưa lưu</strong>" in html
    assert "lễ hội trà" in html
    assert "news/article.html" in [template.name for template in response.templates]
    article.refresh_from_db()
    assert article.title != "Chưa lưu"


def test_a_form_that_is_not_whole_yet_can_be_looked_at(reporter):
    html = reporter.post(LIST + "xem-truoc/", {"title": "Mới có tiêu đề"}).content.decode()
    assert "Mới có tiêu đề" in html
    assert reporter.post(LIST + "xem-truoc/", {}).status_code == 200
    assert not Article.objects.exists()


def test_a_preview_is_sanitised(reporter, author):
    article = factories.draft(author)
    data = fields(article, body="<p>Chữ<script>alert(1)</script></p>")
    assert "alert(1)" not in reporter.post(address(article, "xem-truoc"), data).content.decode()


def test_a_waiting_change_is_what_is_shown(reporter, author):
    article = factories.pending_change(State.WAITING, owner=author)
    assert "Tiêu đề đã sửa" in reporter.get(address(article, "xem-truoc")).content.decode()


@pytest.mark.parametrize("guest", [False, True])
def test_a_preview_is_never_kept_nor_indexed(reporter, client, author, guest):
    article = factories.draft(author)
    response = client.get(preview.address(link_to(article))) if guest else reporter.get(address(article, "xem-truoc"))
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"


def test_a_guest_sees_the_newest_text_without_an_account(client, author):
    article = factories.draft(author)
    link = link_to(article)
    assert article.title in client.get(preview.address(link)).content.decode()
    Article.objects.update(title="Đã sửa thêm")
    html = client.get(preview.address(link)).content.decode()
    assert "Đã sửa thêm" in html
    link.refresh_from_db()
    assert link.views == 2


def test_a_link_is_made_and_taken_back_on_its_page(reporter, author, client):
    article = factories.draft(author)
    reporter.post(address(article, "chia-se"), {"purpose": "Ông Bình, Phòng Tài chính", "days": "7"})
    link = PreviewLink.objects.get()
    assert (link.author, link.purpose) == (author, "Ông Bình, Phòng Tài chính")
    assert 6 < (link.expires_at - timezone.now()).days + 1 <= 7
    assert preview.address(link) in reporter.get(address(article, "chia-se")).content.decode()
    reporter.post(address(article, "chia-se"), {"_revoke": link.pk})
    response = client.get(preview.address(link))
    assert response.status_code == 410
    assert article.title not in response.content.decode()


@pytest.mark.parametrize("when", ["expired", "revoked", "trashed"])
def test_a_link_that_is_over_says_so_and_shows_nothing(client, author, when):
    article = factories.draft(author)
    link = link_to(article)
    if when == "expired":
        PreviewLink.objects.update(expires_at=timezone.now())
    elif when == "revoked":
        PreviewLink.objects.update(revoked_at=timezone.now())
    else:
        Article.objects.update(deleted_at=timezone.now())
    response = client.get(preview.address(link))
    assert response.status_code == 410
    assert "hết hiệu lực" in response.content.decode()
    assert article.title not in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_a_token_that_was_not_signed_here_is_no_page(client, author):
    token = preview.address(link_to(factories.draft(author))).split("/")[2]
    key, _, signature = token.partition(":")
    forged = token[:-1] + ("A" if token[-1] != "A" else "B")
    for wrong in (f"{int(key) + 1}:{signature}", forged, "1", "x" * 5000, "1:"):
        assert client.get(f"/xem-truoc/{wrong}/").status_code == 404


def test_links_and_their_openings_are_told_to_the_log(reporter, author, client):
    said = []

    def hear(action, **kwargs):
        said.append(action)

    happened.connect(hear)
    article = factories.draft(author)
    reporter.post(address(article, "chia-se"), {"days": "1"})
    link = PreviewLink.objects.get()
    for _ in range(3):
        client.get(preview.address(link))
    reporter.post(address(article, "chia-se"), {"_revoke": link.pk})
    happened.disconnect(hear)
    assert said == ["preview.create", "preview.view", "preview.revoke"]


def test_a_preview_is_no_visit(client, author, settings):
    from stats import recording

    link = link_to(factories.draft(author))
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": preview.address(link), "HTTP_USER_AGENT": "Mozilla/5.0"}
    assert not recording.countable(environ, 200, "text/html")

