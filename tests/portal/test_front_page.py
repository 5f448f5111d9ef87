"""The top of the front page as editors choose it, and banners that come and go by themselves."""
import datetime as dt
from unittest import mock

import factories
import pytest
from django.db import connection
from django.utils import timezone

from news import front, workflow
from news.models import AlertBanner, Article, Placement
from news.models.article import State
from portal import site
from portal.models import LogEntry
from portal.views import errors

pytestmark = pytest.mark.django_db
PAGE = "/quan-tri/news/placement/"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def articles():
    """Ten articles, newest first."""
    now = timezone.now()
    return [factories.article(f"Bài {number}", publish_at=now - (number + 1) * HOUR) for number in range(10)]


def top(client):
    return titles_on_top(client.get("/").context)


def titles_on_top(context):
    return [card.title for card in [context["lead"], *context["highlights"]] if card]


def place(number, article, **values):
    return Placement.objects.create(place=number, article=article, **values)


def test_nothing_chosen_means_the_newest(client, articles):
    assert top(client) == ["Bài 0", "Bài 1", "Bài 2", "Bài 3"]


def test_chosen_articles_stand_in_their_places_and_the_newest_fill_the_rest(client, articles):
    place(1, articles[7])
    place(3, articles[9])
    context = client.get("/").context
    assert titles_on_top(context) == ["Bài 7", "Bài 0", "Bài 9", "Bài 1"]
    assert [card.title for card in context["latest"]] == ["Bài 2", "Bài 3", "Bài 4", "Bài 5", "Bài 6", "Bài 8"]


def test_no_article_is_shown_twice(client, articles):
    place(2, articles[0])
    place(4, articles[1])
    assert top(client) == ["Bài 2", "Bài 0", "Bài 3", "Bài 1"]
    html = client.get("/").content.decode()
    for number in range(4):
        assert html.count(f'{articles[number].get_absolute_url()}">') == 1 + (number < 4)  # and once as most read


@pytest.mark.parametrize("values", [
    {"state": State.WITHDRAWN}, {"state": State.DRAFT}, {"expire_at": timezone.now() - dt.timedelta(minutes=1)},
    {"publish_at": timezone.now() + HOUR},
])  # fmt: skip
def test_a_place_comes_back_by_itself(client, articles, values):
    place(1, articles[5])
    assert top(client)[0] == "Bài 5"
    Article.objects.filter(pk=articles[5].pk).update(**values)
    assert top(client) == ["Bài 0", "Bài 1", "Bài 2", "Bài 3"]


def test_the_clock_alone_gives_a_place_back_and_takes_it(client, articles):
    now = timezone.now()
    place(1, articles[5], until=now + HOUR)
    place(2, factories.article("Hẹn giờ", publish_at=now + HOUR))
    assert top(client)[:2] == ["Bài 5", "Bài 0"]
    with mock.patch("django.utils.timezone.now", return_value=now + HOUR):
        assert top(client)[:2] == ["Bài 0", "Hẹn giờ"]


@pytest.mark.parametrize("number", range(5))
def test_a_young_portal_has_no_holes(client, number):
    made = [factories.article(f"Bài {index}") for index in range(number)]
    if made:
        place(4, made[0])
    assert len(top(client)) == number


def test_the_front_page_costs_six_queries_whatever_was_chosen(client, articles, django_assert_num_queries):
    for number in front.PLACES:
        place(number, articles[number])
    articles[0].also_in.add(factories.category("Y tế"))
    site.current()
    with django_assert_num_queries(6):
        client.get("/")


# ---------------------------------------------------------------- choosing


@pytest.fixture
def board(client):
    person = factories.user("tongbientap", "Ban biên tập", full_name="Lê Minh")
    client.force_login(person)
    return person


def form(client, **choices):
    """What the page would send: `a1=article`, `u1=moment`."""
    opened = client.get(PAGE).context["form"]["opened"].value()
    sent = {"opened": opened}
    for number in front.PLACES:
        article, until = choices.get(f"a{number}"), choices.get(f"u{number}")
        sent[f"article{number}"] = article.pk if article else ""
        local = timezone.localtime(until) if until else None
        sent[f"until{number}_0"] = f"{local:%d-%m-%Y}" if local else ""
        sent[f"until{number}_1"] = f"{local:%H:%M}" if local else ""
    return sent


def test_all_four_are_chosen_at_once_and_the_log_tells(client, board, articles):
    until = timezone.now() + dt.timedelta(days=2)
    response = client.post(PAGE, form(client, a1=articles[7], a3=articles[9], u3=until), follow=True)
    assert response.status_code == 200
    assert top(client) == ["Bài 7", "Bài 0", "Bài 9", "Bài 1"]
    entry = LogEntry.objects.get(action="placement.change")
    assert entry.actor == board
    assert entry.detail.splitlines() == [
        "Tiêu điểm: tự động → Bài 7",
        f"Tin nổi bật 2: tự động → Bài 9 (đến {timezone.localtime(until):%d-%m-%Y %H:%M})"]  # fmt: skip
    client.post(PAGE, form(client, a1=articles[9], a3=articles[7]))
    assert top(client) == ["Bài 9", "Bài 0", "Bài 7", "Bài 1"]
    client.post(PAGE, form(client))
    assert top(client) == ["Bài 0", "Bài 1", "Bài 2", "Bài 3"]
    assert not Placement.objects.exists()


def test_saving_what_is_there_changes_nothing(client, board, articles):
    client.post(PAGE, form(client, a1=articles[7]))
    before = LogEntry.objects.count()
    response = client.post(PAGE, form(client, a1=articles[7]), follow=True)
    assert "Không có gì thay đổi." in response.content.decode()
    assert LogEntry.objects.count() == before


def test_one_article_in_two_places_is_refused_in_words(client, board, articles):
    response = client.post(PAGE, form(client, a1=articles[7], a4=articles[7]))
    assert "Một bài không đặt được ở hai vị trí: “Tiêu điểm” và “Tin nổi bật 3”" in response.content.decode()
    assert not Placement.objects.exists()


def test_a_time_that_has_passed_is_refused_in_words(client, board, articles):
    response = client.post(PAGE, form(client, a1=articles[7], u1=timezone.now() - HOUR))
    assert "giờ giữ đến đã qua" in response.content.decode()
    assert not Placement.objects.exists()


def test_a_time_without_an_article_is_refused_in_words(client, board, articles):
    response = client.post(PAGE, form(client, u2=timezone.now() + HOUR))
    assert "Hãy chọn bài, hoặc để trống cả giờ giữ." in response.content.decode()


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(client, board, articles):
    sent = form(client, a1=articles[7])
    place(1, articles[3])
    response = client.post(PAGE, sent)
    assert "Người khác vừa đổi tin ở trang chủ" in response.content.decode()
    assert Placement.objects.get().article == articles[3]
    # Having seen it, they may go on.
    sent["opened"] = response.context["form"]["opened"].value()
    client.post(PAGE, sent)
    assert Placement.objects.get().article == articles[7]


@pytest.mark.parametrize(("values", "words"), [
    ({"state": State.WAITING}, "Bài đang ở trạng thái “Chờ duyệt” nên bạn đọc không đọc được"),
    ({"state": State.WITHDRAWN}, "Bài đang ở trạng thái “Đã gỡ”"),
    ({"expire_at": timezone.now() - dt.timedelta(minutes=5)}, "Bài đang ở trạng thái “Hết hạn”"),
    ({"publish_at": timezone.now() + HOUR}, "Bài hẹn đăng lúc"),
])  # fmt: skip
def test_a_choice_that_nobody_can_read_is_said_in_words(client, board, articles, values, words):
    article = factories.article("Chưa đọc được", **values)
    html = client.post(PAGE, form(client, a1=article), follow=True).content.decode()
    assert html.count(words) == 2  # after saving, and where it was chosen
    assert "Bạn đọc đang thấy ở đây: Bài 0." in html


def test_a_place_whose_time_has_passed_says_so_and_is_free(client, board, articles):
    place(1, articles[7], until=timezone.now() - HOUR)
    response = client.get(PAGE)
    assert "nay đã trả lại vị trí này" in response.content.decode()
    assert response.context["form"]["article1"].value() is None
    client.post(PAGE, form(client))
    assert not Placement.objects.exists()


@pytest.mark.parametrize("key", ["abc", "999999999999999999999", "-1", "1\0", "1 OR 1=1", "0"])
def test_no_choice_is_too_odd(client, board, articles, key):
    for name in ("article1", "until1_0", "opened"):
        response = client.post(PAGE, {**form(client), name: key})
        assert response.status_code in (200, 400)
        assert not Placement.objects.exists()
    now = timezone.now()
    sent = banner_form(now - HOUR, now + HOUR, link=key)
    assert client.post("/quan-tri/news/alertbanner/add/", sent).status_code in (200, 400)


@pytest.mark.parametrize(("role", "status"), [("Phóng viên", 403), ("Biên tập viên", 403), ("Ban biên tập", 200)])
def test_the_front_page_is_chosen_by_those_who_may(client, articles, role, status):
    client.force_login(factories.user(None, role))
    assert client.get(PAGE).status_code == status
    assert client.post(PAGE, {"opened": "", "article1": articles[0].pk}).status_code in {status, 302}
    assert Placement.objects.exists() == (status == 200)
    assert client.post(f"{PAGE}add/", {"place": 1, "article": articles[0].pk}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_who_save_in_the_same_moment_do_not_both_win():
    from threading import Barrier, Thread

    board = factories.user(None, "Ban biên tập")
    pair = [factories.article(), factories.article()]
    both, said = Barrier(2), []

    def save(article):
        both.wait()
        try:
            front.choose({1: front.Choice(article)}, board, "")
            said.append("saved")
        except workflow.RefusedError as refused:
            said.append(str(refused))
        finally:
            connection.close()

    threads = [Thread(target=save, args=[article]) for article in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == sorted(["saved", front.CHANGED])
    assert Placement.objects.count() == 1


# ---------------------------------------------------------------- banners


def banner(text="Bão số 9 đổ bộ chiều nay", **values):
    now = timezone.now()
    return AlertBanner.objects.create(**{"text": text, "starts_at": now - HOUR, "ends_at": now + HOUR, **values})


def test_a_banner_stands_on_every_page_at_no_query(client, articles, django_assert_num_queries):
    banner(level="khan-cap")
    site.current()
    for address in ("/", articles[0].get_absolute_url(), "/dang-nhap/", "/so-do-cong/", "/khong-co/"):
        html = client.get(address).content.decode()
        assert "Bão số 9 đổ bộ chiều nay" in html
        assert "alert--khan-cap" in html
        assert "Khẩn cấp:" in html
    with django_assert_num_queries(0):
        client.get("/dang-nhap/")


def test_a_banner_stands_on_the_page_of_a_bad_day(django_assert_num_queries):
    banner()
    site.current()
    with django_assert_num_queries(0):
        assert "Bão số 9" in errors.server_error(None).content.decode()


def test_a_banner_comes_and_goes_by_the_clock_alone(client, django_assert_num_queries):
    now = timezone.now()
    banner(starts_at=now + HOUR, ends_at=now + 2 * HOUR)
    site.current()
    for moment, shown in [(now, False), (now + HOUR, True), (now + 2 * HOUR - dt.timedelta(seconds=1), True),
                          (now + 2 * HOUR, False)]:  # fmt: skip
        with mock.patch("django.utils.timezone.now", return_value=moment), django_assert_num_queries(0):
            assert ("Bão số 9" in client.get("/dang-nhap/").content.decode()) == shown


def test_the_gravest_banner_comes_first(client):
    for level in ("thong-bao", "khan-cap", "canh-bao"):
        banner(level, level=level)
    assert [alert.level for alert in site.current().alerts] == ["khan-cap", "canh-bao", "thong-bao"]


def test_a_banner_leads_only_to_what_readers_can_read(client, django_capture_on_commit_callbacks):
    article = factories.article("Lịch sơ tán")
    banner(link=article)
    link = f'href="{article.get_absolute_url()}"'
    assert link in client.get("/dang-nhap/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        workflow.perform("withdraw", article, factories.user(None, "Ban biên tập"), "Sai")
    html = client.get("/dang-nhap/").content.decode()
    assert link not in html
    assert "Bão số 9" in html


def test_a_link_to_what_is_to_come_appears_with_it(client):
    now = timezone.now()
    article = factories.article(publish_at=now + HOUR / 2)
    banner(link=article)
    assert article.get_absolute_url() not in client.get("/dang-nhap/").content.decode()
    with mock.patch("django.utils.timezone.now", return_value=now + HOUR / 2):
        assert article.get_absolute_url() in client.get("/dang-nhap/").content.decode()


def banner_form(starts_at, ends_at, **values):
    sent = {"text": "Cấm đường Thắng Lợi", "level": "canh-bao", "link": "", **values}
    for name, moment in (("starts_at", starts_at), ("ends_at", ends_at)):
        local = timezone.localtime(moment)
        sent |= {f"{name}_0": f"{local:%d-%m-%Y}", f"{name}_1": f"{local:%H:%M}"}
    return sent


def test_a_banner_is_made_changed_and_ended_in_the_admin(client, board, django_capture_on_commit_callbacks):
    now = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post("/quan-tri/news/alertbanner/add/", banner_form(now - HOUR, now + HOUR)).status_code == 302
    assert "Cấm đường Thắng Lợi" in client.get("/").content.decode()
    assert "Đang hiện" in client.get("/quan-tri/news/alertbanner/").content.decode()
    made = AlertBanner.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/quan-tri/news/alertbanner/", {"action": "end_now", "_selected_action": [made.pk]})
    assert "Cấm đường Thắng Lợi" not in client.get("/").content.decode()
    assert [entry.action for entry in LogEntry.objects.filter(target_type="news.alertbanner").order_by("pk")] == [
        "alertbanner.create", "alertbanner.change"]  # fmt: skip


def test_a_banner_that_has_ended_already_is_refused_in_words(client, board):
    now = timezone.now()
    html = client.post("/quan-tri/news/alertbanner/add/", banner_form(now - 2 * HOUR, now - HOUR)).content.decode()
    assert "hãy chọn giờ kết thúc ở tương lai" in html
    html = client.post("/quan-tri/news/alertbanner/add/", banner_form(now + 2 * HOUR, now + HOUR)).content.decode()
    assert "Dải tin phải kết thúc sau khi bắt đầu." in html
    assert not AlertBanner.objects.exists()


def test_a_banner_whose_article_nobody_can_read_is_said_in_words(client, board):
    now = timezone.now()
    sent = banner_form(now - HOUR, now + HOUR, link=factories.draft(title="Còn viết").pk)
    html = client.post("/quan-tri/news/alertbanner/add/", sent, follow=True).content.decode()
    assert "dải tin hiện mà không có liên kết đến bài" in html


def test_banners_are_for_those_who_may(client):
    client.force_login(factories.user(None, "Biên tập viên"))
    assert client.get("/quan-tri/news/alertbanner/add/").status_code == 403
