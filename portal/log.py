"""The only writer of the log: who did what to which thing, from where, why. What was changed is told in words."""
import datetime as dt
from typing import Any

from django.db import models
from django.utils import timezone

from news.vector import Vector
from news.vietnamese import format_date, format_datetime
from portal import origin
from portal.models import LogEntry

SYSTEM = "hệ thống"  # a command, a migration
GUEST = "khách"  # somebody without an account
NOTHING = "(trống)"
LONGEST_VALUE = 200  # characters of one value in a description


def write(action: str, label: str, target: models.Model | None = None, *, actor=None, target_name: str = "",
          reason: str = "", detail: str = "", address: str | None = None) -> LogEntry:  # fmt: skip
    """Adds an entry, in the transaction that is open.

    `actor` and `address` are those of the request in hand unless given; `target_name` names a thing that is no row,
    such as an account that somebody tried.
    """
    actor = actor or origin.person()
    entry = LogEntry(
        actor_id=actor.pk if actor else None,
        actor_name=name_of(actor),
        action=action,
        label=one_line(label, 100),
        target_type=target._meta.label_lower if target is not None else "",
        # What is not an integer is no key of ours: sessions, say.
        target_id=target.pk if target is not None and isinstance(target.pk, int) else None,
        target_name=one_line(target_name or ("" if target is None else str(target)), 300),
        reason=reason.strip(),
        detail=detail.strip(),
        address=address or origin.address(),
    )
    entry.search = Vector(entry.target_name, entry.actor_name, entry.reason).literal()
    entry.save(force_insert=True)
    return entry


def name_of(actor) -> str:
    """`Hoàng Thị Lan (lan)`: names change and two people may share one, what somebody logs in with is theirs alone."""
    if actor is None:
        return GUEST if origin.in_request() else SYSTEM
    full_name, username = actor.get_full_name(), actor.get_username()
    return one_line(username if full_name == username else f"{full_name} ({username})", 300)


def one_line(text: str, longest: int) -> str:
    """At most `longest` characters, those that cannot be seen written out (a line's end as `\\n`)."""
    written = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[:longest])
    return written if len(written) <= longest else f"{written[: longest - 1]}…"


def changes(row: models.Model, before: dict[str, Any], after: dict[str, Any]) -> str:
    """`tên cổng: A → B`, a line for each field that differs; the dicts hold values by the fields' column names."""
    fields = {field.attname: field for field in row._meta.concrete_fields}
    return "\n".join(
        f"{fields[name].verbose_name}: "
        + ("đã sửa" if _is_long(fields[name]) else f"{shown(fields[name], before[name])} → {shown(fields[name], new)}")
        for name, new in after.items() if before[name] != new
    )  # fmt: skip


def values(row: models.Model, held: dict[str, Any]) -> str:
    """`địa chỉ: /`, a line for each short field that holds something."""
    fields = {field.attname: field for field in row._meta.concrete_fields}
    return "\n".join(f"{fields[name].verbose_name}: {shown(fields[name], value)}" for name, value in held.items()
                     if value not in (None, "", False) and not _is_long(fields[name]))  # fmt: skip


def shown(field: models.Field, value: Any) -> str:
    """A field's value as people read it."""
    if value in (None, ""):
        return NOTHING
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, dt.datetime):
        return format_datetime(timezone.make_aware(value) if timezone.is_naive(value) else value)
    if isinstance(value, dt.date):
        return format_date(value)
    if field.is_relation:
        return str(field.related_model._default_manager.filter(pk=value).first() or f"số {value} (đã xóa)")
    return one_line(str(dict(field.flatchoices).get(value, value)), LONGEST_VALUE)


def _is_long(field: models.Field) -> bool:
    return isinstance(field, models.TextField)
