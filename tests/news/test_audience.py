"""Who gets a picture, from the upload to the trash: readers only what readers see."""
import datetime as dt
import re

import factories
import pytest
from django.utils import timezone
from newsroom import REPORTER

from news import audience, library, preview, workflow
from news.models import Article, Image, PreviewLink

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def image():
    return small()


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def chief():
    return factories.user("tongbientap", "Quản trị", is_superuser=True)


def small():
    return factories.image((64, 36))


def body(image):
    return f'<p>Chữ.</p><figure><img src="{image.file.url}" alt="Cầu"></figure>'


def ask(client, image, query=""):
    """Status and caching of every file of a picture, which are the same for all of them."""
    addresses = [image.file.url, image.thumbnail, image.share[2]]
    answers = {(answer.status_code, answer["Cache-Control"]) for address in addresses
               for answer in [client.get(address + query)]}  # fmt: skip
    assert len(answers) == 1
    return answers.pop()


GONE = (404, "no-store")
PUBLIC = (200, "public, max-age=31536000, immutable")


def test_a_picture_of_no_text_is_the_newsrooms(client, image):
    assert ask(client, image) == GONE
    client.force_login(factories.user("lan", REPORTER))
    assert ask(client, image) == (200, "private, no-store")
    client.force_login(factories.user("docgia"))
    assert ask(client, image) == GONE


@pytest.mark.parametrize("use", [
    lambda image: factories.article(image=image),
    lambda image: factories.article(body=body(image)),
    lambda image: factories.page(body=body(image)),
])  # fmt: skip
def test_what_readers_see_is_everybodys(client, image, use):
    use(image)
    assert ask(client, image) == PUBLIC


@pytest.mark.parametrize("use", [
    lambda image: factories.draft(factories.user("lan", REPORTER), image=image),
    lambda image: factories.draft(factories.user("lan", REPORTER), body=body(image)),
    lambda image: factories.page(body=body(image), published=False),
    lambda image: factories.article(image=image, publish_at=NOW() + dt.timedelta(hours=1)),
    lambda image: factories.article(body=body(image), publish_at=NOW() - dt.timedelta(2), expire_at=NOW()),
])  # fmt: skip
def test_what_readers_do_not_see_yet_or_any_more_is_not(client, image, use):
    use(image)
    assert ask(client, image) == GONE


def test_a_texts_hour_opens_its_picture_with_nobody_writing(client, image):
    article = factories.article(image=image, publish_at=NOW() + dt.timedelta(hours=1))
    assert ask(client, image) == GONE
    Article.objects.filter(pk=article.pk).update(publish_at=NOW())
    assert ask(client, image) == PUBLIC


def test_a_picture_of_a_text_that_expires_goes_with_it(client, image):
    article = factories.article(image=image, expire_at=NOW() + dt.timedelta(hours=1))
    assert ask(client, image) == (200, "public, max-age=600")
    Article.objects.filter(pk=article.pk).update(publish_at=NOW() - dt.timedelta(9), expire_at=NOW())
    assert ask(client, image) == GONE


def test_a_withdrawn_texts_pictures_go_unless_another_text_shows_them(client, image, chief, on_commit):
    lead = small()
    article = factories.article(image=lead, body=body(image))
    factories.article(image=lead)
    assert (ask(client, image), ask(client, lead)) == (PUBLIC, PUBLIC)
    with on_commit():
        workflow.perform("withdraw", article, chief, "Sai số liệu")
    assert (ask(client, image), ask(client, lead)) == (GONE, PUBLIC)


def test_a_picture_that_a_published_change_leaves_out_goes(client, image, chief, on_commit):
    article = factories.article(body=body(image))
    assert ask(client, image) == PUBLIC
    article.body = "<p>Không còn ảnh.</p>"
    workflow.save(article, chief)
    assert ask(client, image) == PUBLIC  # what waits takes nothing from readers
    with on_commit():
        for step in ("submit", "approve", "publish"):
            article = workflow.perform(step, article, chief, "Gấp", override=True)
    assert ask(client, image) == GONE


@pytest.mark.parametrize("change", [
    lambda page: page.delete(), lambda page: type(page).objects.all().delete(),
    lambda page: [setattr(page, "published", False), page.save()],
    lambda page: [setattr(page, "body", "<p>Chữ.</p>"), page.save()],
])  # fmt: skip
def test_a_page_that_goes_takes_its_pictures_along(client, image, on_commit, change):
    page = factories.page(body=body(image))
    assert ask(client, image) == PUBLIC
    with on_commit():
        change(page)
    assert ask(client, image) == GONE


def test_a_guest_with_a_preview_link_sees_the_pictures_of_that_text_alone(client, image):
    lead, other = small(), small()
    article = factories.draft(factories.user("lan", REPORTER), image=lead, body=body(image))
    link = PreviewLink.objects.create(article=article, expires_at=NOW() + dt.timedelta(days=1))
    html = client.get(preview.address(link)).content.decode()
    shown = set(re.findall(r'/media/anh/[^"\s]+', html))
    assert {key for key in (lead.key, image.key) if any(key in address for address in shown)} == {lead.key, image.key}
    assert {client.get(address.replace("&amp;", "&")).status_code for address in shown} == {200}
    query = "?" + next(iter(shown)).partition("?")[2]
    assert ask(client, image, query) == (200, "private, no-store")
    assert ask(client, other, query) == GONE
    assert ask(client, image, query[:-1]) == GONE
    PreviewLink.objects.update(expires_at=NOW())
    assert ask(client, image, query) == GONE


def test_the_first_request_costs_two_queries_and_the_next_none(client, image, django_assert_num_queries):
    factories.article(image=image)
    for queries in (2, 0):
        with django_assert_num_queries(queries):
            assert client.get(image.file.url).status_code == 200


def test_a_text_withdrawn_while_a_request_looks_stays_closed(client, image, monkeypatch):
    """The withdrawal commits between the look and the taking away of the mark; its own mark is still to come."""
    article = factories.article(image=image)
    look, looks = audience.look, []

    def looked(key):
        looks.append(look(key))
        Article.objects.filter(pk=article.pk).update(state=Article.State.WITHDRAWN)
        return looks[-1]

    monkeypatch.setattr(audience, "look", looked)
    assert ask(client, image) == GONE
    assert audience.is_marked(image.key)


def test_a_picture_that_comes_back_from_the_trash_is_not_open_to_all(client, image, on_commit):
    with on_commit():
        library.trash(image)
        library.restore(Image.objects.get())
    assert ask(client, image) == GONE
