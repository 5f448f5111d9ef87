"""Statements written once: they answer as the queryset would, whatever the values, in any thread."""
import datetime as dt
import threading

import factories
import pytest
from django.db import connection, models
from django.db.models import Value
from django.utils import timezone

from news.models import Article
from news.prepared import prepared

pytestmark = pytest.mark.django_db


@prepared
def _cards(now: dt.datetime, keys: list[int]):
    return Article.objects.published(now).for_cards().filter(pk__any_of=keys)


@prepared
def _titled(title: str, *, most: int):
    return Article.objects.filter(title=title).order_by("pk").values_list("pk", "title")[:most]


@prepared
def _two_ways(now: dt.datetime, pk: int):
    public = Article.objects.published(now)
    return public.filter(pk=pk).annotate(rank=Value(0)).union(public.exclude(pk=pk).annotate(rank=Value(1)), all=True)


def test_rows_are_articles_with_what_they_name(django_assert_num_queries):
    some = [factories.article(title=f"Bài {number}") for number in range(3)]
    with django_assert_num_queries(1):
        found = _cards(timezone.now(), [some[0].pk, some[2].pk])
        assert {card.title: card.category.name for card in found} == {
            one.title: one.category.name for one in (some[0], some[2])
        }
        assert {type(card) for card in found} == {Article}


def test_the_moment_is_the_callers():
    article = factories.article(publish_at=timezone.now() + dt.timedelta(hours=1))
    assert _cards(timezone.now(), [article.pk]) == []
    assert _cards(timezone.now() + dt.timedelta(hours=2), [article.pk]) == [article]
    assert _cards(timezone.now(), []) == []


def test_what_changes_the_statement_is_asked_for_anew():
    first, second = factories.article(title="Lũ rút"), factories.article(title="Lũ rút")
    assert _titled("Lũ rút", most=1) == [(first.pk, "Lũ rút")]
    assert _titled("Lũ rút", most=2) == [(first.pk, "Lũ rút"), (second.pk, "Lũ rút")]
    assert _titled("%s' OR true --", most=2) == []


def test_a_union_carries_what_its_branches_add():
    first, second = factories.article(), factories.article()
    assert {row.pk: row.rank for row in _two_ways(timezone.now(), first.pk)} == {first.pk: 0, second.pk: 1}


def test_django_writes_the_statement_once(monkeypatch):
    _titled("Bão số 3", most=3)
    monkeypatch.setattr(models.sql.compiler.SQLCompiler, "as_sql", None)
    assert _titled("Bão số 4", most=3) == []


def test_postgresql_plans_what_is_asked_for_again_once(django_assert_num_queries):
    def planned():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*), sum(generic_plans + custom_plans) FROM pg_prepared_statements"
                           " WHERE name LIKE '%._again %'")  # fmt: skip
            return cursor.fetchone()

    @prepared
    def _again(pk: int):
        return Article.objects.filter(pk=pk)

    _again(1)
    assert planned() == (0, None)
    for number in range(3):
        with django_assert_num_queries(1):
            _again(number)
    assert planned() == (1, 3)


def test_no_connection_keeps_plans_without_end(monkeypatch):
    monkeypatch.setattr("news.prepared.PLANNED", 5)

    @prepared
    def _many(title: str, *, most: int):
        return Article.objects.filter(title=title)[:most]

    for most in range(1, 9):
        assert [_many("Lũ rút", most=most), _many("Lũ rút", most=most)] == [[], []]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone()[0] <= 5


def test_a_pooler_of_transactions_is_told_no_names(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)

    @prepared
    def _pooled(pk: int):
        return Article.objects.filter(pk=pk)

    article = factories.article()
    assert [_pooled(article.pk) for _ in range(3)] == [[article]] * 3
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE '%._pooled %'")
        assert cursor.fetchone()[0] == 0


def test_a_value_of_no_known_kind_is_refused_where_it_is_written():
    def odd(value: float):
        return Article.objects.filter(pk=value)

    with pytest.raises(KeyError):
        prepared(odd)


@pytest.mark.django_db(transaction=True)
def test_threads_do_not_get_each_others_rows():
    some = [factories.article(title=f"Bài {number}") for number in range(8)]
    wrong = []

    def ask(article):
        for _ in range(30):
            if [card.pk for card in _cards(timezone.now(), [article.pk])] != [article.pk]:
                wrong.append(article.pk)
        connection.close()

    threads = [threading.Thread(target=ask, args=[article]) for article in some]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
