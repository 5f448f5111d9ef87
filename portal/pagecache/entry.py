"""One page, ready to be sent: its bytes up to the visit counter's figures, and what follows them.

The counter stands in the footer, so nearly all of a page comes before it. That head is compressed once. Behind it go a
stored block with the figures (RFC 1951, 3.2.4) and a block with the rest of the page, compressed once for all pages
that end alike; no block looks back across the figures, so the joined stream is valid whatever they are.
"""
import re
import struct
import zlib
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b

from django.utils.http import http_date, parse_http_date_safe

from portal.pagecache.keys import Key

SLOT = re.compile(rb'(data-figure="(online|today|month|total)"[^<>]*>)[\d.]*(?=<)')
MAIN_ENDS = b"</main>"  # figures are looked for behind it: what an editor writes stands before
GZIP_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"  # RFC 1952, with no time and no name
LEVEL = 6
OVERHEAD = 1500  # bytes that an entry takes besides its body: measured, see tests/bench
_STORED = struct.Struct("<BHH")
_TRAILER = struct.Struct("<II")

Headers = list[tuple[str, str]]


class Entry:
    """Safe to use from several threads: what changes is replaced in one step."""

    __slots__ = ("_crc", "_ending", "_head_length", "_head_size", "_headers", "_made", "_tag", "article",
                 "counts", "dies_at", "due_at", "etag", "generation", "gzip", "made_at", "modified",
                 "moved_at", "size")  # fmt: skip

    def __init__(self, key: Key, headers: Headers, body: bytes, *, article: int = 0, counts: bool = False,
                 generation: int, made_at: float, dies_at: float, due_at: float,
                 modified: int | None = None):  # fmt: skip
        """`headers` without those of the body's coding, `body` uncompressed; moments in seconds since 1970.

        `counts`: whether whoever reads it is counted. `modified`: a second that no other text at this address was ever
        given as its own, where there is one.
        """
        head, *rest = _split(body)
        self._ending = _ending(tuple(rest))
        self.gzip = key.gzip
        self._crc, self._head_size = zlib.crc32(head), len(head)
        kept = GZIP_HEADER + _deflated(head, zlib.Z_FULL_FLUSH) if key.gzip else head
        self._head_length = len(kept)
        # The same page has the same tag whatever the figures: the page's own script renews them a second later.
        self._tag = blake2b(b"\0".join((head, *rest)), digest_size=12).hexdigest()
        self.etag = f'W/"{self._tag}"'
        self.counts = counts
        self._headers = [*headers, ("Vary", "Accept-Encoding"), ("ETag", self.etag)]
        self.modified = modified
        if modified is not None:
            self._headers.append(("Last-Modified", http_date(modified)))
        if key.gzip:
            self._headers.append(("Content-Encoding", "gzip"))
        self._made: tuple[object, Headers, bytes] = (None, [], kept)
        self.article = article
        self.generation = generation
        self.made_at, self.dies_at, self.due_at = made_at, dies_at, due_at
        self.moved_at = 0.0  # when its shelf last moved it before all others, by the monotonic clock
        self.size = len(kept) + len(self._ending.plain) + OVERHEAD

    def sent(self, figures: Mapping[str, bytes]) -> tuple[Headers, bytes]:
        """Headers of a hit and the whole body with `figures`: their texts by name, one object while they are the same.
        """
        made = self._made
        if made[0] is not figures:
            made = self._made = self._join(figures, made[2][: self._head_length])
        return made[1], made[2]

    def is_known_to(self, if_none_match: str) -> bool:
        """Whether a browser has the page, by its If-None-Match header (RFC 9110, 13.1.2: weak tags compare alike)."""
        return f'"{self._tag}"' in if_none_match or if_none_match.strip() == "*"

    def is_of(self, if_modified_since: str) -> bool:
        """Whether a browser has the page, by the date that it was given: that one, and no later one that it made up."""
        return self.modified is not None and parse_http_date_safe(if_modified_since) == self.modified

    @property
    def not_modified(self) -> Headers:
        """Headers of a 304: those that a 200 would have, without those of its body (RFC 9110, 15.4.5)."""
        return [pair for pair in self._headers if pair[0] not in ("Content-Type", "Content-Encoding")]

    def _join(self, figures: Mapping[str, bytes], head: bytes) -> tuple[object, Headers, bytes]:
        plain, packed = self._ending.at(figures)
        if self.gzip:
            trailer = _TRAILER.pack(zlib.crc32(plain, self._crc), self._head_size + len(plain) & 0xFFFFFFFF)
            body = b"".join((head, packed, trailer))
        else:
            body = head + plain
        return figures, [*self._headers, ("Content-Length", str(len(body))), ("X-Cache", "HIT")], body


class _Ending:
    """A page from its first figure on: texts and the names of figures in turns; the same for most pages."""

    def __init__(self, pieces: tuple[bytes, ...]):
        self._pieces = pieces
        self._names = [name.decode() for name in pieces[0:-1:2]]
        self._last = pieces[-1] if pieces else b""
        self._packed_last = _deflated(self._last, zlib.Z_FINISH)
        self._made: tuple[object, bytes, bytes] = (None, b"", b"")
        self.plain = self.at({})[0]

    def at(self, figures: Mapping[str, bytes]) -> tuple[bytes, bytes]:
        """The text with these figures, and the same as deflate blocks, the last of them final."""
        made = self._made
        if made[0] is not figures:
            middle = self._middle(figures)
            stored = _STORED.pack(0, len(middle), len(middle) ^ 0xFFFF) + middle if middle else b""
            made = self._made = (figures, middle + self._last, stored + self._packed_last)
        return made[1], made[2]

    def _middle(self, figures: Mapping[str, bytes]) -> bytes:
        pieces = list(self._pieces[:-1])
        for place, name in enumerate(self._names):
            pieces[2 * place] = figures.get(name, b"0")
        return b"".join(pieces)


def _split(body: bytes) -> list[bytes]:
    """The text before the first figure, then a figure's name and the text behind it, in turns."""
    pieces, position = [], 0
    for slot in SLOT.finditer(body, body.rfind(MAIN_ENDS) + 1):
        pieces += [body[position : slot.end(1)], slot[2]]
        position = slot.end()
    return [*pieces, body[position:]]


# Some hundred kinds of footers at a time: one for each change of the site's settings.
@lru_cache(maxsize=128)
def _ending(pieces: tuple[bytes, ...]) -> _Ending:
    return _Ending(pieces)


def _deflated(data: bytes, flush: int) -> bytes:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(flush)
