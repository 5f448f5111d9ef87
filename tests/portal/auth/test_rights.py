"""Who may open what, tried by everybody on every address of the URL configuration; one without a decision fails."""
import factories
import pytest
from addresses import City, routes
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.test import Client
from rights import ALL, DECISIONS

from news.models import Article, Autosave
from portal.models import User

pytestmark = pytest.mark.django_db
ROUTES = sorted(set(routes()))
# They answer 404 to those who may, too: the test has no such row, and needs none.
EMPTY = {
    "media/<path:path>", "oembed.json", r"^sitemap-bai-viet-(?P<part>[0-9]{1,12})\.xml$",
    "^tep/(?P<pk>[0-9]{1,18})/(?P<name>[^/]+)$", "quan-tri/news/article/tim-va-thay/cac-lan/<int:object_id>/hoan-tac/",
}  # fmt: skip


def test_every_address_has_a_decision():
    assert set(ROUTES) - DECISIONS.keys() == set(), "decide in rights.py who may open these"


def test_no_decision_is_left_of_an_address_that_went():
    assert DECISIONS.keys() - set(ROUTES) == set()


class People:
    def __init__(self):
        role = {"R": "Phóng viên", "E": "Biên tập viên", "B": "Ban biên tập", "A": "Quản trị"}
        people = {letter: factories.user(f"nguoi-{letter}", name) for letter, name in role.items()}
        people |= {"M": User.objects.create_user("thanhvien"), "S": factories.user("nhanvien"),
                   "X": User.objects.create_superuser("goc")}  # fmt: skip
        self.city = City(people["R"])
        self.clients = {letter: self._client(people.get(letter)) for letter in ALL}

    def _client(self, person):
        client = Client()
        if person:
            client.force_login(person)
        return client, {name: cookie.value for name, cookie in client.cookies.items()}

    def try_(self, route, letter, method):
        """Whether somebody gets in; nothing of what that does stays."""
        client, cookies = self.clients[letter]
        before = transaction.savepoint()
        try:
            response = getattr(client, method)(self.city.address(route))
        finally:
            transaction.savepoint_rollback(before)
            client.cookies.clear()
            for name, value in cookies.items():
                client.cookies[name] = value
        assert response.status_code < 500, (route, letter)
        turned_away = response.status_code == 302 and response.url.startswith(("/dang-nhap/?", "/quan-tri/login/"))
        return not (turned_away or response.status_code in (403, 404))


def wrong(people, route, letters, method):
    allowed = DECISIONS[route][method == "post"]
    return [f"{method} {route}: {letter} gets {'no' * (letter in allowed)} entry" for letter in letters
            if people.try_(route, letter, method) is not (letter in allowed)
            and not (route in EMPTY and letter in allowed)]  # fmt: skip


def at_the_border(route, method):
    """The most powerful of those who may not, and the least powerful of those who may."""
    allowed = DECISIONS[route][method == "post"]
    outside = [letter for letter in ALL if letter not in allowed]
    return outside[-1:] + list(allowed[:1] if method == "get" else "")


@pytest.mark.slow
def test_the_border_of_every_address_is_where_it_was_decided():
    people, found = People(), []
    for route in ROUTES:
        for method in ("get", "post"):
            # The way in and out itself turns who is in already away.
            if route not in {"quan-tri/login/", "quan-tri/autocomplete/", "tai-khoan/phien/ket-thuc/"}:
                found += wrong(people, route, at_the_border(route, method), method)
    assert found == []


@pytest.mark.slow
def test_everybody_tries_every_address():
    people, found = People(), []
    for route in ROUTES:
        for method in ("get", "post"):
            found += wrong(people, route, ALL, method)
    assert found == []


def test_a_reporter_touches_nobody_elses_article_on_any_address():
    """Own articles, own drafts: autosave, preview, sharing, comparing, restoring, history."""
    owner, other = factories.user("lan", "Phóng viên"), factories.user("mai", "Phóng viên")
    article = factories.draft(owner=owner, title="Bí mật của Lan")
    client, open_ = Client(), []
    client.force_login(other)
    for route in ROUTES:
        if not route.startswith("quan-tri/news/article/<"):
            continue
        address = "/" + route.replace("<int:object_id>", str(article.pk)).replace("<path:object_id>", str(article.pk))
        for method in (client.get, client.post):
            response = method(address, {"title": "Đã chiếm", "body": "<p>x</p>", "started_from": article.version},
                              follow=True)  # fmt: skip
            if response.status_code == 200 and "Bí mật của Lan" in response.content.decode():
                open_.append(address)
    assert open_ == []
    assert Article.objects.get(pk=article.pk).title == "Bí mật của Lan"
    assert not Autosave.objects.filter(article=article).exists()


def test_the_way_to_a_rows_own_page_names_it_only_to_who_may_see_it(client):
    owner, other = factories.user("lan", "Phóng viên"), factories.user("mai", "Phóng viên")
    article = factories.draft(owner=owner, title="Bí mật của Lan")
    address = f"/quan-tri/r/{ContentType.objects.get_for_model(Article).pk}/{article.pk}/"
    client.force_login(other)
    assert client.get(address).status_code == 404
    client.force_login(owner)
    assert client.get(address)["Location"].endswith(article.get_absolute_url())


def test_a_draft_is_on_no_address_of_the_public():
    article = factories.draft(title="Chưa ai được biết", tags=["bí ẩn"])
    client = Client()
    for address in (article.get_absolute_url(), "/", article.category.get_absolute_url(), "/rss/", "/tu-khoa/bi-an/",
                    "/tim-kiem/?q=chưa+ai+được+biết", "/so-do-cong/"):  # fmt: skip
        page = client.get(address)
        text = page.content.decode()
        assert "Chưa ai được biết" not in text.replace('value="chưa ai được biết"', ""), address
    with pytest.raises(ObjectDoesNotExist):
        Article.objects.published().get(pk=article.pk)
