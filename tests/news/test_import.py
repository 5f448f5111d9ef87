import html
import json
import unicodedata
from pathlib import Path

import factories
import pytest
from django.core.management import CommandError, call_command
from django.utils.html import strip_tags

from news.importing import preparing, run
from news.importing.records import from_line, key_of
from news.models import Article, Category, Tag
from portal.models import SiteSettings

SEED = Path(__file__).resolve().parents[2] / "portal" / "demo" / "seed.txt"
pytestmark = pytest.mark.django_db


def line(**values):
    data = {"title": "Phiên họp thường kỳ", "lead": "Sáng nay.", "body": "<p>Nội dung</p>",
            "published": "2021-03-24T10:21:00+07:00", "category": "Thời sự", "tags": ["hội nghị"]}  # fmt: skip
    return json.dumps({**data, **values}, ensure_ascii=False)


@pytest.fixture
def write(tmp_path):
    def write(*lines, name="articles.jsonl"):
        path = tmp_path / name
        path.write_bytes(b"\n".join(item if isinstance(item, bytes) else item.encode() for item in lines))
        return path

    return write


class TestThePageOfTheOldPortal:
    @pytest.fixture
    def seed(self):
        run.run([SEED])
        return Article.objects.get()

    def test_gives_title_date_and_lead(self, seed):
        assert seed.title == "Tổng kết hoạt động của UBND các cấp nhiệm kỳ 2016-2021"
        assert seed.publish_at.isoformat() == "2021-03-24T03:21:00+00:00"
        assert seed.lead.startswith("Chiều 23/3, T.P Sông Công đã tổ chức")

    def test_keeps_every_character_of_the_text(self, seed):
        text = SEED.read_text(encoding="utf-8").split("10:21\n", 1)[1].split("Thống kê truy cập")[0]
        paragraphs = [block.strip() for block in text.split("\n\n") if block.strip()]
        assert seed.lead == paragraphs[0]
        found = [html.unescape(strip_tags(part)) for part in seed.body.split("\n")]
        assert found == paragraphs[1:]

    def test_brings_nothing_of_the_page_around_it(self, seed):
        whole = f"{seed.title} {seed.lead} {seed.body}"
        for stranger in ("Truy cập nội dung", "Đăng nhập", "Thống kê", "Tổng truy cập", "1940858", "3884"):
            assert stranger not in whole

    def test_gives_the_counter_its_starting_figure(self, seed):
        assert SiteSettings.objects.get().visits_before == 1940858

    def test_never_lowers_a_starting_figure(self):
        SiteSettings.objects.create(visits_before=2_000_000)
        run.run([SEED])
        assert SiteSettings.objects.get().visits_before == 2_000_000

    @pytest.mark.parametrize(("text", "reason"), [
        ("", "no line with a date"),
        ("Tiêu đề\n\nnội dung", "no line with a date"),
        ("24-03-2021 10:21\n\nnội dung", "no title"),
        ("Tiêu đề\n31-02-2021 10:21\n\nnội dung", "no such date"),
        ("Tiêu đề\n24-03-2021 10:21\n", "no text"),
        ("Tiêu đề\n24-03-2021 10:21\n\nnội\0dung", "NUL"),
    ])  # fmt: skip
    def test_a_text_that_is_no_such_page_is_refused_with_the_reason(self, write, text, reason):
        outcome = run.run([write(text, name="trang.txt")])
        assert outcome.created == 0
        assert reason in outcome.problems[0]


def test_json_lines_become_published_articles_with_their_dates(write):
    run.run([write(line(author="Minh An", source="TTXVN", slug="Phiên Họp"))])
    article = Article.objects.get()
    assert (article.state, article.publish_at.isoformat()) == ("published", "2021-03-24T03:21:00+00:00")
    assert (article.pen_name, article.source, article.slug) == ("Minh An", "TTXVN", "phien-hop")
    assert [tag.name for tag in article.tags.all()] == ["hội nghị"]


def test_an_import_done_twice_changes_nothing(write):
    path = write(line(), line(ref="a-1", title="Bài thứ hai"))
    assert run.run([path]).created == 2
    again = run.run([path])
    assert (again.created, again.known) == (0, 2)
    assert Article.objects.count() == 2


def test_what_a_stopped_import_has_taken_is_not_prepared_again(write, monkeypatch):
    lines = [line(title=f"Bài {number}", ref="" if number % 2 else str(number)) for number in range(6)]
    run.run([write(*lines[:4])])
    monkeypatch.setattr(run, "BATCH", 2)
    prepared = []
    monkeypatch.setattr(preparing, "from_line", lambda line: prepared.append(line) or from_line(line))
    again = run.run([write(*lines[:4], "{not json", *lines[4:])])
    assert (again.created, again.known, len(again.problems)) == (2, 4, 1)
    assert len(prepared) == 3


def test_the_key_of_a_line_is_that_of_its_record():
    for values in ({}, {"ref": "a-1"}, {"title": " Tie\u0302u đề ", "published": "2021-03-24"}):
        data = line(**values).encode()
        assert key_of(data) == from_line(data).key
    assert key_of(line(title="").encode()) is None


def test_one_ref_is_one_article_also_inside_a_file(write):
    outcome = run.run([write(line(ref="a-1"), line(ref="a-1", title="Tiêu đề khác"))])
    assert (outcome.created, outcome.known) == (1, 1)


def test_decomposed_text_is_stored_composed(write):
    title = "Ủy ban nhân dân thành phố Sông Công"
    run.run([write(unicodedata.normalize("NFD", line(title=title, tags=["đô thị"])))])
    assert Article.objects.get().title == title
    assert Tag.objects.get().name == "đô thị"
    assert Category.objects.get().name == "Thời sự"


def test_names_that_differ_in_marks_alone_stay_apart(write):
    run.run([write(line(tags=["má", "ma", "Ma", "mã"]))])
    assert sorted(Article.objects.get().tags.values_list("slug", flat=True)) == ["ma", "ma-2", "ma-3", "ma-4"]


def test_the_text_is_sanitised_on_the_way_in(write):
    run.run([write(line(body="<p onclick='x()'>Chào<script>alert(1)</script></p>"))])
    assert Article.objects.get().body == "<p>Chào</p>"


BAD = [
    (b"{not json", "not JSON"),
    (b'"text"', "not a JSON object"),
    (b"\xff\xfe", "not UTF-8"),
    (line(title=""), "title is missing"),
    (line(title=None), "title is missing"),
    (line(title="x" * 251), "title is longer than 250"),
    (line(title=7), "title is not a text"),
    (line(title="a\0b"), "NUL"),
    (line(body=None), "body is missing"),
    (line(body=["x"]), "body is not a text"),
    (line(body="x" * 1_000_001), "body is longer"),
    (line(published="hôm qua"), "published is not a date"),
    (line(published="2021-13-45T00:00:00"), "published is not a date"),
    (line(published=20210324), "published is not a date"),
    (line(published="9999-12-31T23:59:59-12:00"), "published is not a date"),
    (line(tags="hội nghị"), "tags is not a list"),
    (line(tags=["x" * 101]), "tag is longer"),
    (b'{"title": "\\ud800", "body": "x", "published": "2021-03-24"}', "half a character"),
    (b"[" * 100_000, "not JSON"),
    (b'{"a": ' + b"9" * 5000 + b"}", "integer string conversion"),
    (line(image="khong-co.jpg"), "image: there is no file khong-co.jpg"),
]


@pytest.mark.parametrize(("bad", "reason"), BAD, ids=[reason for _, reason in BAD])
def test_a_bad_line_is_named_and_the_others_are_taken(write, bad, reason):
    outcome = run.run([write(line(ref="1"), bad, line(ref="3"))])
    assert set(Article.objects.values_list("ref", flat=True)) >= {"1", "3"}
    assert len(outcome.problems) == 1
    assert "articles.jsonl:2: " in outcome.problems[0]
    assert reason in outcome.problems[0]


def test_with_atomic_one_bad_line_leaves_nothing(write):
    path = write(line(ref="1"), b"{", line(ref="3"))
    with pytest.raises(CommandError, match=r"articles\.jsonl:2: not JSON"):
        call_command("import_articles", path, atomic=True)
    assert not Article.objects.exists()


def test_the_exit_status_tells_of_refused_lines(write, capsys):
    with pytest.raises(CommandError):
        call_command("import_articles", write(line(), b"{"))
    assert "1 articles imported" in capsys.readouterr().out


def test_a_missing_file_is_named(tmp_path):
    outcome = run.run([tmp_path / "khong-co.jsonl"])
    assert "No such file" in outcome.problems[0]


def test_a_picture_comes_along_from_beside_the_file(write, tmp_path):
    (tmp_path / "cau.jpg").write_bytes(factories.picture_bytes())
    run.run([write(line(image="cau.jpg", image_alt="Cầu qua sông", image_caption="Ảnh: Minh An"))])
    article = Article.objects.get()
    assert (article.image.alt, article.caption) == ("Cầu qua sông", "Ảnh: Minh An")


def test_thousands_of_lines_go_through_other_processes_with_the_same_result(write):
    lines = [line(ref=str(number), title=f"Bài số {number}") for number in range(2_300)]
    lines[2_100] = "{"
    outcome = run.run([write(*lines)])
    assert outcome.created == 2_299
    assert "articles.jsonl:2101: not JSON" in outcome.problems[0]
    assert Article.objects.get(ref="2299").title == "Bài số 2299"


def test_readers_are_told_of_what_came(write, django_capture_on_commit_callbacks):
    from portal.models import Generation

    before = Generation.objects.values_list("number", flat=True).first() or 0
    run.run([write(line())])
    assert Generation.objects.get().number > before
