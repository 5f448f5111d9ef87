"""The second factor: codes of an authenticator application (RFC 6238), and recovery codes for a lost telephone.

What is kept of a key is a random seed; the key itself is made of it with SECRET_KEY, when it is needed. Whoever
steals the database or a copy of it, and not the portal's own key, can make no code.
"""
import base64
import datetime as dt
import hashlib
import secrets
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.oath import TOTP

from portal import log
from portal.models import RecoveryCode, SecondFactor

# Who holds one of these may publish or administer, whatever their group is called.
PERMISSIONS = ("news.publish_article", "news.approve_article", "portal.change_sitesettings", "portal.change_user",
               "portal.add_user", "auth.change_group")  # fmt: skip
RECOVERY_CODES = 10
KEY_BYTES = 20  # as RFC 4226 recommends
DERIVED = "seed:"
TOLERANCE = 1  # steps of 30 s that a telephone's clock may be off


def has(person) -> bool:
    return SecondFactor.objects.filter(user=person).exists()


def required(person) -> bool:
    """Whether somebody has to have one: publishers and administrators always, more by SECOND_FACTOR_FOR."""
    if settings.SECOND_FACTOR_FOR == "everyone" or (settings.SECOND_FACTOR_FOR == "staff" and person.is_staff):
        return True
    return person.is_superuser or any(person.has_perm(permission) for permission in PERMISSIONS)


def due(person) -> dt.datetime | None:
    """By when somebody who needs one has to set it up: the days of grace begin with the first login that needs it."""
    if not required(person):
        return None
    if person.second_factor_due is None:
        grant_grace(person)
    return person.second_factor_due


def grant_grace(person) -> None:
    person.second_factor_due = timezone.now() + dt.timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS)
    person.save(update_fields=["second_factor_due"])


# ---------------------------------------------------------------- setting it up


def new_key() -> str:
    """What is kept of a new one."""
    return DERIVED + secrets.token_hex(KEY_BYTES)


def secret(kept: str) -> bytes:
    """The key that an application holds: HMAC as a pseudorandom function of the seed (NIST SP 800-108)."""
    if not kept.startswith(DERIVED):
        return bytes.fromhex(kept)  # from before there were seeds
    return salted_hmac("portal.auth.factor", kept, algorithm="sha256").digest()[:KEY_BYTES]


def spelled(kept: str) -> str:
    """As people type it into an application: base32 in groups of four."""
    text = base64.b32encode(secret(kept)).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def picture(kept: str, person, issuer: str) -> str:
    """The QR code of a key as a `data:` address, drawn here: the key goes to nobody else."""
    label = quote(f"{issuer}:{person.get_username()}")
    query = urlencode({"secret": spelled(kept).replace(" ", ""), "issuer": issuer}, quote_via=quote)
    code = segno.make(f"otpauth://totp/{label}?{query}", error="m", micro=False)
    return code.png_data_uri(scale=5, border=4)


def step_of(kept: str, code: str, after: int = 0) -> int | None:
    """The time step that a code belongs to, None where it belongs to none near now that is later than `after`."""
    code = "".join(code.split())
    if not (code.isascii() and code.isdigit() and len(code) == 6):
        return None
    totp = TOTP(secret(kept))
    totp.time = timezone.now().timestamp()
    return totp.t() if totp.verify(int(code), tolerance=TOLERANCE, min_t=after + 1) else None


@transaction.atomic
def enable(person, key: str, code: str) -> list[str] | None:
    """The recovery codes, once and for all; None where the code does not belong to the key, or there is one already."""
    step = step_of(key, code)
    if step is None:
        return None
    _, created = SecondFactor.objects.get_or_create(user=person, defaults={"key": key, "last_step": step})
    if not created:
        return None
    log.write("factor.enable", "Bật xác thực hai bước", person)
    return renew_recovery_codes(person)


# ---------------------------------------------------------------- using it


def use(person, code: str) -> str | None:
    """`totp` or `recovery` where the code is right and was not used before, else None."""
    found = SecondFactor.objects.filter(user=person).first()
    if found is None:
        return None
    step = step_of(found.key, code, found.last_step)
    if step is not None:
        # Of two who send the same code at once, one wins.
        taken = SecondFactor.objects.filter(user=person, last_step__lt=step).update(last_step=step)
        return "totp" if taken else None
    if RecoveryCode.objects.filter(user=person, digest=_digest(code)).delete()[0]:
        log.write("factor.recovery", "Dùng mã dự phòng", person, actor=person)
        return "recovery"
    return None


@transaction.atomic
def renew_recovery_codes(person) -> list[str]:
    """New codes in the place of all old ones: 80 random bits each, so that a plain hash cannot be guessed."""
    RecoveryCode.objects.filter(user=person).delete()
    codes = []
    for _ in range(RECOVERY_CODES):
        text = base64.b32encode(secrets.token_bytes(10)).decode().lower()
        codes.append("-".join(text[start : start + 4] for start in range(0, 16, 4)))
    RecoveryCode.objects.bulk_create(RecoveryCode(user=person, digest=_digest(code)) for code in codes)
    return codes


def _digest(code: str) -> str:
    return hashlib.sha256("".join(c for c in code.lower() if c.isalnum()).encode()).hexdigest()


@transaction.atomic
def remove(person, label: str) -> bool:
    """Takes the second factor away; False where there was none."""
    RecoveryCode.objects.filter(user=person).delete()
    removed = SecondFactor.objects.filter(user=person).delete()[0] > 0
    if removed:
        log.write("factor.remove", label, person)
    return removed


@transaction.atomic
def reset(person) -> None:
    """For who has lost telephone and recovery codes: what an administrator or an operator does, logged and mailed."""
    from portal.auth import mail, sessions

    if not remove(person, "Đặt lại xác thực hai bước"):
        log.write("factor.grace", "Cho thêm hạn bật xác thực hai bước", person)
    grant_grace(person)
    sessions.end(person)
    mail.tell(person, "factor_reset")
