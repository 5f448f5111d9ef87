"""Search as readers type it: what is found, in which order, how it is shown, and what odd questions lead to."""
import datetime as dt
import json
import time
import unicodedata

import factories
import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.models import Func, TextField, Value
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news import excerpts, finding, indexing, spelling
from news.models import Article
from news.search import question

pytestmark = pytest.mark.django_db

NFD = "NFD"
TEXTS = {
    "A": {"title": "Hội nghị tổng kết nhiệm kỳ 2016-2021 của Ủy ban nhân dân thành phố", "pen_name": "Hoàng Thị Mai",
          "lead": "Tốc độ tăng trưởng đạt 19,39%/năm.",
          "body": "<p>Thực hiện Chỉ thị số 01/CT-TTg, thu ngân sách 1.940,8 tỷ đồng; đồng chí "
                  "<strong>Đặng</strong> Quang phát biểu lúc 10:21.</p>"},
    "B": {"title": "Lịch cắt nước phường Mỏ Chè", "lead": "Từ 8h ngày 24/3/2021 đến 17h30.",
          "body": "<p>Khu vực: tổ dân phố 5 và 6, đường Cách mạng Tháng Tám.</p>", "tags": ["cấp nước"]},
    "C": {"title": "Khai mạc giải bóng chuyền nữ", "lead": "", "pen_name": "Nguyễn Ngọc Ánh",
          "body": "<p>Đội phường Lương Sơn thắng 3-1. Email: ban.to-chuc@songcong.example.</p>",
          "tags": ["thể dục thể thao", "phụ nữ"]},
    "D": {"title": "Quy hoạch khu công nghiệp Sông Công II", "lead": "Quyết định 1234/QĐ-UBND của UBND tỉnh.",
          "body": "<p>Diện tích 300 ha, vốn đầu tư 3.900 tỷ đồng, giai đoạn 2021–2030.</p>",
          "tags": ["đầu tư công"]},
    "E": {"title": "Hòa giải ở cơ sở", "lead": "Tổ hoà giải số 4.", "body": "<p>Thủy lợi và thuỷ sản.</p>"},
}  # fmt: skip

# (question, what is found); the order is of no account here.
CASES = [
    # marks: all, none, some; composed and apart; both ways of placing a tone; case
    ("Ủy ban nhân dân", "A"), ("Uỷ ban nhân dân", "A"), ("uy ban nhan dan", "A"), ("UY BAN NHAN DAN", "A"),
    ("ỦY BAN", "A"), ("ủy ban nhan dan", "A"), (unicodedata.normalize(NFD, "Ủy ban nhân dân"), "A"),
    (unicodedata.normalize(NFD, "Uỷ ban"), "A"), ("hòa giải", "E"), ("hoà giải", "E"), ("hoa giai", "E"),
    ("thủy sản", "E"), ("thuỷ lợi", "E"), ("thuy loi", "E"), ("Đặng Quang", "A"), ("dang quang", "A"),
    ("ĐẶNG QUANG", "A"), ("đặng quang", "A"), ("Dang", "A"), ("đ", ""),
    # numbers, dates, hours
    ("2016-2021", "A"), ("2016 2021", "A"), ("2016–2021", "A"), ("19,39%", "A"), ("19,39", "A"), ("19.39", "A"),
    ("19,39%/năm", "A"), ("1.940,8", "A"), ("3.900 tỷ", "D"), ("300 ha", "D"), ("24/3/2021", "B"), ("24-3-2021", "B"),
    ("17h30", "B"), ("8h", "B"), ("10:21", "A"), ("3-1", "C"), ("2021-2016", ""), ("2021–2030", "D"), ("39,19", ""),
    # documents
    ("01/CT-TTg", "A"), ("01/ct-ttg", "A"), ("01 CT TTg", "A"), ("1234/QĐ-UBND", "D"), ("1234/qd-ubnd", "D"),
    ("Quyết định 1234/QĐ-UBND", "D"), ("CT-TTg", "A"), ("02/CT-TTg", ""),
    # phrases
    ('"hội nghị tổng kết"', "A"), ('"nghị hội"', ""), ('"hoi nghi tong ket"', "A"), ('"cắt nước" phường', "B"),
    ('"phường Mỏ Chè', "B"), ('""', None), ('"', None), ('"nhân dân thành phố Tốc độ"', ""), ("“hội nghị”", "A"),
    # minus
    ("phường -nước", "C"), ("phường -lương", "B"), ('phường -"mỏ chè"', "C"), ("phường -khongco", "BC"),
    ("phường - nước", "B"), ("-phường", None), ("phường -phường", ""), ("công -2021-2030", ""),
    # tags, authors, several fields together
    ("cấp nước", "B"), ("thể dục thể thao", "C"), ("dau tu cong", "D"), ("Hoàng Thị Mai", "A"), ("hoang thi mai", "A"),
    ("nguyen ngoc anh", "C"), ("bóng chuyền phụ nữ", "C"), ("Mai ngân sách", "A"), ("ban.to-chuc", "C"),
    # words that are not there, and no words
    ("khongcogi", ""), ("phường khongcogi", ""), ("", None), ("   ", None), ("%", None), ("!!!", None), ("🎉", None),
    ("strong", ""), ("p", ""),
    # what a database might take for its own
    ("a & b", ""), ("hội | nghị", "A"), ("hội & !nghị", "A"), ("nghị:*", "A"), ("'; DROP TABLE news_article; --", ""),
    ("hội\\nghị", "A"), ("=hội", "A"), ("<->", None), ("nhân%", "A"), ("nh_n", ""), ("ng*", ""),
]  # fmt: skip


@pytest.fixture
def texts():
    made = {}
    for name, values in TEXTS.items():
        made[name] = factories.article(**values)
    return made


def ask(client, query, **more):
    return client.get("/tim-kiem/", {"q": query, **more})


@pytest.fixture(params=[1, finding.WINDOW], ids=["large archive", "small archive"])
def any_size(request, monkeypatch, settings):
    """As if the archive were larger than what is looked at row by row, and as if it were not."""
    settings.SEARCH_MILLISECONDS = 60_000  # what is found is asked here, not how soon on a busy machine
    monkeypatch.setattr(finding, "WINDOW", request.param)


def titles(response):
    return [article.title for article in response.context["page"].objects]


def test_there_are_sixty_questions_at_least():
    assert len({query for query, _ in CASES}) == len(CASES) >= 60


def test_every_question_finds_what_it_should(client, texts, any_size):
    wrong = {}
    for query, expected in CASES:
        page = ask(client, query).context["page"]
        by_key = {article.pk: name for name, article in texts.items()}
        found = None if page is None else "".join(sorted(by_key[article.pk] for article in page.objects))
        if found != expected:
            wrong[query] = (found, expected)
    assert wrong == {}


def old(title, days, **values):
    values = {"lead": "", "body": "<p>Không có gì.</p>", **values}
    return factories.article(title, publish_at=timezone.now() - dt.timedelta(days=days), **values)


def test_exact_marks_come_first_then_titles_then_what_is_new(client, any_size):
    old("Chuyện con ma", 1)
    old("Bài khác", 2, body="<p>Con ma nhà họ Hứa</p>")
    old("Người má miền Nam", 9)
    old("Bài cũ", 8, body="<p>Má và con</p>")
    old("Bài mới", 7, body="<p>Con và má</p>")
    assert titles(ask(client, "má")) == ["Người má miền Nam", "Bài mới", "Bài cũ", "Chuyện con ma", "Bài khác"]


def test_without_marks_titles_come_first_then_what_is_new(client, any_size):
    old("Bài một", 1, body="<p>Con má</p>")
    old("Con ma", 3)
    old("Con má", 2)
    assert titles(ask(client, "ma")) == ["Con má", "Con ma", "Bài một"]


def test_the_two_ways_of_placing_a_tone_are_the_same_marks(client, any_size):
    old("Hoa hồng", 1)
    old("Hoà nhạc", 2)
    old("Hòa giải", 3)
    assert titles(ask(client, "hòa")) == titles(ask(client, "hoà")) == ["Hoà nhạc", "Hòa giải", "Hoa hồng"]


def test_pages_hold_every_result_once(client, any_size):
    for number in range(30):
        old(f"Xe buýt số {number}", 30 - number)
    for number in range(20):
        old(f"Bài {number}", 60, body="<p>Xe buýt</p>")
    found = [title for page in (1, 2, 3) for title in titles(ask(client, "xe buýt", trang=page))]
    assert len(found) == len(set(found)) == 50
    assert found[:30] == [f"Xe buýt số {number}" for number in reversed(range(30))]
    assert ask(client, "xe buýt", trang=4).status_code == 404


@pytest.mark.parametrize("number", range(6))
def test_the_best_of_many_may_be_old(client, monkeypatch, number):
    monkeypatch.setattr(finding, "WINDOW", 1)
    monkeypatch.setattr(finding, "MOST", 5)
    others = [{"title": "Chuyện con ma"}, {"title": "Bài", "body": "<p>má</p>"}, {"title": "Bài", "body": "<p>ma</p>"}]
    for day in range(8):
        old(f"{others[number % 3]['title']} {day}", day + 1, body=others[number % 3].get("body", "<p>Không.</p>"))
    old("Người má miền Nam", 99)
    asked = "má" if number < 3 else "ma"
    found = titles(ask(client, asked))
    assert len(found) == 5
    assert (found[0] == "Người má miền Nam") == (not (asked == "ma" and number % 3 == 0))


def test_what_readers_may_not_see_is_not_found(client):
    from news.models import State

    factories.draft(title="Bí mật nhà nước")
    factories.article("Bí mật đã gỡ", state=State.WITHDRAWN)
    old("Bí mật mai sau", -1)
    assert titles(ask(client, "bí mật")) == []
    assert client.get("/tim-kiem/goi-y.json?q=bi+mat").json() == {"suggestions": []}


def test_a_category_holds_what_stands_below_it_and_what_is_shown_there_too(client):
    parent = factories.category("Kinh tế")
    child = factories.category("Doanh nghiệp", parent=parent)
    old("Xe buýt một", 1, category=parent)
    old("Xe buýt hai", 2, category=child)
    old("Xe buýt ba", 3)
    assert titles(ask(client, "xe", **{"chuyen-muc": "kinh-te"})) == ["Xe buýt một", "Xe buýt hai"]
    old("Xe buýt bốn", 4).also_in.add(child)
    assert titles(ask(client, "xe", **{"chuyen-muc": "kinh-te"})) == ["Xe buýt một", "Xe buýt hai", "Xe buýt bốn"]
    assert titles(ask(client, "xe", **{"chuyen-muc": "doanh-nghiep"})) == ["Xe buýt hai", "Xe buýt bốn"]


@pytest.mark.parametrize(("since", "until", "found"), [
    ("24-03-2021", "", ["Ba", "Hai"]), ("", "24/3/2021", ["Hai", "Một"]), ("2021-03-24", "2021-03-24", ["Hai"]),
    ("24.03.2021", "25-03-2021", ["Ba", "Hai"]), ("2021-03-26", "", []), ("", "", ["Ba", "Hai", "Một"]),
])  # fmt: skip
def test_days_are_days_of_viet_nam_and_both_are_included(client, since, until, found):
    for title, hour in (("Một", 16), ("Hai", 17), ("Ba", 41)):  # UTC: 23:00 of the 23rd, 0:00 of the 24th and the 25th
        moment = dt.datetime(2021, 3, 23, tzinfo=dt.UTC) + dt.timedelta(hours=hour)
        factories.article(title, lead="xe", publish_at=moment)
    assert titles(ask(client, "xe", **{"tu-ngay": since, "den-ngay": until})) == found


@pytest.mark.parametrize("day", ["abc", "31-02-2021", "0001-01-01", "9999-12-31", "1" * 5000, "'", "24-03-21x"])
def test_a_day_that_is_none_is_said_and_left_out(client, texts, day):
    response = ask(client, "phường", **{"tu-ngay": day, "den-ngay": day})
    assert response.status_code == 200
    assert len(titles(response)) == 2
    assert 'aria-invalid="true"' in response.content.decode()


def test_filters_go_along_to_the_next_page_and_into_the_form(client):
    economy = factories.category("Kinh tế")
    for number in range(25):
        old(f"Xe buýt {number}", number + 1, category=economy)
    html = ask(client, "xe buýt", **{"chuyen-muc": "kinh-te", "tu-ngay": "01-01-2020"}).content.decode()
    assert "?q=xe%20bu%C3%BDt&amp;chuyen-muc=kinh-te&amp;tu-ngay=2020-01-01&amp;trang=2" in html
    assert '<option value="kinh-te" selected>' in html
    assert 'name="tu-ngay" value="2020-01-01"' in html


def test_found_words_are_marked_in_title_and_excerpt(client):
    filler = "và nhiều việc khác nữa " * 40
    body = f"<p>{filler}</p><p>Ông A &amp; <b>cây Cầu</b> mới</p><p>{filler}</p>"
    old("Khánh thành cầu", 1, lead="Chiều nay.", body=body)
    html = ask(client, "cau moi").content.decode()
    assert "Khánh thành <mark>cầu</mark>" in html
    assert "Ông A &amp; cây <mark>Cầu</mark> <mark>mới</mark> và nhiều" in html


def test_an_excerpt_is_the_lead_where_it_says_it_all():
    parts = excerpts.excerpt("Xe buýt mới chạy từ mai.", "Nhiều chuyện khác.", question("xe buyt"))
    assert "".join(text for text, _ in parts) == "Xe buýt mới chạy từ mai."
    assert [text for text, found in parts if found] == ["Xe", "buýt"]


def test_an_excerpt_holds_most_of_the_words_asked_for():
    text = "một " + "thừa " * 100 + "một hai ba " + "thừa " * 100
    shown = "".join(part for part, _ in excerpts.excerpt("", text, question("ba hai một")))
    assert "một hai ba" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown.split()) <= excerpts.LENGTH + 2


def test_results_are_kept_from_search_engines_and_show_the_question_escaped(client, texts):
    response = ask(client, '"><script>alert(1)</script> phường')
    html = response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in html
    assert "<script>alert" not in html
    assert "Disallow: /tim-kiem/?" in client.get("/robots.txt").content.decode()


def test_only_two_hundred_characters_of_a_question_come_back(client):
    html = ask(client, "xyz " * 2_500).content.decode()
    assert html.count("xyz") <= 2 * 50 + 40
    assert len(html) < 40_000


@pytest.mark.parametrize(("typed", "meant"), [
    ("uy bna nhan dan", "uy ban nhan dan"), ("hội ngịh", "hội nghị"), ("khai mạcc giải", "khai mạc giải"),
    ("xyzabc", ""), ("công nghệp", "công nghiệp"), ('"quy hoạc"', '"quy hoạch"'), ("cap nuocc", "cap nước"),
    ("9999", ""), ("<b>hoachh</b>", "<b>hoạch</b>"),
])  # fmt: skip
def test_a_slip_is_answered_with_what_the_site_says(client, texts, typed, meant):
    response = ask(client, typed)
    assert response.context["better"] == meant
    assert ("Có phải bạn tìm" in response.content.decode()) == bool(meant)
    assert "<b>" not in response.content.decode()


@pytest.mark.parametrize(("a", "b", "slips"), [
    ("hoi", "hoi", 0), ("hoi", "hio", 1), ("hoi", "ho", 1), ("hoi", "hoii", 1), ("hoi", "hai", 1), ("hoi", "xyz", 3),
    ("nghiep", "nghep", 1), ("", "ab", 2), ("abcdef", "ghijkl", 3),
])  # fmt: skip
def test_slips_are_counted_up_to_what_matters(a, b, slips):
    assert spelling.distance(a, b, 2) == slips


@pytest.mark.parametrize(("typed", "texts_found"), [
    ("bong chu", ["Khai mạc giải bóng chuyền nữ"]), ("Đầu tư", ["đầu tư công"]), ("kinh", ["Kinh tế"]), ("k", []),
    ("", []), ("%", []), ("khongco", []),
])  # fmt: skip
def test_suggestions_come_from_categories_tags_and_titles(client, texts, typed, texts_found):
    factories.category("Kinh tế")
    found = client.get("/tim-kiem/goi-y.json", {"q": typed}).json()["suggestions"]
    assert [item["text"] for item in found] == texts_found


def test_suggestions_cost_three_queries_and_are_no_visits(client, texts, django_assert_max_num_queries):
    from stats import conf

    with django_assert_max_num_queries(3):
        response = client.get("/tim-kiem/goi-y.json?q=ph")
    assert json.loads(response.content)["suggestions"]
    assert response["X-Robots-Tag"] == "noindex"
    assert "/tim-kiem/goi-y.json" in conf.get("STATS_EXCLUDED_PREFIXES")
    assert client.post("/tim-kiem/goi-y.json?q=ph").status_code == 405
    assert client.post("/tim-kiem/").status_code == 405


def test_other_tags_are_other_words_from_either_side(client):
    article = old("Bài có từ khóa", 1)
    tag = factories.tag("chuyển đổi số")
    article.tags.add(tag)
    assert titles(ask(client, "chuyen doi so")) == [article.title]
    tag.articles.remove(article)
    assert titles(ask(client, "chuyen doi so")) == []


def test_saving_a_text_again_keeps_the_words_of_its_tags_and_author(client):
    article = old("Bài có từ khóa", 1, tags=["chuyển đổi số"], pen_name="Minh Anh")
    Article.objects.get(pk=article.pk).save()
    assert titles(ask(client, "chuyển đổi số minh anh")) == [article.title]


def test_reindexing_brings_old_rows_and_renamed_tags_up_to_date(client, capsys):
    article = old("Tên cũ của từ khóa", 1, tags=["tin học hóa"])
    Article.objects.filter(pk=article.pk).update(search="'bo':1")
    tag = article.tags.get()
    tag.name = "chuyển đổi số"
    tag.save()
    call_command("reindex")
    assert titles(ask(client, "chuyển đổi số")) == [article.title]
    assert titles(ask(client, "tin học hóa")) == []
    assert capsys.readouterr().out == "1 articles reindexed.\n"
    assert indexing.refresh_all(after=article.pk) == 0


def test_rows_from_before_the_words_with_marks_are_found_all_the_same(client):
    article = old("Ủy ban", 1)
    Article.objects.filter(pk=article.pk).update(search="'uy':1A 'ban':2A")
    assert titles(ask(client, "Ủy ban")) == [article.title]


@pytest.mark.parametrize("path", ["jsonl"])
def test_what_was_imported_is_found_by_tag_and_author(client, tmp_path, path):
    file = tmp_path / f"bai.{path}"
    file.write_text(json.dumps({"title": "Bài nhập", "body": "<p>x</p>", "published": "2021-03-24T10:21",
                                "author": "Trần Văn Bình", "tags": ["dân số"]}), encoding="utf-8")  # fmt: skip
    call_command("import_articles", str(file), verbosity=0)
    assert titles(ask(client, "trần văn bình dân số")) == ["Bài nhập"]


def test_a_question_that_takes_too_long_is_asked_of_the_newest_alone(client, texts, monkeypatch):
    def slow(*args):
        raise finding._TooLongError

    monkeypatch.setattr(finding, "_newest", slow)
    monkeypatch.setattr(finding, "WINDOW", 1)
    response = ask(client, "hòa giải")
    assert titles(response) == ["Hòa giải ở cơ sở"]
    assert "chỉ tìm trong các bài mới nhất" in response.content.decode()


@pytest.mark.parametrize(("word", "rare"), [("phường", False), ("khongcogiday", True)])
def test_a_rare_word_is_looked_up_among_words_whatever_postgresql_guesses(texts, monkeypatch, word, rare):
    """It takes an unknown word for one of 200 texts, and would read a million articles to find none that holds it."""
    monkeypatch.setattr(finding, "WINDOW", len(texts))
    monkeypatch.setattr(finding, "RARE", 1)
    with CaptureQueriesContext(connection) as captured:
        assert not finding.find(question(word), finding.Filters()).hurried
    assert any("enable_indexscan = off" in query["sql"] for query in captured) == rare


def test_postgresql_stops_what_takes_too_long(texts):
    asleep = Article.objects.annotate(nap=Func(Value(5), function="pg_sleep", output_field=TextField()))
    with pytest.raises(finding._TooLongError):
        finding._newest([question("phường").tsquery()], asleep.filter(nap__isnull=False), 5, time.monotonic() + 0.05)
    assert len(texts) == Article.objects.count()  # the connection goes on


def test_a_database_that_fails_in_another_way_is_not_taken_for_a_slow_one(texts, monkeypatch):
    def gone(*args):
        raise OperationalError("gone")

    monkeypatch.setattr(finding, "_newest", gone)
    monkeypatch.setattr(finding, "WINDOW", 1)
    with pytest.raises(OperationalError, match="gone"):
        finding.find(question("phường"), finding.Filters())


def test_at_most_twenty_words_are_looked_for():
    asked = question("a " * 100 + "b")
    assert sum(map(len, asked.wanted)) <= 20
    assert len(question(" ".join(f"w{n}" for n in range(60))).wanted) == 20
