"""Nhuận bút: which articles count in which month, for whom; and the file that leaves the portal."""
import csv
import datetime as dt
import io

import factories
import pytest
from django.utils import timezone

from news import fees, workflow
from news.models import Article
from news.models.article import State
from portal.models import LogEntry

pytestmark = pytest.mark.django_db
PAGE = "/quan-tri/news/feesheet/"
EXPORT = f"{PAGE}xuat.csv"
MARCH = fees.Month(2026, 3)


def at(day, hour=9, minute=0, month=3):
    return timezone.make_aware(dt.datetime(2026, month, day, hour, minute))


@pytest.fixture
def board(client):
    person = factories.user("tongbientap", "Ban biên tập")
    client.force_login(person)
    return person


def counted(month=MARCH):
    return sorted(fees.articles(month).values_list("title", flat=True))


def test_a_month_is_one_of_viet_nam_to_the_second(client):
    first = dt.datetime(2026, 2, 28, 17, 0, tzinfo=dt.UTC)
    last = dt.datetime(2026, 3, 31, 16, 59, 59, tzinfo=dt.UTC)
    for title, moment in [("trước", first - dt.timedelta(seconds=1)), ("đầu", first), ("cuối", last),
                          ("sau", last + dt.timedelta(seconds=1))]:  # fmt: skip
        factories.article(title, publish_at=moment)
    assert counted() == ["cuối", "đầu"]


@pytest.mark.parametrize(("values", "counts"), [
    ({"state": State.PUBLISHED}, True),
    ({"state": State.PUBLISHED, "expire_at": at(20)}, True),
    ({"state": State.WITHDRAWN}, False),
    ({"state": State.WITHDRAWN, "deleted_at": timezone.now()}, False),
    ({"state": State.APPROVED}, False),
    ({"state": State.DRAFT}, False),
])  # fmt: skip
def test_what_readers_got_counts(values, counts):
    factories.article("Tin", publish_at=at(10), **values)
    assert counted() == (["Tin"] if counts else [])


def test_what_is_still_to_come_does_not_count_yet():
    soon = timezone.now() + dt.timedelta(minutes=1)
    factories.article("Sắp đăng", publish_at=soon)
    local = timezone.localtime(soon)
    assert counted(fees.Month(local.year, local.month)) == []


def test_a_change_to_a_published_article_does_not_count_twice(board):
    article = factories.article("Tin", publish_at=at(10), pen_name="Minh An", body="<p>một hai</p>", lead="")
    article.body = "<p>một hai ba bốn</p>"
    workflow.save(article, board)
    [author] = fees.authors(MARCH)
    assert author.total == 1
    assert next(fees.sheet(MARCH, str))[7] == 2  # the words that readers have
    for step in ("submit", "approve", "publish"):
        workflow.perform(step, article, board, "Gấp", override=step == "approve")
    assert fees.authors(MARCH)[0].total == 1
    assert next(fees.sheet(MARCH, str))[7] == 4


def test_authors_are_told_apart_by_pen_name_and_account_in_vietnamese_order():
    lan, mai = factories.user("lan", full_name="Hoàng Thị Lan"), factories.user("mai")
    for pen_name, owner, genre, number in [("Đức Anh", lan, "tin", 2), ("Đức Anh", mai, "tin", 1),
                                           ("Dương", None, "anh", 1), ("", lan, "phong-su", 1),
                                           ("Đức Anh", lan, "phong-van", 3)]:  # fmt: skip
        for _ in range(number):
            factories.article(pen_name=pen_name, owner=owner, genre=genre, publish_at=at(5))
    rows = fees.authors(MARCH)
    assert [(row.pen_name, row.account, dict(row.counts)) for row in rows] == [
        ("(không ghi tác giả)", "Hoàng Thị Lan (lan)", {"phong-su": 1}),
        ("Dương", "", {"anh": 1}),
        ("Đức Anh", "Hoàng Thị Lan (lan)", {"tin": 2, "phong-van": 3}),
        ("Đức Anh", "mai", {"tin": 1}),
    ]
    assert [genre.value for genre in fees.genres(rows)] == ["tin", "phong-van", "phong-su", "anh"]


@pytest.mark.parametrize(("html", "number"), [
    ("<p>Không có</p>", 0), ('<p><img src="/media/a.webp" alt=""></p><figure><img src="/media/b.webp"></figure>', 2),
    ('<p><img alt="một <img src=x> trong chữ" src="/media/a.webp"></p>', 1), ("<p>&lt;img&gt;</p>", 0),
])  # fmt: skip
def test_pictures_of_a_text_are_counted(html, number):
    assert fees.pictures(html) == number


@pytest.mark.parametrize(("text", "number"), [
    ("", 0), ("Ủy ban nhân dân", 4), ("Tăng 19,39%/năm – nhanh", 3), ("\n một\t hai \xa0", 2), ("— … !", 0),
])  # fmt: skip
def test_words_are_counted_as_a_word_processor_does(text, number):
    assert fees.words(text) == number


def rows_of(response):
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def test_the_file_has_a_row_for_each_article(client, board):
    lan = factories.user("lan", full_name="Hoàng Thị Lan")
    article = factories.article(
        "Khánh thành cầu", pen_name="Lan Hoàng", owner=lan, genre="phong-su", publish_at=at(24, 10, 21),
        lead="Sáng nay", body='<p>Cầu đã thông xe.</p><p><img src="/media/a.webp" alt="cầu"></p>',
    )  # fmt: skip
    factories.article("=HYPERLINK(1)", pen_name="@Lan", publish_at=at(25))
    factories.article("Tháng khác", publish_at=at(1, month=4))
    response = client.get(EXPORT, {"thang": "2026-03"})
    assert response.getvalue().startswith(b"\xef\xbb\xbf")
    heading, first, second = rows_of(client.get(EXPORT, {"thang": "2026-03"}))
    assert heading == fees.HEADING
    assert first == ["Khánh thành cầu", f"http://testserver{article.get_absolute_url()}", "Lan Hoàng",
                     "Hoàng Thị Lan (lan)", "Phóng sự, ký", "Thời sự", "24-03-2026 10:21", "6", "1"]  # fmt: skip
    assert (second[0], second[2], second[3]) == ("'=HYPERLINK(1)", "'@Lan", "")
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"] == 'attachment; filename="nhuan-but-2026-03.csv"'


def test_taking_the_file_is_in_the_log(client, board):
    client.get(EXPORT, {"thang": "2026-03"})
    entry = LogEntry.objects.get(action="fees.export")
    assert (entry.actor, entry.detail) == (board, "Tháng 3 năm 2026")


def test_the_page_shows_the_table_and_the_articles(client, board):
    factories.article("Khánh thành cầu", pen_name="Minh An", genre="phong-su", publish_at=at(24))
    html = client.get(PAGE, {"thang": "2026-03"}).content.decode()
    for part in ("Nhuận bút: Tháng 3 năm 2026", "Minh An", "Phóng sự, ký", "Khánh thành cầu", "?thang=2026-02"):
        assert part in html
    assert "không có bài nào" in client.get(PAGE, {"thang": "1999-03"}).content.decode().lower()
    assert client.get(PAGE).status_code == 200


def test_the_page_costs_the_same_however_much_was_published(client, board, django_assert_num_queries):
    def look(number):
        with django_assert_num_queries(7):  # session, person and two of rights; the table, a page of keys, articles
            client.get(PAGE, {"thang": "2026-03"})

    for number in (1, 150):
        for index in range(number):
            factories.article(pen_name=f"Tác giả {index % 20}", publish_at=at(1 + index % 28), owner=board)
        client.get(PAGE, {"thang": "2026-03"})
        look(number)


def test_a_month_of_several_chunks_is_complete(monkeypatch):
    monkeypatch.setattr(fees, "CHUNK", 7)
    for number in range(20):
        factories.article(f"Bài {number:02}", publish_at=at(1) + dt.timedelta(hours=number))
    assert [row[0] for row in fees.sheet(MARCH, str)] == [f"Bài {number:02}" for number in range(20)]


@pytest.mark.parametrize("role", ["Phóng viên", "Biên tập viên", None])
def test_fees_are_for_those_who_may_see_them(client, role):
    client.force_login(factories.user(None, *([role] if role else [])))
    assert client.get(PAGE).status_code == 403
    assert client.get(EXPORT).status_code == 403


def test_strangers_are_sent_to_the_login(client):
    assert client.get(PAGE).status_code == 302
    assert client.get(EXPORT).status_code == 302


def test_the_front_desk_names_the_page_for_those_alone(client, board):
    assert PAGE in client.get("/quan-tri/").content.decode()
    client.force_login(factories.user(None, "Phóng viên"))
    assert PAGE not in client.get("/quan-tri/").content.decode()


@pytest.mark.parametrize("month", ["", "2026-13", "2026-00", "0000-01", "9999-12", "abc", "2026-3-1", "²026-01",
                                   "1899-12", "-1", "99999999999-01", "2026-03&trang=99",
                                   "2026-03&trang=x"])  # fmt: skip
def test_no_month_is_too_odd(client, board, month):
    for address in (PAGE, EXPORT):
        assert client.get(f"{address}?thang={month}").status_code in (200, 302, 404)


@pytest.mark.parametrize(("typed", "month"), [("2026-03", (2026, 3)), ("3-2026", (2026, 3)), (" 03/2026 ", (2026, 3))])
def test_a_month_is_read_as_people_write_it(typed, month):
    assert fees.parse_month(typed) == fees.Month(*month)


def test_months_follow_each_other():
    assert [fees.Month(2025, 12).next, fees.Month(2026, 1).previous] == [fees.Month(2026, 1), fees.Month(2025, 12)]
    assert fees.Month(2026, 11).next == fees.Month(2026, 12)
    assert fees.Month(2026, 12).previous == fees.Month(2026, 11)


def test_no_post_changes_anything(client, board):
    article = factories.article(publish_at=at(2))
    for address in (PAGE, f"{PAGE}{article.pk}/delete/", f"{PAGE}{article.pk}/change/"):
        client.post(address, {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"})
    assert Article.objects.filter(pk=article.pk, state=State.PUBLISHED).exists()
