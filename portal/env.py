"""Reads settings from the environment; a bad value raises ImproperlyConfigured with one line that says what to do."""
import os
import secrets
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def boolean(name: str, default: bool) -> bool:
    value = text(name, str(default)).lower()
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")


def integer(name: str, default: int, low: int = 0, high: int = 2**31) -> int:
    value = text(name) or str(default)
    if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name} must be a whole number from {low} to {high}, not {value!r}.")
    return int(value)


def choice(name: str, default: str, allowed: set[str]) -> str:
    value = text(name, default).lower() or default
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(sorted(allowed))}, not {value!r}.")
    return value


def listing(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def site_url(name: str, default: str) -> str:
    """The address readers use, such as `https://songcong.example`: scheme and host, no path, no trailing slash."""
    value = text(name) or default
    try:
        parts = urlsplit(value)
        valid = parts.scheme in {"http", "https"} and parts.hostname and parts.path in {"", "/"} and not parts.query
        _ = parts.port  # raises ValueError outside 0-65535
    except ValueError:
        valid = False
    if not valid:
        raise ImproperlyConfigured(f"{name} must look like https://portal.example, not {value!r}.")
    return value.rstrip("/")


def host_names(name: str, default: list[str]) -> list[str]:
    """Host names this site answers to; a scheme, a port or a path in one is a mistake worth stopping for."""
    hosts = listing(name) or default
    for host in hosts:
        bare = host.strip("[]")
        if "/" in host or " " in host or (":" in host and not _is_address(bare)):
            raise ImproperlyConfigured(f"{name} takes host names such as portal.example, not {host!r}.")
    return hosts


def _is_address(value: str) -> bool:
    try:
        ip_address(value)
    except ValueError:
        return False
    return True


def database(name: str) -> dict:
    """Django's settings for the PostgreSQL that `name` points to."""
    value = text(name)
    problem = ImproperlyConfigured(f"{name} must look like postgres://user:password@host:5432/name.")
    if value.split("://", 1)[0] not in {"postgres", "postgresql", "pgsql", "psql"}:
        raise problem
    try:
        config = environ.Env.db_url_config(value)
        port = config.get("PORT") or 0
        host = urlsplit(value).netloc.rpartition("@")[2]
        if host.lower().startswith("%2f"):
            # A Unix socket's folder, as libpq writes it; the parser would leave it escaped and in small letters.
            config["HOST"] = unquote(host.partition(":")[0])
        valid = config.get("NAME") and 0 <= int(port) <= 65535
    except (ValueError, KeyError, ImproperlyConfigured):
        valid = False
    if not valid:
        # The value holds a password, so it is not repeated in the message.
        raise problem
    return config


def email(name: str) -> dict:
    """Django's EMAIL_* settings for smtp+tls://user:password@host:587 and the like; `consolemail://` by default."""
    value = text(name) or "consolemail://"
    scheme = value.split("://", 1)[0]
    try:
        if scheme not in environ.Env.EMAIL_SCHEMES:
            raise ValueError(scheme)
        return environ.Env.email_url_config(value)
    except (ValueError, KeyError):
        raise ImproperlyConfigured(f"{name} must look like smtp+tls://user:password@host:587.") from None


def secret_key(name: str, keep_in: Path) -> str:
    """The key in the environment, or else a random one made once and kept in the file `keep_in` (mode 600)."""
    value = text(name)
    if value:
        if len(value) < 50 or len(set(value)) < 5 or value.startswith("django-insecure-"):
            raise ImproperlyConfigured(
                f"{name} is too weak: use 50 random characters or more, or unset it and the portal makes one."
            )
        return value
    try:
        keep_in.parent.mkdir(parents=True, exist_ok=True)
        if not keep_in.exists():
            # Written aside and linked into place, so that two commands at once end up with one and the same key.
            draft = keep_in.with_name(f"{keep_in.name}.{os.getpid()}")
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(64))
            try:
                os.link(draft, keep_in)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        key = keep_in.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{keep_in.parent} must be a folder this user can write to ({error.strerror}): "
            "mend its permissions, or set VAR_DIR to another folder."
        ) from None
    if len(key) < 50:
        raise ImproperlyConfigured(f"{keep_in} is damaged: delete it and start again (people then log in anew).")
    return key
