"""What an import leaves out because it is quick must come to what everybody else gets."""
import datetime as dt
import random

import pytest
from django.db import connection

from news import gambling, richtext
from news.importing.records import Record
from news.importing.rows import Row
from news.importing.writer import Writer
from news.models import Article
from news.richtext import sanitiser
from news.vector import Vector

TEXTS = [
    ("Đại hội Đảng bộ", "Sáng nay, 19,39%/năm theo 01/CT-TTg.", "hòa hoà hoa 2016-2021 " * 40, ["đô thị", "Minh An"]),
    ("a " * 100, "", "từ " * 17_000 + "cuối", []),
    ("Привет ß 漢字 '\\", "", "", ["má", "Ma"]),
    ("!", "", "", []),
]


@pytest.mark.django_db
@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_both_forms_of_a_vector_are_one_to_postgresql(text, tmp_path):
    title, lead, body, names = text
    record = Record(title=title, body=f"<p>{body}</p>", published=dt.datetime(2021, 3, 24, tzinfo=dt.UTC), lead=lead,
                    tags=names, ref="1")  # fmt: skip
    Writer().write([(Row.of(record), tmp_path)])
    imported = Article.objects.get()
    expected = Vector(title, lead, richtext.plain(imported.body), ["", *names]).literal()
    with connection.cursor() as cursor:
        cursor.execute("SELECT search::text = %s::tsvector::text FROM news_article", [expected])
        assert cursor.fetchone() == (True,)


def test_a_simple_text_is_what_the_parser_makes_of_it():
    rng = random.Random(1)
    parts = ["<p>", "</p>", "<h2>", "</h2>", "<ul>", "</ul>", "<li>", "</li>", "<strong>", "</strong>", "<br>", "\n",
             " ", "chữ", "&amp;", "&lt;", "&gt;", '"', "'", "=", "/", "a", "<script>", "\xa0", "\t", "\u200b",
             "&#60;"]  # fmt: skip
    found = 0
    for _ in range(20_000):
        html = "<p>" + "".join(rng.choices(parts, k=rng.randint(1, 4))) + "</p>"
        if sanitiser._is_simple(html):
            found += 1
            assert sanitiser._cleaner.clean(html) == html
            assert sanitiser._once(html) == html
    assert found > 300


def test_simple_blocks_that_meet_are_what_the_parser_makes_of_them(monkeypatch):
    rng = random.Random(2)
    parts = ["<p>một hai</p>", "<p>x<br>y</p>", "<h2>ba</h2>", "<ul><li>bốn</li></ul>", "<ol>", "<li>", "</li>",
             "</ol>", "<p>", "</p>", "\n", " ", "\n\n", "\r\n", "chữ", "&amp;", "<p></p>",
             "<strong>đậm</strong>"]  # fmt: skip
    texts = ["".join(rng.choices(parts, k=rng.randint(2, 6))) for _ in range(4_000)]
    quick = [richtext.sanitise(html) for html in texts]
    is_simple = sanitiser._is_simple
    assert sum(is_simple(html) and html not in texts for html in quick) > 300
    monkeypatch.setattr(sanitiser, "_is_simple", lambda html: False)
    assert quick == [richtext.sanitise(html) for html in texts]


@pytest.mark.parametrize("phrase", [*gambling.PHRASES, *gambling.BARE, *gambling.NAMES])
def test_no_word_of_the_betting_trade_is_passed_over(phrase):
    for text in (phrase, f"({phrase.upper()})", phrase.replace(" ", "."), phrase.replace(" ", "_-")):
        assert bool(gambling.words_in(text)) <= gambling.possible(Vector(text, "", ""))
