"""Accounts that nobody uses are closed: a password that was stolen long ago opens nothing."""
import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal import log
from portal.models import User


def used_at(person) -> dt.datetime:
    """The newest login, or else when the account was made or opened again."""
    return max(moment for moment in (person.last_login, person.date_joined, person.opened_at) if moment)


def is_idle(person) -> bool:
    return timezone.now() - used_at(person) > dt.timedelta(days=settings.ACCOUNT_IDLE_DAYS)


@transaction.atomic
def close(person) -> None:
    person.is_active = False
    person.save(update_fields=["is_active"])
    log.write("user.idle", "Đóng tài khoản lâu không dùng", person,
              reason=f"Không đăng nhập trong {settings.ACCOUNT_IDLE_DAYS} ngày")  # fmt: skip


def close_all() -> list[User]:
    idle = [person for person in User.objects.filter(is_active=True) if is_idle(person)]
    for person in idle:
        close(person)
    return idle
