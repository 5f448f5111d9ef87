"""Which addresses a text may name, and the one spelling that they are stored in."""
import re
import unicodedata
from html import unescape
from urllib.parse import parse_qs, urlsplit, urlunsplit

PICTURES = "/media/"
# Control characters, spaces, invisible and bidirectional marks: browsers drop some of them wherever they stand, so that
# an address that holds one is not what it seems.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"}
_MAX = 2000  # characters; browsers and proxies cut longer ones
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?")
_IPV6 = re.compile(r"\[[0-9a-f:.]{2,45}\]")
_TEL = re.compile(r"\+?[0-9().\-;=a-z]{2,40}", re.I)
_MAILTO = re.compile(r"[^\s@<>\"/\\]{1,64}@[a-z0-9.-]{1,255}(?:\?[^\s<>\"\\]*)?", re.I)
# Where other programs wrap a link in their own: host → (path, parameter with the real address).
_WRAPPERS = {
    "www.google.com": ("/url", ("q", "url")),
    "l.facebook.com": ("/l.php", ("u",)),
    "lm.facebook.com": ("/l.php", ("u",)),
}
_HREF = re.compile(r'href="(https?://[^"]+)"')
_SAFELINKS = ".safelinks.protection.outlook.com"


def link(value: str) -> str | None:
    """The address as a link stores it: http, https, mailto, tel, an own path or `#place`; None for everything else.

    Neither `//host` nor `user@host`. A host is written in lower-case ASCII (`xn--…`), so that no letter of another
    alphabet passes for a Latin one, neither in the report of domains nor in a browser's status line.
    """
    value = value.strip(" \t\n\r\f")
    if not _readable(value):
        return None
    if value.startswith("#"):
        return value if len(value) > 1 else None
    if value.startswith("/"):
        return None if value.startswith("//") else value
    scheme, colon, rest = value.partition(":")
    if not colon:
        return None
    scheme = scheme.lower()
    if scheme == "mailto":
        return f"mailto:{rest}" if _MAILTO.fullmatch(rest) else None
    if scheme == "tel":
        return f"tel:{rest}" if _TEL.fullmatch(rest) else None
    return _complete(value) if scheme in {"http", "https"} and rest.startswith("//") else None


def picture(value: str) -> str | None:
    """The address of a picture of our own library; None for everything else."""
    value = value.strip(" \t\n\r\f")
    path = value.partition("?")[0].partition("#")[0]
    inside = _readable(value) and path.startswith(PICTURES) and "//" not in path and "%" not in path
    return value if inside and ".." not in path.split("/") else None


def host(address: str) -> str:
    """The host of a complete address as `link` stores it; empty for own paths, mailto and tel."""
    if not address.startswith(("http://", "https://")):
        return ""
    return urlsplit(address).hostname or ""


def hosts(html: str) -> set[str]:
    """The hosts that a sanitised text links to."""
    if 'href="http' not in html:
        return set()
    return {host(unescape(address)).rstrip(".") for address in _HREF.findall(html)} - {""}


def holds_files(html: str) -> bool:
    """Whether pictures or documents of the library can stand in a text, at the price of a look."""
    return "/media/anh/" in html or "/tep/" in html


def unwrapped(value: str) -> str:
    """The address that a mail program or search engine has wrapped in one of its own."""
    for _ in range(3):
        try:
            parts = urlsplit(value.strip())
        except ValueError:
            return value
        name = (parts.hostname or "").lower()
        path, names = _WRAPPERS.get(name, ("", ()))
        if name.endswith(_SAFELINKS):
            path, names = parts.path, ("url",)
        if not names or parts.path != path:
            return value
        found = parse_qs(parts.query, max_num_fields=50) if parts.query.count("&") < 50 else {}
        inner = next((found[key][0] for key in names if key in found), None)
        if inner is None or not inner.startswith(("http://", "https://")):
            return value
        value = inner
    return value


def _readable(value: str) -> bool:
    if not 0 < len(value) <= _MAX or "\\" in value:
        return False
    if value.isascii():
        return value.isprintable() and " " not in value
    return not any(unicodedata.category(character) in _UNSEEN for character in value)


def _complete(value: str) -> str | None:
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return None
    name = _ascii_host(parts.hostname or "")
    if not name or "@" in parts.netloc or "%" in parts.netloc:
        return None
    netloc = name if port is None else f"{name}:{port}"
    path = parts.path
    return urlunsplit((parts.scheme.lower(), netloc, path, parts.query, parts.fragment))


def _ascii_host(name: str) -> str:
    name = name.lower()
    if ":" in name:
        name = f"[{name}]"
        return name if _IPV6.fullmatch(name) else ""
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii").lower()
        except UnicodeError:
            return ""
    return name if len(name) <= 253 and _HOST.fullmatch(name) else ""
