"""What the stored texts link to outside: kept up text by text, at a cost that does not grow with their number.

The database notes every article and page that is written (`ScanRequest`, by trigger); `drain` looks at what was noted.
"""
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from news import gambling, richtext
from news.models import Article, GamblingMention, OutboundDomain, OutboundLink, Page, ScanRequest
from news.richtext import addresses

AT_ONCE = 200  # texts looked at while somebody waits for a page
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Text:
    """An article or a page as it stands and as it is about to."""

    kind: str  # "article" or "page": the name of the foreign key
    key: int
    hosts: frozenset[str]
    mentions: list[str]  # words of the betting trade
    is_case: bool


@dataclass(slots=True)
class Warnings:
    """What the front desk shows; falsy where there is nothing to say."""

    domains: list[OutboundDomain] = field(default_factory=list)  # the newest that nobody has looked at
    mentions: list[GamblingMention] = field(default_factory=list)
    more_domains: int = 0  # beyond those shown
    more_mentions: int = 0
    waiting: bool = False  # whether texts wait to be looked at

    def __bool__(self):
        return bool(self.domains or self.mentions)


def warnings(user) -> Warnings | None:
    """What has come up since somebody looked; None for who may not see it. Looks at a bounded number of new texts."""
    if not user.has_perm("news.view_outbounddomain"):
        return None
    drained = drain(AT_ONCE)
    domains = list(OutboundDomain.objects.filter(acknowledged_at=None)[: 20 + SHOWN])
    mentions = list(
        GamblingMention.objects.filter(acknowledged_at=None).select_related("article", "page")
        .only("words", "in_crime_news", "found_at", "article__title", "page__title")[: 20 + SHOWN]
    )  # fmt: skip
    domains.sort(key=lambda domain: not gambling.is_suspicious(domain.host))
    mentions.sort(key=lambda mention: mention.in_crime_news)
    return Warnings(domains[:SHOWN], mentions[:SHOWN], max(0, len(domains) - SHOWN), max(0, len(mentions) - SHOWN),
                    drained == AT_ONCE)  # fmt: skip


def drain(limit: int = AT_ONCE) -> int:
    """Looks at up to `limit` texts that were written; returns how many requests are done. One query when idle."""
    if not ScanRequest.objects.exists():
        return 0
    with transaction.atomic():
        # What another process is looking at, or somebody is writing, is passed over: nobody waits here.
        requests = list(ScanRequest.objects.select_for_update(skip_locked=True).order_by("pk")[:limit])
        articles = {request.article_id for request in requests} - {None}
        pages = {request.page_id for request in requests} - {None}
        texts = [*_articles(articles), *_pages(pages)]
        record(texts, timezone.now())
        busy_articles = _still_there(Article, articles - {text.key for text in texts if text.kind == "article"})
        busy_pages = _still_there(Page, pages - {text.key for text in texts if text.kind == "page"})
        done = [request.pk for request in requests
                if request.article_id not in busy_articles and request.page_id not in busy_pages]  # fmt: skip
        ScanRequest.objects.filter(pk__in=done).delete()
    return len(done)


def _still_there(model, keys: set[int]) -> set[int]:
    return set(model.objects.filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def acknowledge(rows, user) -> int:
    """Notes that `user` has looked at the domains or mentions of a queryset; returns how many were new."""
    return rows.filter(acknowledged_at=None).update(acknowledged_at=timezone.now(), acknowledged_by=user)


def hosts_in(html: str) -> set[str]:
    """The other hosts that a sanitised text links to."""
    return addresses.hosts(html) - {settings.SITE_HOST}


def _articles(keys: Iterable[int]) -> list[Text]:
    if not keys:
        return []
    # Locked, so that nobody deletes one while rows that point to it are written.
    rows = (
        Article.objects.filter(pk__in=keys).order_by("pk")
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
        .values_list("pk", "title", "lead", "body", "pending__snapshot")
    )  # fmt: skip
    texts = []
    for key, title, lead, body, pending in rows:
        pending = pending or {}
        bodies = [body, str(pending.get("body") or "")]
        words = [title, lead, str(pending.get("title") or ""), str(pending.get("lead") or "")]
        texts.append(_text("article", key, words, bodies))
    return texts


def _pages(keys: Iterable[int]) -> list[Text]:
    if not keys:
        return []
    rows = Page.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True, skip_locked=True)
    return [_text("page", key, [title], [body]) for key, title, body in rows.values_list("pk", "title", "body")]


def _text(kind: str, key: int, words: list[str], bodies: list[str]) -> Text:
    whole = "\n".join([*words, *map(richtext.plain, bodies)])
    mentions = gambling.words_in(whole)
    hosts = frozenset().union(*map(hosts_in, bodies))
    return Text(kind, key, hosts, mentions, bool(mentions) and gambling.is_case(whole))


def record(texts: list[Text], now: dt.datetime) -> None:
    """Writes what texts hold in place of what is known of them; in the transaction that holds them."""
    domains = _domains(set().union(*(text.hosts for text in texts)), now)
    for kind in ("article", "page"):
        some = [text for text in texts if text.kind == kind]
        if some:
            _record_links(kind, some, domains)
            _record_mentions(kind, some, now)


def _domains(hosts: set[str], now: dt.datetime) -> dict[str, int]:
    if not hosts:
        return {}
    # In one order everywhere, so that two processes do not wait for each other.
    OutboundDomain.objects.bulk_create(
        [OutboundDomain(host=host, first_seen=now) for host in sorted(hosts)], ignore_conflicts=True
    )
    return dict(OutboundDomain.objects.filter(host__in=hosts).values_list("host", "pk"))


def _record_links(kind: str, texts: list[Text], domains: dict[str, int]) -> None:
    wanted = {(domains[host], text.key) for text in texts for host in text.hosts}
    rows = OutboundLink.objects.filter(**{f"{kind}__in": [text.key for text in texts]})
    known = {(domain, key): pk for pk, domain, key in rows.values_list("pk", "domain", kind)}
    gone = [pk for pair, pk in known.items() if pair not in wanted]
    if gone:
        OutboundLink.objects.filter(pk__in=gone).delete()
    new = [OutboundLink(domain_id=domain, **{f"{kind}_id": key}) for domain, key in sorted(wanted - known.keys())]
    if new:
        OutboundLink.objects.bulk_create(new, ignore_conflicts=True)


def _record_mentions(kind: str, texts: list[Text], now: dt.datetime) -> None:
    found = {text.key: text.mentions for text in texts if text.mentions}
    keys = [text.key for text in texts]
    known = {getattr(row, f"{kind}_id"): row for row in GamblingMention.objects.filter(**{f"{kind}__in": keys})}
    gone = [row.pk for key, row in known.items() if key not in found]
    if gone:
        GamblingMention.objects.filter(pk__in=gone).delete()
    for text in texts:
        words = found.get(text.key)
        if not words:
            continue
        row = known.get(text.key) or GamblingMention(**{f"{kind}_id": text.key})
        # What somebody has looked at counts as seen until another word appears.
        if row.pk is None or set(words) - set(row.words):
            row.words, row.found_at = words, now
            row.acknowledged_at = row.acknowledged_by = None
            row.in_crime_news = text.is_case
            row.save()


def of_domain(domain: OutboundDomain, most: int = 200) -> list[OutboundLink]:
    """The texts that link to a host, the newest first."""
    rows = OutboundLink.objects.filter(domain=domain).select_related("article", "page").only(
        "article__title", "article__slug", "article__state", "page__title", "page__slug"
    )  # fmt: skip
    return list(rows.filter(Q(article__isnull=False) | Q(page__isnull=False)).order_by("-pk")[:most])
