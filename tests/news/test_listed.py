"""The rows that put articles into lists know when readers see the article there, whoever writes it and however."""
import datetime as dt
import threading

import factories
import pytest
from django.db import connection, transaction
from django.utils import timezone

from news import listing
from news.importing.records import Record
from news.importing.rows import Row
from news.importing.writer import Writer
from news.models import AlsoIn, Article, Chosen, State, Tagged, Topic

pytestmark = pytest.mark.django_db
LISTS = (Tagged, AlsoIn, Chosen)


def listed(**values):
    """An article with a tag, in another category and in a topic."""
    article = factories.article("Bầu cử", tags=["bầu cử"], **values)
    article.also_in.add(factories.category("Chính quyền"))
    Topic.objects.create(name="Bầu cử 2026", slug="bau-cu").articles.add(article)
    return article


def dates(article):
    """What the three rows say, once each."""
    return {row for model in LISTS for row in
            model.objects.filter(article=article).values_list("publish_at", "expire_at")}  # fmt: skip


def test_a_row_has_the_dates_of_a_published_article():
    article = listed(expire_at=timezone.now() + dt.timedelta(days=9))
    assert dates(article) == {(article.publish_at, article.expire_at)}


def test_a_row_of_what_readers_do_not_have_has_none():
    assert dates(listed(state=State.DRAFT, publish_at=timezone.now())) == {(None, None)}


def test_rows_follow_an_article_that_is_published_withdrawn_and_dated_anew():
    article = listed(state=State.APPROVED)
    for state, day in [(State.PUBLISHED, 1), (State.PUBLISHED, 2), (State.WITHDRAWN, 2), (State.PUBLISHED, 3)]:
        moment = dt.datetime(2020, 1, day, tzinfo=dt.UTC)
        Article.objects.filter(pk=article.pk).update(state=state, publish_at=moment, expire_at=None)
        assert dates(article) == {(moment if state == State.PUBLISHED else None, None)}


def test_rows_follow_the_dates_of_many_articles_changed_at_once():
    articles = [factories.article(tags=["bầu cử"]) for _ in range(3)]
    moment = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    Article.objects.update(expire_at=moment)
    assert set(Tagged.objects.values_list("article", "expire_at")) == {(one.pk, moment) for one in articles}


def test_what_an_import_tags_is_listed_by_its_date(tmp_path):
    moment = dt.datetime(2021, 3, 24, 3, 21, tzinfo=dt.UTC)
    record = Record(title="Bầu cử", body="<p>Tin</p>", published=moment, tags=["bầu cử"])
    Writer().write([(Row.of(record), tmp_path)])
    assert list(Tagged.objects.values_list("publish_at", "expire_at")) == [(moment, None)]


def test_a_topic_names_an_article_once_that_is_chosen_and_tagged_and_keeps_the_order():
    tag = factories.tag("bầu cử")
    topic = Topic.objects.create(name="Bầu cử 2026", slug="bau-cu", tag=tag)
    day = timezone.now() - dt.timedelta(days=5)
    made = [factories.article(tags=["bầu cử"] if place % 2 else [], publish_at=day + dt.timedelta(hours=place))
            for place in range(6)]  # fmt: skip
    topic.articles.add(*made[2:], factories.article("Đã gỡ", state=State.WITHDRAWN))
    expected = [article.pk for article in reversed(made)]
    expected.remove(made[0].pk)
    assert listing.keys_of(topic)(0, 9) == expected
    assert listing.keys_of(topic)(1, 3) == expected[1:3]


def test_a_category_names_an_article_once_that_is_shown_in_two_below_it():
    top = factories.category("Xã hội")
    below = [factories.category(name, parent=top) for name in ("Y tế", "Giáo dục")]
    article = factories.article(category=factories.category("Thời sự"))
    article.also_in.set([top, *below])
    assert listing.keys_in([one.pk for one in (top, *below)])(0, 9) == [article.pk]


@pytest.mark.django_db(transaction=True)
def test_a_tag_given_while_an_article_is_published_has_its_date():
    """Whoever comes second waits, and sees what the first one did."""
    article = factories.article("Bầu cử", state=State.APPROVED, publish_at=timezone.now())
    tag = factories.tag("bầu cử")

    def give():
        try:
            Article.tags.through.objects.create(article_id=article.pk, tag_id=tag.pk)
        finally:
            connection.close()

    other = threading.Thread(target=give)
    with transaction.atomic():
        Article.objects.filter(pk=article.pk).update(state=State.PUBLISHED)
        other.start()
        other.join(0.3)
    other.join()
    assert Tagged.objects.get().publish_at == article.publish_at


def test_of_articles_of_one_moment_the_last_written_comes_first_in_every_list():
    articles = [listed_at(dt.datetime(2020, 1, 1, tzinfo=dt.UTC)) for _ in range(3)]
    expected = [article.pk for article in reversed(articles)]
    for model in LISTS[:2]:
        assert list(model.objects.published().newest_first().values_list("article_id", flat=True)) == expected
    assert listing.keys_in([factories.category("Chính quyền").pk])(0, 9) == expected
    assert listing.keys_tagged(factories.tag("bầu cử"))(0, 9) == expected


def listed_at(moment):
    article = factories.article("Bầu cử", tags=["bầu cử"], publish_at=moment)
    article.also_in.add(factories.category("Chính quyền"))
    return article
