"""Two people press at the same moment: one is served, the other is told, and no text is lost without a word."""
import threading

import factories
import pytest
from django.db import connection

from news import workflow
from news.models import Article, Revision
from news.models.choices import State

pytestmark = pytest.mark.django_db(transaction=True)
PAIRS = 200


def race(*calls):
    """Runs the calls in threads that start together; what each returned or raised, in order."""
    barrier = threading.Barrier(len(calls))
    outcomes = [None] * len(calls)

    def run(place, call):
        try:
            barrier.wait()
            outcomes[place] = call()
        except Exception as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def saving(person, title):
    article = Article.objects.get()
    article.title = title
    return lambda: workflow.save(article, person)


@pytest.mark.slow
@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_of_200_racing_pairs_of_saves_none_is_lost_in_silence(state):
    people = [factories.user(None, "Biên tập viên") for _ in range(2)]
    factories.article(state=state)
    for pair in range(PAIRS):
        titles = [f"Bản {pair} của người {number}" for number in range(2)]
        outcomes = race(*(saving(person, title) for person, title in zip(people, titles, strict=True)))
        done = [isinstance(outcome, Article) for outcome in outcomes]
        assert sorted(done) == [False, True], outcomes
        assert isinstance(outcomes[done.index(False)], workflow.StaleError)
        newest = Revision.objects.first()
        assert newest.snapshot["title"] == titles[done.index(True)]
    versions = list(Revision.objects.order_by("number").values_list("number", flat=True))
    assert versions == list(range(1, PAIRS + 2))
    assert Article.objects.get().version == versions[-1]


@pytest.mark.slow
def test_a_save_and_an_approval_at_once_never_approve_an_unseen_text():
    editor, chief = factories.user(None, "Biên tập viên"), factories.user(None, "Ban biên tập")
    for number in range(50):
        Article.objects.all().delete()
        article = factories.article(state=State.WAITING)
        seen = article.title
        stored = Article.objects.get()
        approving = lambda stored=stored: workflow.perform("approve", stored, chief)  # noqa: E731
        outcomes = race(saving(editor, f"Chưa ai đọc {number}"), approving)
        assert sum(isinstance(outcome, Article) for outcome in outcomes) == 1, outcomes
        now = Article.objects.get()
        assert (now.state, now.title) in {(State.APPROVED, seen), (State.WAITING, f"Chưa ai đọc {number}")}


def test_two_who_publish_at_once_publish_once():
    people = [factories.user(None, "Ban biên tập") for _ in range(2)]
    for _ in range(25):
        Article.objects.all().delete()
        factories.article(state=State.APPROVED, publish_at=None)
        copies = [Article.objects.get() for _ in people]
        outcomes = race(*(lambda copy=copy, person=person: workflow.perform("publish", copy, person)
                          for copy, person in zip(copies, people, strict=True)))  # fmt: skip
        assert sum(isinstance(outcome, Article) for outcome in outcomes) == 1
        assert Revision.objects.filter(action="publish").count() == 1


def test_one_form_sent_twice_at_once_writes_one_article():
    import uuid

    author, category = factories.user(None, "Phóng viên"), factories.category()
    for _ in range(25):
        key = uuid.uuid4()
        articles = [Article(title=f"Bài {n}", body="<p>x</p>", category=category, form_key=key) for n in range(2)]
        outcomes = race(*(lambda article=article: workflow.save(article, author) for article in articles))
        assert sum(isinstance(outcome, Article) for outcome in outcomes) == 1, outcomes
        assert Article.objects.filter(form_key=key).count() == 1
