"""What somebody types, or makes up, never ends in a 500: findings of trying to break the admin."""
import json

import factories
import pytest

from news.importing import run
from news.models import Article, Category, Page, Tag
from portal.models import User

pytestmark = pytest.mark.django_db


def article_form(**values):
    return {"title": "Bài mới", "body": "<p>x</p>", "category": factories.category().pk, **values}


@pytest.mark.parametrize("day", ["01/01/0001", "31-12-9999", "01-01-1899", "0001-01-01", "2/1/2200"])
@pytest.mark.parametrize("field", ["publish_at", "expire_at"])
def test_a_date_that_no_page_can_show_is_refused(admin_client, field, day):
    form = article_form(**{f"{field}_0": day, f"{field}_1": "00:00"})
    response = admin_client.post("/quan-tri/news/article/add/", form)
    assert response.status_code == 200
    assert not Article.objects.exists()
    assert admin_client.get("/quan-tri/news/article/").status_code == 200


@pytest.mark.parametrize("moment", ["0001-01-02T00:00:00+00:00", "1000-01-01T00:00:00", "9999-12-31T23:59:59"])
def test_an_import_refuses_it_too(tmp_path, moment):
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"title": "x", "body": "y", "published": moment}))
    assert "published is not a date" in run.run([file]).problems[0]


@pytest.mark.parametrize(("model", "field", "names"), [
    (Tag, "name", ["Chuyển đổi số", "chuyển đổi số", "chuyen doi so", "日本", "!!!"]),
    (Category, "name", ["Thử A", "Thu A", "thử a"]),
    (Page, "title", ["Giới thiệu", "Gioi thieu"]),
])  # fmt: skip
def test_names_that_would_share_an_address_get_one_each(admin_client, model, field, names):
    for name in names:
        form = {field: name, "body": "<p>x</p>", "position": 0, "published": "on", "language": "vi"}
        assert admin_client.post(f"/quan-tri/news/{model._meta.model_name}/add/", form).status_code == 302
    assert len(set(model.objects.values_list("slug", flat=True))) == len(names)


@pytest.mark.parametrize("page", ["article", "page"])
def test_a_body_that_is_too_long_is_refused_and_stays_on_the_screen(admin_client, page):
    form = {**article_form(), "body": "z" * 1_000_001}
    response = admin_client.post(f"/quan-tri/news/{page}/add/", form)
    assert response.status_code == 200
    assert "dài quá 1.000.000 ký tự" in response.content.decode()


@pytest.mark.parametrize("path", ["a" * 300, "a" * 10_000, "a/" * 3_000, "%F0%9F%98%80" * 80, ".", "anh"])
def test_no_path_of_a_file_is_too_odd(client, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_a_device_is_no_picture(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"title": "x", "body": "y", "published": "2024-01-01", "image": "/dev/zero"}))
    assert "image" in run.run([file]).problems[0]


@pytest.mark.parametrize("query", ["publish_at__year=9999", "publish_at__year=99999", "publish_at__year=abc",
                                   "publish_at__year=9999&publish_at__month=12&publish_at__day=31", "p=-1", "o=abc",
                                   "state__exact=xx", "category__id__exact=abc", "khong_co=1", "q=%00",
                                   "title__regex=(", "title__iregex=(a%2B)%2B$",
                                   "q=" + "a+" * 2000])  # fmt: skip
def test_no_filter_of_a_list_is_too_odd(admin_client, query):
    assert admin_client.get(f"/quan-tri/news/article/?{query}").status_code in (200, 302, 400)


@pytest.mark.parametrize("key", ["abc", "1\0", "-1", "9" * 30])
@pytest.mark.parametrize("page", ["news/article", "news/tag", "portal/user", "auth/group"])
def test_no_chosen_row_is_too_odd(admin_client, page, key):
    form = {"action": "delete_selected", "_selected_action": key}
    assert admin_client.post(f"/quan-tri/{page}/", form).status_code in (302, 400)


@pytest.mark.parametrize("key", ["abc", "999999999999999999999", "%00", "-"])
def test_no_short_cut_to_a_row_is_too_odd(admin_client, key):
    for kind in range(1, 30):
        assert admin_client.get(f"/quan-tri/r/{kind}/{key}/").status_code in (302, 400, 404)


def test_two_people_never_share_a_name_but_for_its_capitals(admin_client, admin_user):
    person = factories.user("lan")
    form = {"username": "ADMIN", "is_active": "on", "is_staff": "on", "date_joined_0": "01-01-2026"}
    response = admin_client.post(f"/quan-tri/portal/user/{person.pk}/change/", form)
    assert response.status_code == 200
    assert User.objects.get(pk=person.pk).username == "lan"
