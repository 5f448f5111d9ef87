"""Cards are drawn once, and never shown as they were before a change."""
import datetime as dt
import re

import factories
import pytest
from django.template import Context, Template
from django.template.loader import get_template

from news.models import Article
from news.templatetags import cards

pytestmark = pytest.mark.django_db
LOOK = '{% load cards %}{% card article kind="row" kicker=True words=5 sizes="7rem" %}{% headline article %}'


@pytest.fixture(autouse=True)
def nothing_kept():
    cards._kept.clear()


def drawn(article, text=LOOK):
    return Template(text).render(Context({"article": Article.objects.for_cards().get(pk=article.pk)}))


def test_a_card_is_drawn_once(monkeypatch):
    article = factories.article(title="Hội nghị trực tuyến")
    first = drawn(article)
    assert "Hội nghị trực tuyến" in first
    monkeypatch.setattr(cards, "render_to_string", None)
    assert drawn(article) == first


@pytest.mark.parametrize("change", [
    {"title": "Tên khác"}, {"slug": "duong-dan-khac"}, {"lead": "Sa-pô khác"},
    {"publish_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
])  # fmt: skip
def test_a_changed_article_is_drawn_anew(change):
    article = factories.article(lead="Sa-pô", image=factories.shown_image())
    before = drawn(article)
    Article.objects.filter(pk=article.pk).update(**change)
    assert drawn(article) != before


def test_a_renamed_category_is_drawn_anew():
    article = factories.article()
    before = drawn(article)
    article.category.name = "Chuyên mục đổi tên"
    article.category.save()
    assert drawn(article) != before


@pytest.mark.parametrize("change", [{"colour": "#ffffff"}, {"renditions": {}}, {"alt": "Mô tả khác"}])
def test_a_changed_picture_is_drawn_anew(change):
    """Its description is not shown in a card: what counts is that nothing old is kept."""
    article = factories.article(image=factories.shown_image())
    drawn(article)
    known = set(cards._kept)
    type(article.image).objects.filter(pk=article.image.pk).update(**change)
    drawn(article)
    assert len(cards._kept) == len(known) + 1


def test_two_looks_of_one_article_are_two_cards():
    article = factories.article(lead="Sa-pô của bài")
    wide = drawn(article, LOOK.replace("words=5", "words=2"))
    assert wide != drawn(article)


def test_no_more_cards_are_kept_than_their_number(monkeypatch):
    monkeypatch.setattr(cards, "MOST", 5)
    for article in factories.articles(8):
        drawn(article)
    assert len(cards._kept) == 5


def test_what_the_template_shows_is_in_the_key():
    """Whoever teaches `_card.html` to show more of an article must tell `card` of it."""
    source = get_template("_card.html").template.source
    named = set(re.findall(r"article\.(\w+(?:\.\w+)?)", source))
    assert named == {"image", "category.get_absolute_url", "category.name", "title", "get_absolute_url", "title_parts",
                     "excerpt", "lead", "publish_at"}  # fmt: skip
