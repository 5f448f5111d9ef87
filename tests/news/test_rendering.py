"""What readers get of a text: anchors, boxes around tables, abbreviations, spaces, notes, films."""
import re
from importlib import import_module

import factories
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news import richtext
from news.models import Abbreviation, Article, Page
from news.richtext.contents import contents

LIST = [("UBND", "Ủy ban nhân dân"), ("T.P", "Thành phố"), ("Đ/c", "Đồng chí"), ("GD&ĐT", 'Giáo dục và "Đào tạo"')]
N = "\xa0"


def render(html):
    return richtext.render(richtext.sanitise(html), LIST)


@pytest.mark.parametrize(("text", "shown"), [
    ("19,39 %", f"19,39{N}%"), ("dài 5 km", f"dài 5{N}km"), ("3 triệu đồng", f"3{N}triệu{N}đồng"),
    ("10 tỷ", f"10{N}tỷ"), ("1.940 tỷ đồng", f"1.940{N}tỷ{N}đồng"), ("12 m²", f"12{N}m²"), ("30 °C", f"30{N}°C"),
    ("ngày 24 tháng 3", f"ngày{N}24{N}tháng{N}3"), ("tháng 3 năm 2021", f"tháng{N}3 năm{N}2021"),
    ("Điều 12, khoản 3", f"Điều{N}12, khoản{N}3"), ("khóa XI", f"khóa{N}XI"),
    ("5 kmh", "5 kmh"), ("5 đồngx", "5 đồngx"),
    ("a km", "a km"), ("họp 2 lần", "họp 2 lần"), ("trong 5 năm", f"trong 5{N}năm"),
])  # fmt: skip
def test_no_line_ends_between_a_number_and_its_unit(text, shown):
    assert render(f"<p>{text}</p>") == f"<p>{shown}</p>"
    assert richtext.sanitise(f"<p>{text}</p>") == f"<p>{text}</p>"  # never in the stored text


def test_a_unit_behind_markup_is_joined_too_and_none_over_the_edge_of_a_block():
    assert render("<p><strong>19,39</strong> %</p>") == f"<p><strong>19,39</strong>{N}%</p>"
    assert render("<p>dài 5 <em>km</em></p>") == f"<p>dài 5{N}<em>km</em></p>"
    assert N not in render("<ul><li>5</li><li>km</li></ul>")


def test_addresses_are_left_alone():
    shown = render('<p><a href="https://a.vn/UBND/5%20km" title="5 km UBND">xem UBND</a></p>')
    assert 'href="https://a.vn/UBND/5%20km" title="5 km UBND">' in shown
    assert "<abbr" not in shown


def test_an_abbreviation_is_spelled_out_at_its_first_place_in_a_paragraph():
    shown = render("<p>UBND T.P, UBND và Đ/c Hà, XUBND, UBNDx</p><p>UBND</p><h2>UBND</h2><p>Sở GD&amp;ĐT</p>")
    assert shown.count('<abbr title="Ủy ban nhân dân">UBND</abbr>') == 2
    assert '<abbr title="Thành phố">T.P</abbr>, UBND và <abbr title="Đồng chí">Đ/c</abbr>' in shown
    assert '<abbr title="Giáo dục và &quot;Đào tạo&quot;">GD&amp;ĐT</abbr>' in shown


def test_headings_have_anchors_that_no_two_share():
    shown = render("<h2>Kết quả</h2><h3>Kết quả</h3><h2>Đô thị 2026</h2><h2>!</h2>")
    ids = re.findall(r'id="([^"]+)"', shown)
    assert ids == ["muc-ket-qua", "muc-ket-qua-2", "muc-do-thi-2026", "muc-muc"]
    assert re.findall(r'href="#([^"]+)"', shown) == ids


def test_four_headings_make_a_list_of_contents_and_three_make_none():
    three = render("<h3>Một &amp; hai</h3><h4>Chi tiết</h4><h3>Ba</h3>")
    assert contents(three) == []
    assert contents(three + '<h3 id="muc-bon">Bốn <strong>đậm</strong><sup>2</sup></h3>') == [
        (0, "muc-mot-hai", "Một & hai"), (1, "muc-chi-tiet", "Chi tiết"), (0, "muc-ba", "Ba"),
        (0, "muc-bon", "Bốn đậm"),
    ]  # fmt: skip


def test_a_table_scrolls_in_a_box_that_says_what_it_is():
    shown = render("<table><caption>Vốn</caption><tr><td>a<td>b</table><table><tr><td>c<td>d</table>")
    assert shown.count('<div class="table-scroll" role="region" aria-label="Bảng 1: Vốn" tabindex="0"><table>') == 1
    assert 'aria-label="Bảng 2"' in shown
    assert shown.count("</table></div>") == 2


def test_pictures_wait_until_a_reader_comes_near():
    shown = render('<figure><img src="/media/a.jpg" alt="x" width="640" height="360"></figure>')
    assert '<img loading="lazy" decoding="async" src="/media/a.jpg" alt="x" width="640" height="360">' in shown


def test_links_to_other_hosts_are_told_apart_and_own_ones_are_not():
    shown = render('<p><a href="https://a.vn/">xy</a> <a href="/b/">xy</a></p>')
    assert '<a rel="noopener noreferrer" href="https://a.vn/">' in shown
    assert '<a href="/b/">' in shown


def test_a_film_is_a_link_and_loads_nothing():
    shown = render("<p>https://youtu.be/dQw4w9WgXcQ</p>")
    assert "Xem video trên YouTube" in shown
    assert not re.search(r"<(?:iframe|img|video|script)", shown)


def test_a_note_leads_there_and_back():
    shown = render('<p>a<a href="#_ftn1">[1]</a></p><p><a href="#_ftnref1">[1]</a> b</p>')
    assert 'id="ve-ghi-chu-1"' in shown and 'href="#ghi-chu-1"' in shown
    assert 'id="ghi-chu-1"' in shown and 'href="#ve-ghi-chu-1"' in shown


# ---------------------------------------------------------------- stored


@pytest.fixture
def first_list(db):
    """The abbreviations that a migration brings: a test that empties the whole database takes them away."""
    import_module("news.migrations.0006_first_abbreviations").add(apps, None)


def test_the_list_is_there_from_the_first_and_shapes_what_is_saved(first_list):
    article = factories.article(body="<p>UBND họp.</p>")
    assert '<abbr title="Ủy ban nhân dân">UBND</abbr>' in article.rendered
    assert article.body == "<p>UBND họp.</p>"


@pytest.mark.django_db
def test_a_changed_list_reaches_stored_texts_by_a_command(capsys):
    article, page = factories.article(body="<p>QLTT</p>"), factories.page(body="<p>QLTT</p>")
    factories.article()
    Abbreviation.objects.create(short="QLTT", long="quản lý thị trường")
    call_command("rerender", containing="QLTT")
    for row in (article, page):
        row.refresh_from_db()
        assert '<abbr title="quản lý thị trường">QLTT</abbr>' in row.rendered
    assert "articles: 1 read, 1 changed" in capsys.readouterr().out
    call_command("rerender")
    assert "0 changed" in capsys.readouterr().out


def test_an_import_reads_the_list_once(first_list, tmp_path):
    from news.importing import run

    lines = [f'{{"title": "Tin {n}", "published": "2026-01-02", "body": "<p>UBND {n}</p>"}}' for n in range(40)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with CaptureQueriesContext(connection) as queries:
        run.run([tmp_path / "a.jsonl"])
    assert sum("news_abbreviation" in query["sql"] for query in queries) == 1
    assert all("<abbr" in rendered for rendered in Article.objects.values_list("rendered", flat=True))


# ---------------------------------------------------------------- every way in


BAD, GOOD = '<p onclick="x()">a<script>x()</script></p>', "<p>a</p>"


@pytest.mark.django_db
class TestEveryWayIn:
    def stored(self):
        return Article.objects.values_list("body", flat=True).get()

    def test_save(self):
        assert factories.article(body=BAD).body == GOOD
        assert self.stored() == GOOD

    def test_bulk_create_with_what_readers_see(self):
        Article.objects.bulk_create([Article(title="a", slug="a", body=BAD, category=factories.category())])
        article = Article.objects.get()
        assert (article.body, article.rendered) == (GOOD, GOOD)

    def test_update(self):
        factories.article()
        Article.objects.update(body=BAD)
        assert self.stored() == GOOD

    def test_bulk_update(self):
        article = factories.article()
        Article(pk=article.pk, body=BAD)
        article.body = BAD
        Article.objects.bulk_update([article], ["body"])
        assert self.stored() == GOOD

    def test_update_or_create(self):
        Page.objects.update_or_create(slug="x", defaults={"title": "x", "body": BAD})
        assert Page.objects.get().body == GOOD

    def test_a_lookup_is_no_text_and_is_left_as_it_is(self):
        factories.article(body="<p>một hai ba</p>")
        assert Article.objects.filter(body__contains="hai").count() == 1
        assert Article.objects.filter(body__contains="<p>một").count() == 1

    def test_the_editor_gets_only_what_the_sanitiser_let_through(self):
        from news.widgets import RichTextWidget

        shown = RichTextWidget().render("body", BAD, {"id": "x"})
        assert "onclick" not in shown and "script>x" not in shown
        assert "onclick" not in RichTextWidget().format_value("x" * 1_000_001 + BAD)

    def test_everything_stored_can_be_sanitised_again(self, capsys):
        article, page = factories.article(), factories.page()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE news_article SET body = %s", [BAD])
            cursor.execute("UPDATE news_page SET body = %s", [BAD])
        call_command("resanitise")
        for row in (article, page):
            row.refresh_from_db()
            assert (row.body, row.rendered) == (GOOD, GOOD)
        assert "articles: 1 read, 1 changed." in capsys.readouterr().out
