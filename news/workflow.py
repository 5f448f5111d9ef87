"""The only place where an article is written or changes its state: a guarded update, a revision, an announcement."""
import datetime as dt
import uuid
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from news import audience, text, usage
from news.models import AlertBanner, Article, Placement, Replacement, Revision, Tag
from news.models.choices import WRITING, Did, State
from news.signals import content_changed, happened
from news.states import ACTIONS, refusal, why_not_edit

USES = 20  # places told of each kind


class RefusedError(Exception):
    """The action may not be done; the message says why, in Vietnamese, to the person who asked."""


class StaleError(RefusedError):
    """Somebody else changed the article after it was read; nothing was written."""

    def __init__(self):
        super().__init__("Bài vừa được người khác thay đổi: hãy mở lại rồi làm tiếp.")


class AlreadyWrittenError(RefusedError):
    """The form of a new article was sent a second time; `article` is what its first sending made."""

    def __init__(self, article: Article):
        super().__init__("Bài này đã được lưu: hãy mở bài rồi sửa tiếp.")
        self.article = article


@transaction.atomic
def save(article: Article, user, many: dict[str, Iterable[int]] | None = None, *, correction: str = "",
         did: Did = Did.SAVE, reason: str = "", replacement: Replacement | None = None) -> Article:  # fmt: skip
    """Writes the text in `article`: a new article, or the next version of the one that was read at `article.version`.

    `many` gives the ids of its tables of many rows (`text.MANY`), those left out stay; `correction` is what readers are
    told when a change is published. What readers have stays theirs: for them the text waits as a pending change. A text
    equal to what is stored writes nothing. Returns the article as stored; raises RefusedError, StaleError.
    """
    if article.pk is None:
        return _create(article, user, many)
    stored = Article.objects.select_related("pending").get(pk=article.pk)
    if stored.version != article.version:
        raise StaleError
    why = why_not_edit(stored, user)
    if why:
        raise RefusedError(why)
    before = text.newest(stored)
    correction = correction if stored.has_had_readers else ""
    many = {field.name: (many or {}).get(field.name, before[field.name]) for field in text.MANY}
    after = text.of(article, many, correction)
    after["slug"] = after["slug"] or before["slug"]
    differing = text.changed(before, after)
    if not differing:
        article.refresh_from_db()
        return article
    publisher = user.has_perm("news.publish_article")
    groups = {text.FIELDS[name].group for name in differing}
    if stored.has_had_readers and (stored.pending_id or "text" in groups or ("times" in groups and not publisher)):
        revision = _write_pending(stored, user, after, differing, did, reason, replacement)
        return _announce(article, stored, revision, user)
    if did == Did.SAVE and groups <= {"times", "desk"}:
        did = Did.RESCHEDULE if "times" in groups else Did.NOTE
    # An approval is of a text: another text needs another one, another hour of a publisher's does not.
    unapproved = stored.state == State.APPROVED and ("text" in groups or ("times" in groups and not publisher))
    columns = _columns(stored, after)
    if unapproved:
        columns |= {"state": State.WAITING, "state_at": timezone.now()}
    _guarded_update(stored, **columns)
    text.put_many(after, stored)
    revision = _record(stored, user, did, after, differing, reason=reason, replacement=replacement,
                       published=stored.state == State.PUBLISHED)  # fmt: skip
    return _announce(article, stored, revision, user, for_readers=stored.state == State.PUBLISHED)


@transaction.atomic
def perform(name: str, article: Article, user, reason: str = "", *, public_reason: str = "",
            override: bool = False) -> Article:  # fmt: skip
    """Does one of ACTIONS to the version in hand and returns the article as it then is.

    `public_reason` is what readers of a withdrawn article are told. `override` lets a writer who may do so approve
    their own text. Raises RefusedError, and StaleError where somebody else changed the article after it was read.
    """
    action = ACTIONS[name]
    stored = Article.objects.select_related("pending").get(pk=article.pk)
    if stored.version != article.version:
        raise StaleError
    why = refusal(action, stored, user, reason, override)
    if why:
        raise RefusedError(why)
    override = override and action.did == Did.APPROVE and refusal(action, stored, user, reason) is not None
    snapshot = text.newest(stored)
    now = timezone.now()
    columns = {"reason": reason.strip()}
    published = action.did == Did.PUBLISH
    if published:
        columns |= _publish(stored, snapshot, now)
    elif action.did == Did.WITHDRAW:
        columns |= {"state": State.WITHDRAWN, "public_reason": public_reason.strip()}
    elif action.did == Did.DISCARD:
        columns |= {"pending": None, "pending_state": ""}
        snapshot = text.of(stored)
    elif action.did in {Did.TRASH, Did.UNTRASH}:
        columns["deleted_at"] = now if action.did == Did.TRASH else None
    else:
        columns["pending_state" if stored.pending_id else "state"] = action.target
        if action.did == Did.APPROVE:
            columns |= {"approved_by": user, "approval_overridden": override}
    if action.target:
        columns["state_at"] = now
    _guarded_update(stored, **columns)
    if published:
        text.put_many(snapshot, stored)
        snapshot = {**snapshot, text.CORRECTION: ""}
    revision = _record(stored, user, action.did, snapshot, reason=reason, overridden=override, published=published)
    if stored.pending_id and action.did not in {Did.PUBLISH, Did.DISCARD}:
        Article.objects.filter(pk=stored.pk).update(pending=revision)
    return _announce(article, stored, revision, user, for_readers=action.did in {Did.PUBLISH, Did.WITHDRAW})


@transaction.atomic
def restore(article: Article, user, revision: Revision, reason: str = "") -> Article:
    """Makes the text of an earlier revision the newest one, as a save like any other; raises as `save` does."""
    old = text.complete(revision.snapshot, article)
    if article.has_had_readers:
        # Dates are no part of what is taken back: those of its time as a draft would make it vanish from the site.
        newest = text.newest(article)
        old |= {field.name: newest[field.name] for field in text.FIELDS.values() if field.group == "times"}
    many = {field.name: text.existing(field, old[field.name]) for field in text.MANY}
    said = reason.strip() or f"Lấy lại phiên bản {revision.number}"
    return save(text.put(old, article), user, many, correction=old[text.CORRECTION], did=Did.RESTORE, reason=said)


@transaction.atomic
def purge(article: Article, user) -> None:
    """Deletes an article of the trash for good, its history with it; raises RefusedError."""
    if not user.has_perm("news.purge_article"):
        raise RefusedError("Bạn không có quyền xóa hẳn bài.")
    if not article.deleted_at:
        raise RefusedError("Chỉ xóa hẳn được bài trong thùng rác.")
    happened.send(sender=Article, actor=user, action="purge", label="Xóa hẳn bài", target=article, reason="",
                  detail="")  # fmt: skip
    article.delete()


def uses(article: Article) -> list[str]:
    """Where an article is used, in words: the front page, other articles, banners."""
    found = [f"Trang chủ: {place}" for place in Placement.objects.filter(article=article)]
    found += [f"Tin liên quan của “{title}”" for title in article.related_from.values_list("title", flat=True)[:USES]]
    found += [f"Dải tin khẩn “{banner}”" for banner in AlertBanner.objects.filter(link=article)[:USES]]
    return found


def _create(article: Article, user, many) -> Article:
    article.owner = article.owner or user
    article.form_key = article.form_key or uuid.uuid4()
    try:
        with transaction.atomic():
            article.save()
    except IntegrityError:
        known = Article.objects.filter(form_key=article.form_key).first()
        if known is None:
            raise
        raise AlreadyWrittenError(known) from None
    content = text.of(article, {field.name: (many or {}).get(field.name, ()) for field in text.MANY})
    text.put_many(content, article)
    if content["tags"]:
        Article.objects.filter(pk=article.pk).update(search=_columns(article, content)["search"])
    revision = _record(article, user, Did.CREATE, content)
    return _announce(article, article, revision, user)


def _write_pending(stored: Article, user, after: text.Text, differing, did, reason, replacement) -> Revision:
    """The text as a change that waits beside what readers have; what only the desk sees is written at once."""
    filled = text.put(after, _copy(stored))
    desk = [name for name in differing if text.FIELDS[name].group == "desk"]
    columns = {text.FIELDS[name].column: getattr(filled, text.FIELDS[name].column) for name in desk}
    state = stored.pending_state or State.DRAFT
    if state == State.APPROVED and len(desk) < len(differing):
        state = State.WAITING
    if state != stored.pending_state:
        columns["state_at"] = timezone.now()
    _guarded_update(stored, **columns)
    revision = _record(stored, user, did, after, differing, reason=reason, replacement=replacement)
    Article.objects.filter(pk=stored.pk).update(pending=revision, pending_state=state)
    return revision


def _publish(stored: Article, snapshot: text.Text, now: dt.datetime) -> dict:
    """The columns that change when the newest text goes to readers."""
    # To the minute, as the form shows it: saving the form again must not move the date.
    snapshot["publish_at"] = snapshot["publish_at"] or now.replace(second=0, microsecond=0).isoformat()
    columns = _columns(stored, snapshot)
    corrections = stored.corrections
    if stored.pending_id and snapshot[text.CORRECTION].strip():
        corrections = [*corrections, {"at": now.isoformat(), "note": snapshot[text.CORRECTION].strip()}]
    return {**columns, "state": State.PUBLISHED, "pending": None, "pending_state": "", "corrections": corrections,
            "public_reason": ""}  # fmt: skip


def _columns(stored: Article, content: text.Text) -> dict:
    """A text as columns of the article's row, with what follows from it."""
    article = text.put(content, _copy(stored))
    article.prepare(Tag.objects.filter(pk__in=content["tags"]).values_list("name", flat=True))
    names = [field.column for field in text.FIELDS.values() if field.kind != "many" and field.name != text.CORRECTION]
    return {name: getattr(article, name) for name in [*names, "rendered", "search"]}


def _copy(stored: Article) -> Article:
    return Article(pk=stored.pk, category_id=stored.category_id, image_id=stored.image_id)


def _guarded_update(stored: Article, **columns) -> None:
    """Writes columns and the next version, if the version is still the one that was read; raises StaleError if not.

    The check and the write are one statement, and the row stays locked until the transaction ends.
    """
    guarded = Article.objects.filter(pk=stored.pk, version=stored.version)
    if not guarded.update(**columns, version=F("version") + 1, updated_at=timezone.now()):
        raise StaleError
    if not Revision.objects.filter(article=stored.pk, number=stored.version).exists():
        # Articles that were imported have no history before their first change.
        Revision.objects.create(
            article_id=stored.pk, number=stored.version, action=Did.BASELINE, snapshot=text.of(stored),
            published=stored.state == State.PUBLISHED, created_at=stored.updated_at,
        )  # fmt: skip


def _record(stored: Article, user, did: Did, snapshot: text.Text, differing=(), **details) -> Revision:
    number = stored.version if did == Did.CREATE else stored.version + 1
    details["reason"] = details.get("reason", "").strip()
    return Revision.objects.create(article_id=stored.pk, number=number, action=did, author=user, snapshot=snapshot,
                                   changed=list(differing), **details)  # fmt: skip


def _announce(article: Article, stored: Article, revision: Revision, user, for_readers: bool = False) -> Article:
    """Tells who listens what became of `stored`, and returns the instance in hand as the article now is."""
    before = stored.stage_label
    article.refresh_from_db()
    if for_readers:
        audience.text_changes(article=stored.pk, lead=stored.image_id)
    usage.refresh(article)
    if for_readers:
        content_changed.send(sender=Article)
    if revision.action not in WRITING or revision.action == Did.CREATE:
        label = f"{revision.get_action_display()}{' (tự duyệt)' if revision.overridden else ''}"
        happened.send(sender=Article, actor=user, action=f"article.{revision.action}", label=label, target=article,
                      reason=revision.reason, detail=f"{before} → {article.stage_label}")  # fmt: skip
    return article
