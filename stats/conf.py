"""Settings that this app reads beyond Django's own; docs/visits.md explains each to operators.

SPOOL_DIR (Path), TRUSTED_PROXIES (int) and HTTPS (bool) come from the project; the rest has these defaults.
"""
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed

DEFAULTS = {
    "TRUSTED_PROXIES": 0,
    "HTTPS": False,
    "SECRET_KEY": None,  # Django's own, always there; as the next
    "SESSION_COOKIE_NAME": None,
    "STATS_COUNT_STAFF": False,
    "STATS_BACKGROUND": True,
    "STATS_EXCLUDED_PREFIXES": (
        "/quan-tri/", "/dang-nhap/", "/dang-xuat/", "/tai-khoan/", "/healthz", "/readyz", "/rss/", "/static/",
        "/media/", "/thong-ke/", "/sitemap", "/robots.txt", "/favicon.ico", "/.well-known/", "/giao-dien/",
        "/xem-truoc/", "/tim-kiem/goi-y.json", "/atom/", "/oembed.json", "/cong.webmanifest", "/ngoai-tuyen/", "/sw.js",
    ),
    "STATS_SPOOL_BYTES": 8 * 1024 * 1024,
    "STATS_REFERRERS_PER_DAY": 200,
    "STATS_KEEP_HOURS_DAYS": 400,
    "STATS_KEEP_REFERRERS_DAYS": 1830,
    "STATS_KEEP_ARTICLE_DAYS": 1830,
}  # fmt: skip


_remembered: list = []


def remembered(maxsize: int | None) -> Callable:
    """`functools.lru_cache` for what depends on settings: forgotten when one of them changes, as in tests."""

    def decorate(function):
        _remembered.append(lru_cache(maxsize)(function))
        return _remembered[-1]

    return decorate


@remembered(None)
def get(name: str) -> Any:
    """A setting or its default, looked up once: Django takes two microseconds to find out that one is missing, and half
    of one to find one that is there.
    """
    return getattr(settings, name, DEFAULTS[name])


def _forget(**kwargs):
    for function in _remembered:
        function.cache_clear()


setting_changed.connect(_forget, dispatch_uid="stats.conf")
