"""What browsers report because of the content security policy: counted by kind, bounded, never a reason to fail."""
import json
from urllib.parse import urlsplit

from django.db.models import F
from django.utils import timezone

from portal.models import PolicyReport

LONGEST = 16 * 1024  # bytes of a report
MOST = 500  # rows; beyond, only what is known already is counted
MOST_AT_ONCE = 20  # reports in one body


def read(body: bytes) -> list[dict]:
    """{directive, blocked, page} of each report in a body, in the old or the new form; [] where there is none."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return []
    found = data if isinstance(data, list) else [data]
    return [report for item in found[:MOST_AT_ONCE] if isinstance(item, dict) and (report := _one(item))]


def _one(item: dict) -> dict | None:
    inner = item.get("csp-report") or (item.get("body") if item.get("type") == "csp-violation" else None)
    if not isinstance(inner, dict):
        return None

    def first(*names):
        return next((str(inner[name]) for name in names if isinstance(inner.get(name), str)), "")

    directive = first("effective-directive", "effectiveDirective", "violated-directive").split(" ")[0]
    if not directive:
        return None
    return {
        "directive": _plain(directive)[:40],
        "blocked": _source(first("blocked-uri", "blockedURL"))[:200],
        "page": _plain(_path(first("document-uri", "documentURL")))[:200],
    }


def _source(address: str) -> str:
    """Scheme and host at most: the rest may hold what is nobody's business."""
    try:
        parts = urlsplit(_plain(address))
        return f"{parts.scheme}://{parts.hostname}" if parts.hostname else _plain(address).split(":")[0]
    except ValueError:
        return ""


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _plain(text: str) -> str:
    return "".join(c for c in text[:2000] if c.isprintable())


def store(reports: list[dict]) -> None:
    now = timezone.now()
    for report in reports:
        known = PolicyReport.objects.filter(**report).update(count=F("count") + 1, last_at=now)
        if not known and PolicyReport.objects.count() < MOST:
            PolicyReport.objects.bulk_create([PolicyReport(**report)], ignore_conflicts=True)
