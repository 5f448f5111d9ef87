"""The front desk's figures: what is drawn, what it costs with five years of numbers, and the CSV file."""
import csv
import io
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.template.loader import render_to_string

from stats import charts, clock, dashboard, popular
from stats.models import DayTotal, HourTotal
from stats.templatetags.stats_figures import dots, percent

FIVE_YEARS = 1826


class Reader(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attributes]


@pytest.fixture
def five_years(db):
    first = clock.today() - timedelta(days=FIVE_YEARS - 1)
    with connection.cursor() as cursor:
        for statement in (
            "INSERT INTO stats_daytotal (day, visits, views, bots, lost)"
            " SELECT %s::date + n, 1000 + n, 3000 + n, 500, 0 FROM generate_series(0, 1825) n",
            "INSERT INTO stats_hourtotal (hour, visits, views)"
            " SELECT %s::timestamptz + n * interval '1 hour', 40, 120 FROM generate_series(0, 1826 * 24) n",
            "INSERT INTO stats_referrerday (day, host, hits)"
            " SELECT %s::date + n, 'trang-' || m || '.example', 1 + m"
            " FROM generate_series(0, 1825) n, generate_series(1, 60) m",
            "INSERT INTO stats_articleday (day, article, views)"
            " SELECT %s::date + n, m * 7, 1 + m FROM generate_series(0, 1825) n, generate_series(1, 60) m",
            "INSERT INTO stats_deviceday (day, device, visits)"
            " SELECT %s::date + n, m, 100 * m FROM generate_series(0, 1825) n, generate_series(1, 3) m",
        ):
            cursor.execute(statement, [first])
        cursor.execute("ANALYZE stats_referrerday, stats_articleday, stats_deviceday, stats_daytotal, stats_hourtotal")
    for days in popular.PERIODS:
        popular.rank(days)


@pytest.mark.parametrize("days", dashboard.PERIODS)
def test_five_years_of_figures_cost_five_queries(five_years, days, django_assert_num_queries):
    with django_assert_num_queries(5):
        dashboard.context(days)
    assert "trang-60.example" in render_to_string("stats/_dashboard.html", dashboard.context(days))


@pytest.mark.parametrize("days", ["7", 7, "30", "365", "abc", "-1", None, "99999999999999999999", "7; DROP TABLE"])
def test_any_period_asked_for_gives_a_dashboard(db, days):
    assert dashboard.context(days)["stats"].days in dashboard.PERIODS


def test_an_empty_dashboard_is_drawn(db):
    text = render_to_string("stats/_dashboard.html", dashboard.context())
    assert text.count("Chưa có số liệu.") == 2


def test_charts_can_be_read_without_being_seen(five_years):
    text = render_to_string("stats/_dashboard.html", dashboard.context(30))
    assert text.count('role="img"') == text.count("<desc") == text.count("<details>") == 2
    page = Reader(text)
    assert page.tags.count("table") == 5
    assert "style" not in page.attributes
    assert not any(name.startswith("on") for name in page.attributes)


def test_texts_from_outside_are_escaped(db):
    articles = lambda ids: {7: ("<script>x</script>", "/bai-viet/x-7/")}  # noqa: E731
    from stats.models import MostViewed

    MostViewed.objects.create(days=30, rank=1, article=7, views=5)
    MostViewed.objects.create(days=30, rank=2, article=8, views=4)
    text = render_to_string("stats/_dashboard.html", dashboard.context(30, articles))
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "Bài số 8" not in text
    drawn = charts.columns("x", "<b>", [charts.Point("<i>", '"><script>', 1, 2)])
    assert "<b>" not in drawn
    assert "<i>" not in drawn
    assert "<script>" not in drawn


def test_the_total_includes_what_an_earlier_portal_had(db):
    assert dashboard.context(30, before=1_940_858)["stats"].total == 1_940_858


def test_a_csv_file_has_a_line_for_every_day(db, django_assert_num_queries):
    DayTotal.objects.create(day=clock.today(), visits=3, views=9, bots=2)
    with django_assert_num_queries(1):
        text = "".join(dashboard.export(7))
    assert text.startswith("\ufeffNgày,")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 8
    assert rows[-1] == [clock.today().isoformat(), "3", "9", "2", "0"]
    assert rows[1][1:] == ["0", "0", "0", "0"]
    assert dashboard.export_name(7).endswith(".csv")


def test_hours_are_those_of_the_citys_clock(city):
    city.at("2026-11-23 00:30:00")
    city.browser().read()
    city.collect()
    hours = dashboard.context()["stats"].hours
    assert (len(hours), hours[-1].name, hours[-1].visits) == (24, "00:00 23-11", 1)
    assert HourTotal.objects.count() == 1


@pytest.mark.parametrize(
    ("value", "top"), [(0, 4), (3, 4), (4, 4), (5, 5), (11, 20), (100, 100), (101, 200), (999, 1000), (1001, 2000)]
)
def test_the_axis_ends_on_a_round_number(value, top):
    assert charts.ceiling(value) == top


def test_numbers_are_written_the_vietnamese_way():
    assert (dots(1940858), dots(0), percent(0.1939)) == ("1.940.858", "0", "19,4%")
