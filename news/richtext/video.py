"""Films that stand on other hosts: by address, from hosts that are allowed, shown as a link and never as a frame."""
import re
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

from news.richtext import addresses, inline
from news.richtext.features import VIDEO
from news.richtext.tree import Node, text_of

YOUTUBE = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtube-nocookie.com", "www.youtube-nocookie.com"}
VIMEO = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
# Television of the state and of the province; settings.VIDEO_HOSTS replaces these.
OTHER_HOSTS = ("vtv.vn", "www.vtv.vn", "vtvgo.vn", "thainguyentv.vn", "www.thainguyentv.vn", "truyenhinh.thainguyen.vn")
_YOUTUBE_ID = re.compile(r"[\w-]{11}", re.A)
_YOUTUBE_PATH = re.compile(r"/(?:embed|shorts|live|v)/([\w-]{11})(?:/|$)", re.A)
_VIMEO_PATH = re.compile(r"/(?:video/)?(\d{5,12})(?:/|$)", re.A)


def page_of(address: str) -> str | None:
    """The address of a film's own page, in one spelling; None where no allowed host is named."""
    if address.startswith("//"):
        address = f"https:{address}"
    allowed = addresses.link(address) if address.startswith(("https://", "http://")) else None
    if not allowed:
        return None
    parts = urlsplit(allowed)
    host = parts.hostname or ""
    if host in YOUTUBE:
        found = _YOUTUBE_PATH.match(parts.path)
        name = found[1] if found else parse_qs(parts.query[:500]).get("v", [""])[0]
        return _youtube(name) if found or parts.path == "/watch" else None
    if host == "youtu.be":
        return _youtube(parts.path.strip("/"))
    if host in VIMEO:
        found = _VIMEO_PATH.match(parts.path)
        return f"https://vimeo.com/{found[1]}" if found else None
    if host in getattr(settings, "VIDEO_HOSTS", OTHER_HOSTS):
        return allowed if len(parts.path) > 1 else None
    return None


def _youtube(name: str) -> str | None:
    return f"https://www.youtube.com/watch?v={name}" if _YOUTUBE_ID.fullmatch(name) else None


def shown_by(address: str) -> str:
    """Who shows the film, for the link's words."""
    host = addresses.host(address)
    if host in YOUTUBE:
        return "YouTube"
    return "Vimeo" if host in VIMEO else host.removeprefix("www.")


def figure(address: str, words: str = "") -> Node:
    return Node("figure", {"class": VIDEO}, [Node("a", {"href": address}, [words or address])])


def alone(run: inline.Line) -> str | None:
    """The film's page, where a paragraph is nothing but its address."""
    if len(run) != 1 or not isinstance(run[0].content, str):
        return None
    words = run[0].content.strip()
    address = page_of(words) if words.startswith("http") and " " not in words else None
    linked = run[0].link
    return address if address and (linked is None or page_of(linked[0]) == address) else None


def of_figure(blocks: list[Node]) -> Node | None:
    """The film that a figure shows: the one link in it leads to an allowed host."""
    if len(blocks) != 1:
        return None
    if blocks[0].attrs.get("class") == VIDEO:
        return blocks[0]
    children = blocks[0].children
    if blocks[0].tag != "p" or len(children) != 1 or not isinstance(children[0], Node) or children[0].tag != "a":
        return None
    address = page_of(children[0].attrs["href"])
    words = " ".join(text_of(children[0].children).split())
    return figure(address, words) if address and words else None
