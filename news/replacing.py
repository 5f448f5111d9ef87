"""Find and replace over many articles: what would change, changing it through the workflow, and taking it back."""
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from news import richtext, states, text, workflow
from news.models import Article, Replacement, Revision
from news.models.choices import BEFORE_READERS, Did, State
from news.signals import happened
from news.substitution import Hit, Search, hits, replace
from news.vietnamese import format_datetime

FIELDS = ("title", "lead", "body", "caption")
MOST_ARTICLES = 500  # changed in one run
MOST_LOOKED_AT = 10_000  # articles that hold the words, before marks and case are checked
MOST_SHOWN = 50  # hits of one article that are shown; all are counted and changed
_CHUNK = 200


@dataclass(frozen=True, slots=True)
class Found:
    """An article with hits, without its text: five hundred of them may be long."""

    key: int
    version: int
    title: str
    stage_label: str
    approved: bool  # and so no longer when it is changed
    hits: list[tuple[int, str, Hit]]  # number of the hit in the article, label of the field, the hit
    count: int
    why_not: str | None  # why this person may not change it

    @property
    def unshown(self) -> int:
        return self.count - len(self.hits)


@dataclass(slots=True)
class Preview:
    found: list[Found] = field(default_factory=list)
    more: bool = False  # there are further articles with hits
    unseen: bool = False  # there are further articles with these words that were not looked at


@dataclass(frozen=True, slots=True)
class Pick:
    """An article chosen in a preview: as it was shown, without the hits that are to stay."""

    article: int
    version: int
    skip: frozenset[int] = frozenset()


@dataclass(slots=True)
class Outcome:
    replacement: Replacement | None
    changed: int = 0  # articles
    hits: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)  # title, reason
    left: list[tuple[str, str]] = field(default_factory=list)  # edited since, so that undoing leaves them


def preview(user, search: Search, fields: Iterable[str], category: int | None = None, state: str = "") -> Preview:
    """The newest articles with a hit that `user` sees, at most MOST_ARTICLES, none of the trash."""
    fields = [name for name in FIELDS if name in fields]
    result = Preview()
    for looked_at, article in enumerate(_candidates(user, search, fields, category, state)):
        if looked_at == MOST_LOOKED_AT:
            result.unseen = True
            break
        found = _look(article, search, fields)
        if not found:
            continue
        if len(result.found) == MOST_ARTICLES:
            result.more = True
            break
        result.found.append(Found(
            article.pk, article.version, article.title, article.stage_label, article.stage == State.APPROVED,
            found[:MOST_SHOWN], len(found), states.why_not_edit(article, user),
        ))  # fmt: skip
    return result


def run(user, search: Search, fields: Iterable[str], picks: Iterable[Pick]) -> Outcome:
    """Changes the chosen articles, each in a transaction of its own: stopped half way, what is done can be undone.

    Raises RefusedError where the person may not, or chose nothing or too much.
    """
    picks = list({pick.article: pick for pick in picks}.values())
    _check_right(user)
    if not picks:
        raise workflow.RefusedError("Hãy chọn ít nhất một bài.")
    if len(picks) > MOST_ARTICLES:
        raise workflow.RefusedError(f"Mỗi lần thay được tối đa {MOST_ARTICLES} bài.")
    replacement = Replacement.objects.create(find=search.find, replace=search.replace, author=user)
    outcome = Outcome(replacement)
    for pick in picks:
        article = _article(user, pick.article)
        title = article.title if article else f"Bài số {pick.article}"
        try:
            with transaction.atomic():
                outcome.hits += _replace_in(article, user, search, fields, pick, replacement)
            outcome.changed += 1
        except (workflow.RefusedError, richtext.TextTooLongError) as reason:
            outcome.refused.append((title, str(reason)))
    if not outcome.changed:
        replacement.delete()
        outcome.replacement = None
    else:
        _tell(user, replacement, "replace", "Tìm và thay", outcome)
    return outcome


def undo(user, replacement: Replacement) -> Outcome:
    """Puts back the text from before in every article that nobody touched since; may be stopped and called again.

    Raises RefusedError where the person may not, and where it is undone already.
    """
    _check_right(user)
    if replacement.undone_at:
        raise workflow.RefusedError(f"Lần thay này đã được hoàn tác lúc {format_datetime(replacement.undone_at)}.")
    outcome = Outcome(replacement)
    undone = replacement.revisions.exclude(action=Did.REPLACE).values("article")
    done = replacement.revisions.filter(action=Did.REPLACE).exclude(article__in=undone)
    for number, key in list(done.order_by("pk").values_list("number", "article")):
        article = _article(user, key)
        try:
            with transaction.atomic():
                if article is None:
                    raise workflow.RefusedError("Bạn không có quyền với bài này.")
                if article.version != number:
                    outcome.left.append((article.title, "đã có thay đổi sau lần thay nên được giữ nguyên"))
                    continue
                _undo_in(article, user, replacement)
            outcome.changed += 1
        except workflow.RefusedError as reason:
            outcome.refused.append((article.title if article else f"Bài số {key}", str(reason)))
    if not outcome.refused:
        Replacement.objects.filter(pk=replacement.pk, undone_at=None).update(undone_at=timezone.now())
    if outcome.changed:
        _tell(user, replacement, "undo-replace", "Hoàn tác tìm và thay", outcome)
    return outcome


def _candidates(user, search: Search, fields: list[str], category, state) -> Iterator[Article]:
    """Articles that hold the words whatever their marks; all where a change waits, since no vector is kept of one."""
    articles = states.visible_to(user).filter(deleted_at=None)
    if category:
        articles = articles.filter(category=category)
    if state:
        waiting = Q(pending_state=state) if state in BEFORE_READERS else Q()
        articles = articles.filter(Q(state=state) | waiting)
    articles = articles.select_related("pending").defer("search", "rendered").order_by("-pk")
    sources: list[QuerySet] = [articles.filter(pending=None, search=_query(search)), articles.exclude(pending=None)]
    if "caption" in fields:
        # Captions are in no vector: any row whose caption holds the first word, whatever its marks.
        word = search.find.split()[0]
        sources.append(articles.filter(pending=None, caption__unaccent__icontains=word).exclude(search=_query(search)))
    for source in sources:
        yield from source.iterator(chunk_size=_CHUNK)


def _query(search: Search) -> SearchQuery:
    terms = [f"'{word}'" for word in search.words]
    if not search.whole_words:
        terms[-1] += ":*"
    return SearchQuery(" & ".join(terms), search_type="raw", config="simple")


def _look(article: Article, search: Search, fields: list[str]) -> list[tuple[int, str, Hit]]:
    found = []
    for name in fields:
        value = article.pending.snapshot.get(name, "") if article.pending_id else getattr(article, name)
        found += [(text.FIELDS[name].label, hit) for hit in hits(search, value, html=name == "body")]
    return [(number, label, hit) for number, (label, hit) in enumerate(found)]


def _replace_in(article: Article | None, user, search: Search, fields, pick: Pick, replacement: Replacement) -> int:
    if article is None:
        raise workflow.RefusedError("Không tìm thấy bài này trong những bài của bạn.")
    if article.version != pick.version:
        raise workflow.StaleError
    content = text.newest(article)
    changed = dict(content)
    seen = count = 0
    for name in FIELDS:
        if name in fields:
            html = name == "body"
            here = len(hits(search, content[name], html))
            skip = {number - seen for number in pick.skip}
            changed[name], replaced = replace(search, content[name], html, skip)
            seen, count = seen + here, count + replaced
    if not count:
        raise workflow.RefusedError("Không còn chỗ nào để thay.")
    _check_lengths(content, changed)
    _save(article, user, changed, Did.REPLACE, f"Thay “{search.find}” bằng “{search.replace}”", replacement)
    return count


def _undo_in(article: Article, user, replacement: Replacement) -> None:
    reason = f"Hoàn tác việc thay “{replacement.find}” bằng “{replacement.replace}”"
    revision = article.revisions.filter(number=article.version - 1).first()
    if revision is None:
        raise workflow.RefusedError("Văn bản từ trước lần thay không còn trong lịch sử.")
    before = text.complete(revision.snapshot, article)
    if article.pending_id and not text.changed(before, text.of(article)):
        # Nothing waited before: nothing is left to wait.
        workflow.perform("discard", article, user, reason)
        Revision.objects.filter(article=article, number=article.version).update(replacement=replacement)
        return
    _save(article, user, before, Did.UNDO_REPLACE, reason, replacement)


def _save(article: Article, user, content: text.Text, did: Did, reason: str, replacement: Replacement) -> None:
    many = {one.name: content[one.name] for one in text.MANY}
    workflow.save(text.put(content, article), user, many, correction=content[text.CORRECTION], did=did, reason=reason,
                  replacement=replacement)  # fmt: skip


def _check_lengths(before: text.Text, after: text.Text) -> None:
    for name in FIELDS:
        one = text.FIELDS[name]
        most = one.model_field.max_length
        if most and len(after[name]) > most:
            raise workflow.RefusedError(f"{one.label.capitalize()} sẽ dài quá {most} ký tự.")
        words = richtext.plain if one.kind == "html" else str.strip
        if name in {"title", "body"} and words(before[name]) and not words(after[name]):
            raise workflow.RefusedError(f"{one.label.capitalize()} sẽ không còn chữ nào.")


def _article(user, key: int) -> Article | None:
    return states.visible_to(user).select_related("pending").filter(pk=key).first()


def _check_right(user) -> None:
    if not user.has_perm("news.replace_article"):
        raise workflow.RefusedError("Bạn không có quyền tìm và thay trong nhiều bài.")


@transaction.atomic
def _tell(user, replacement: Replacement, action: str, label: str, outcome: Outcome) -> None:
    happened.send(sender=Replacement, actor=user, action=action, label=label, target=replacement, reason="",
                  detail=f"{replacement}: {outcome.changed} bài")  # fmt: skip
