"""What stands in a page itself, so that its first paint waits for no second answer: its style sheets and one script.

A style sheet by its own address costs a phone on a slow network a whole round trip before it may draw anything. The
policy names each of these texts by its hash (CSP 3, 6.7.2.3). They are the same for every reader, so pages can be kept;
and nothing else that stands in a page, whoever wrote it there, is obeyed.
"""
import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpResponse

from portal import site
from portal.colour import parse_hex

SHEETS = ("site", "home", "listing", "story", "form", "account", "ways")  # static/css
SCRIPTS = ("reading",)  # static/js

_PIECES = re.compile(r'("[^"]*")|/\*.*?\*/|([^"/]+|/)', re.S)


def sheet(name: str) -> str:
    """The text of one of SHEETS as pages hold it; raises KeyError."""
    return _texts()[name]


def script(name: str) -> str:
    """The text of one of SCRIPTS as pages hold it; raises KeyError."""
    return _texts()[f"{name}.js"]


def own_colour(colour: str) -> str:
    """A sheet with a colour (six hexadecimal digits) chosen in the admin; an empty text where there is none."""
    return f":root{{--brand:#{colour}}}" if parse_hex(f"#{colour}") else ""


def sources() -> dict[str, list[str]]:
    """What the policy has to let in, by its directive."""
    texts = _texts()
    own = own_colour(site.remembered().own_colour)
    return {
        "style-src": [_source(texts[name]) for name in SHEETS] + [_source(own)] * bool(own),
        "script-src": [_source(texts[f"{name}.js"]) for name in SCRIPTS],
    }


class PolicyMiddleware(CSPMiddleware):
    """The policy, with those hashes. Not where a view has a wider one: beside a hash, browsers ignore its words."""

    _plain: tuple[str, dict[str, str]] = "", {}  # the portal's colour, and the headers of a page that asks for no more

    def process_response(self, request, response):
        asks_for_more = any(name.startswith("_csp") for name in (*vars(response), *vars(request)))
        if asks_for_more or settings.DEBUG:
            return super().process_response(request, response)
        # To write it takes longer than all other headers together, and nearly every answer has the same.
        colour, headers = self._plain
        if not headers or colour != site.remembered().own_colour:
            colour = site.remembered().own_colour
            bare = super().process_response(request, HttpResponse())
            headers = {name: value for name, value in bare.items() if name != "Content-Type"}
            self._plain = colour, headers
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    def get_policy_parts(self, request, response, report_only=False):
        parts = super().get_policy_parts(request, response, report_only)
        if parts.update is None and parts.replace is None:
            parts.update = sources()
        return parts


def _texts() -> dict[str, str]:
    if settings.DEBUG:  # whoever changes a sheet sees it at once
        _read.cache_clear()
    return _read()


@lru_cache(maxsize=1)
def _read() -> dict[str, str]:
    static = settings.BASE_DIR / "static"
    sheets = {name: _tight((static / f"css/{name}.css").read_text(encoding="utf-8")) for name in SHEETS}
    scripts = {f"{name}.js": _bare((static / f"js/{name}.js").read_text(encoding="utf-8")) for name in SCRIPTS}
    return sheets | scripts


@lru_cache(maxsize=32)
def _source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _tight(css: str) -> str:
    """Without comments and the blanks that mean nothing; what stands between quotes is kept as it is."""

    def one(match):
        quoted, plain = match.groups()
        if plain is None:
            return quoted or ""
        plain = re.sub(r"\s+", " ", plain)
        return re.sub(r" ?([{};,]) ?", r"\1", plain).replace(": ", ":") if plain.strip() else plain

    return _PIECES.sub(one, css).replace(";}", "}").strip()


def _bare(script: str) -> str:
    """Without indentation and the lines that are comments."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
