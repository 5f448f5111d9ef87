"""One record of a spool file: a frame around what a hit was.

Frame: a mark (one byte that no host name holds), the body's length (one byte), the body's CRC-32 (four), the body. A
body is 42 bytes and the referring host's name, so that most records are 48 bytes.
"""
import struct
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple
from zlib import crc32

MARK = 0xC5
_HEAD = struct.Struct(">BBI")
_BODY = struct.Struct(">BQBqqqq")
_WHOLE = struct.Struct(">BBIBQBqqqq")  # head and body of a record without a host
LONGEST_HOST = 100
SHORTEST = _WHOLE.size
LONGEST = SHORTEST + LONGEST_HOST
EARLIEST, LATEST = 1_577_836_800_000, 4_102_444_800_000  # 2020 and 2100: beyond them a clock is broken, not late


class Kind(IntEnum):
    NEW = 1  # a page for a client without a cookie
    KNOWN = 2  # a page for a client with one
    CONFIRMED = 3  # no page: a cookie came back
    BOT = 4
    LOST = 5  # no page: `article` many hits could not be written


class Record(NamedTuple):
    kind: int
    time: int  # milliseconds since 1970; of a confirmation, when its cookie was sent
    client: int = 0  # bots.Client
    number: int = 0  # in the visitor's cookie, or in the one sent along
    hash: int = 0  # NEW: under today's key; else the one the visitor's first hit was counted under
    hash_before: int = 0  # NEW: under yesterday's key
    article: int = 0
    host: str = ""  # of the referring site


def pack(
    kind: int, time: int, client: int = 0, number: int = 0, hash: int = 0, hash_before: int = 0, article: int = 0,
    host: str = "",
) -> bytes:  # fmt: skip
    """A record's bytes, from its fields: to make a `Record` of them first would take longer than all of this."""
    body = _BODY.pack(kind, time, client, number, hash, hash_before, article)
    if host:
        body += host.encode()
    return _HEAD.pack(MARK, len(body), crc32(body)) + body


def unpack(data: bytes, complete: bool) -> Iterator[tuple[Record | None, int]]:
    """Yields each record of `data` and the position after it; None as the record stands for damage skipped.

    The end is left alone unless `complete` says that nobody will write more: it may be a record that is being written.
    """
    position, end = 0, len(data)
    while position < end:
        # Nearly every record, at half the cost.
        if end - position >= _WHOLE.size:
            mark, length, checksum, kind, time, *rest = _WHOLE.unpack_from(data, position)
            start = position + _HEAD.size
            stop = position + _WHOLE.size
            if (
                mark == MARK and length == _BODY.size and EARLIEST <= time <= LATEST
                and crc32(data[start:stop]) == checksum
            ):  # fmt: skip
                position = stop
                yield Record(kind, time, *rest), position
                continue
        found = _at(data, position)
        if found:
            position += found[1]
            yield found[0], position
            continue
        following = _next(data, position + 1)
        if following is None:
            rest = end if complete else end - 2 * LONGEST
            if rest > position:
                yield None, rest
            return
        position = following
        yield None, position


def _at(data: bytes, position: int) -> tuple[Record | None, int] | None:
    """The record that begins at `position` and its length, or None where no whole record does."""
    if position + _HEAD.size > len(data):
        return None
    mark, length, checksum = _HEAD.unpack_from(data, position)
    start = position + _HEAD.size
    body = data[start : start + length]
    if mark != MARK or length < _BODY.size or len(body) != length or crc32(body) != checksum:
        return None
    record = Record(*_BODY.unpack_from(body), body[_BODY.size :].decode("ascii", "replace"))
    return record if EARLIEST <= record.time <= LATEST else None, start + length - position


def _next(data: bytes, position: int) -> int | None:
    """Where the next whole record after some damage begins."""
    while (position := data.find(MARK, position)) >= 0:
        if _at(data, position):
            return position
        position += 1
    return None
