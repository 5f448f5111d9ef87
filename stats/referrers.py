"""The site that sent a reader here: its host name only."""
import re
from collections.abc import Mapping
from functools import lru_cache

from stats.record import LONGEST_HOST

_URL = re.compile(r"(?:https?|android-app)://(?:[^/?#@]*@)?([a-z0-9.-]+)(?::\d*)?(?:[/?#]|$)", re.IGNORECASE | re.ASCII)


def host(environ: Mapping) -> str:
    """The referring host in lower case without `www.`; "" for none, for this site and for what is no host name."""
    header = environ.get("HTTP_REFERER")
    if not header:
        return ""
    found = _host(header[:300])
    return "" if found == _bare(environ.get("HTTP_HOST", "").partition(":")[0]) else found


@lru_cache(maxsize=1024)
def _host(url: str) -> str:
    match = _URL.match(url)
    name = _bare(match[1]) if match else ""
    return name if "." in name and len(name) <= LONGEST_HOST else ""


def _bare(name: str) -> str:
    return name.lower().strip(".").removeprefix("www.")
