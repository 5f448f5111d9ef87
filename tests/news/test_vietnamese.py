"""Each trap of Vietnamese text, by name."""
import datetime as dt
import random
import unicodedata

import pytest
from django.utils import formats

from news import vietnamese


@pytest.mark.parametrize(("text", "slug"), [
    ("Đại hội Đảng bộ", "dai-hoi-dang-bo"),
    ("ĐƯỜNG LÊ HỒNG PHONG", "duong-le-hong-phong"),
    ("Ủy ban", "uy-ban"),
    ("Uỷ ban", "uy-ban"),
    ("19,39%/năm", "19-39-nam"),
    ("nhiệm kỳ 2016-2021", "nhiem-ky-2016-2021"),
    ("  “Ăn quả nhớ kẻ trồng cây” …  ", "an-qua-nho-ke-trong-cay"),
    ("Nghị quyết 01/NQ-CP", "nghi-quyet-01-nq-cp"),
    ("🎉🎉", "bai-viet"),
    ("", "bai-viet"),
])  # fmt: skip
def test_a_slug_keeps_every_letter_without_its_marks(text, slug):
    assert vietnamese.slugify(text) == slug


def test_a_slug_is_the_same_for_composed_and_decomposed_text():
    text = "Tổng kết hoạt động của UBND các cấp nhiệm kỳ"
    assert vietnamese.slugify(unicodedata.normalize("NFD", text)) == vietnamese.slugify(text)


def test_a_long_slug_is_cut_between_words():
    slug = vietnamese.slugify("thành phố " * 40)
    assert len(slug) <= 120
    assert set(slug.split("-")) == {"thanh", "pho"}


def test_a_single_endless_word_is_cut_all_the_same():
    assert len(vietnamese.slugify("a" * 10_000)) == 120


def test_search_folds_both_ways_of_placing_a_tone():
    assert vietnamese.words("Ủy ban") == vietnamese.words("Uỷ ban") == vietnamese.words("uy ban") == ["uy", "ban"]


def test_numbers_and_years_are_cut_into_words_of_their_own():
    assert vietnamese.words("2016-2021, tăng 19,39%/năm theo 01/CT-TTg") == [
        "2016", "2021", "tang", "19", "39", "nam", "theo", "01", "ct", "ttg"]  # fmt: skip


def test_the_words_of_decomposed_text_are_the_same():
    text = "Hội nghị trực tuyến ở Sông Công"
    assert vietnamese.words(unicodedata.normalize("NFD", text)) == vietnamese.words(text)


@pytest.mark.parametrize("ordered", [
    ["ca", "cà", "cả", "cã", "cá", "cạ"],
    ["an", "ăn", "ân", "ba"],
    ["da", "dz", "đa", "ea", "ê"],
    ["o", "ô", "ơ", "p", "u", "ư", "v"],
    ["Cải Đan", "Châu Sơn", "Lương Sơn", "Mỏ Chè", "Phố Cò", "Thắng Lợi"],
    ["ca", "ca dao", "cà phê", "cai"],
])  # fmt: skip
def test_names_sort_in_vietnamese_order(ordered):
    shuffled = random.Random(7).sample(ordered, len(ordered))
    assert sorted(shuffled, key=vietnamese.sort_key) == ordered


def test_the_sort_key_is_plain_ascii_so_that_any_database_orders_it_alike():
    assert vietnamese.sort_key("Đường Thắng Lợi 2").isascii()


def test_the_order_of_composed_and_decomposed_names_is_the_same():
    name = "Trường Tiểu học Lương Sơn"
    assert vietnamese.sort_key(unicodedata.normalize("NFD", name)) == vietnamese.sort_key(name)


@pytest.mark.parametrize(("number", "text"), [
    (0, "0"), (999, "999"), (1940858, "1.940.858"), (19.39, "19,39"), (1234567.5, "1.234.567,5"), (-1200, "-1.200"),
])  # fmt: skip
def test_numbers_have_dots_between_thousands_and_a_comma_before_decimals(number, text):
    assert vietnamese.format_number(number) == text


def test_a_moment_is_shown_day_first_in_the_time_of_viet_nam():
    moment = dt.datetime(2021, 3, 24, 3, 21, tzinfo=dt.UTC)
    assert vietnamese.format_datetime(moment) == "24-03-2021 10:21"


@pytest.mark.parametrize(("date", "name"), [
    (dt.date(2026, 11, 23), "Thứ Hai, 23-11-2026"), (dt.date(2026, 11, 28), "Thứ Bảy, 28-11-2026"),
    (dt.date(2026, 11, 29), "Chủ Nhật, 29-11-2026"),
])  # fmt: skip
def test_weekdays_are_written_in_words(date, name):
    assert vietnamese.format_long_date(date) == name


@pytest.mark.parametrize("typed", ["24-03-2021 10:21", "24/03/2021 10:21", "24/3/2021 10:21", "2021-03-24T10:21"])
def test_editors_may_type_a_moment_as_they_are_used_to(typed):
    from django.forms import DateTimeField

    assert DateTimeField().clean(typed).strftime("%Y-%m-%d %H:%M") == "2021-03-24 10:21"


def test_the_day_comes_before_the_month():
    from django.forms import DateField

    assert DateField().clean("03/04/2021") == dt.date(2021, 4, 3)


def test_forms_show_a_moment_as_articles_do():
    assert formats.date_format(dt.datetime(2021, 3, 24, 10, 21), "DATETIME_FORMAT") == "24-03-2021 10:21"
