"""Old revisions go, and nothing that anybody still needs goes with them."""
import datetime as dt
import threading

import factories
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from news import revisions, states, workflow
from news.models import Article, Replacement, Revision
from news.models.choices import Did, State

pytestmark = pytest.mark.django_db


def with_history(count, *, age=200, author=None, **values):
    """A draft with revisions 1 to `count`, all of them old; `values` maps numbers to what is different."""
    article = factories.draft(version=count)
    then = timezone.now() - dt.timedelta(days=age)
    Revision.objects.bulk_create(
        Revision(**{"article": article, "number": number, "action": Did.SUBMIT, "author": author, "snapshot": {},
                    "created_at": then, **values.get(f"r{number}", {})})
        for number in range(1, count + 1)
    )  # fmt: skip
    return article


def numbers(article):
    return sorted(article.revisions.values_list("number", flat=True))


def test_the_newest_of_each_article_stay_and_the_rest_goes():
    first, second = with_history(12), with_history(3)
    assert revisions.prune(keep=5) == revisions.Outcome(7, 1)
    assert numbers(first) == [8, 9, 10, 11, 12]
    assert numbers(second) == [1, 2, 3]


@pytest.mark.parametrize("needed", [
    {"published": True}, {"action": Did.BASELINE}, {"action": Did.DISCARD}, {"created_at": timezone.now()},
])  # fmt: skip
def test_what_is_needed_stays_however_old(needed):
    article = with_history(9, r2=needed)
    revisions.prune(keep=3)
    assert numbers(article) == [2, 7, 8, 9]


def test_a_change_that_waits_stays():
    article = with_history(9)
    waiting = article.revisions.get(number=3)
    Article.objects.filter(pk=article.pk).update(
        state=State.PUBLISHED, publish_at=timezone.now(), pending=waiting, pending_state=State.WAITING
    )
    revisions.prune(keep=3)
    assert numbers(article) == [3, 7, 8, 9]


def test_who_wrote_long_ago_still_may_not_approve_the_text():
    writer, other = factories.user(None, "Ban biên tập"), factories.user(None, "Biên tập viên")
    article = with_history(9, r2={"author": writer, "action": Did.SAVE}, r3={"author": writer, "action": Did.SAVE},
                           r5={"author": other, "action": Did.SAVE})  # fmt: skip
    before = states.writers(article)
    revisions.prune(keep=3)
    assert states.writers(article) == before == {writer.pk, other.pk}
    assert numbers(article) == [3, 5, 7, 8, 9]


def test_a_replacement_can_still_be_undone():
    article = with_history(9, r9={"action": Did.REPLACE, "replacement": Replacement.objects.create(find="a")})
    revisions.prune(keep=2, older_than_days=0)
    assert numbers(article) == [8, 9]


def test_more_than_a_batch_goes_too(monkeypatch):
    monkeypatch.setattr(revisions, "BATCH", 10)
    article = with_history(47)
    assert revisions.prune(keep=2).removed == 45
    assert numbers(article) == [46, 47]


def test_a_dry_run_counts_and_removes_nothing(capsys):
    article = with_history(60)
    call_command("prune_revisions", "--dry-run")
    assert "10 revisions of 1 articles would be removed." in capsys.readouterr().out
    assert article.revisions.count() == 60
    call_command("prune_revisions")
    assert "10 revisions of 1 articles removed." in capsys.readouterr().out
    call_command("prune_revisions")
    assert "0 revisions of 0 articles removed." in capsys.readouterr().out


@pytest.mark.parametrize("options", [["--keep", "1"], ["--keep", "-1"], ["--days", "-1"]])
def test_what_would_remove_too_much_is_refused(options):
    with_history(5)
    with pytest.raises(CommandError):
        call_command("prune_revisions", *options)
    assert Revision.objects.count() == 5


def test_no_text_is_read_to_prune(django_assert_num_queries):
    with_history(60)
    with django_assert_num_queries(6) as asked:  # the long articles, two looks, a deletion
        revisions.prune()
    assert not [query for query in asked if '"snapshot"' in query["sql"]]


@pytest.mark.django_db(transaction=True)
def test_editors_go_on_saving_while_revisions_are_pruned():
    person = factories.user(None, "Ban biên tập")
    article = factories.draft(owner=person)
    failures = []

    def write():
        try:
            for number in range(20):
                mine = Article.objects.get(pk=article.pk)
                mine.title = f"Tiêu đề {number}"
                workflow.save(mine, person)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive():
        revisions.prune(keep=2, older_than_days=0)
    writer.join()
    revisions.prune(keep=2, older_than_days=0)
    assert failures == []
    article.refresh_from_db()
    assert (article.title, article.version) == ("Tiêu đề 19", 21)
    assert {20, 21} <= set(numbers(article))
