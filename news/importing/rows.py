"""A record made ready to be written, as far as that needs no database: its columns are bytes that PostgreSQL takes."""
import datetime as dt
import json
import re
import struct
from dataclasses import dataclass

from news import gambling, richtext
from news.importing.records import Record
from news.richtext import addresses
from news.vietnamese import slugify

COLUMNS = (
    "ref", "title", "slug", "lead", "body", "search", "pen_name", "source", "caption", "publish_at", "created_at",
)  # fmt: skip
NULL = struct.pack(">i", -1)
START, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), struct.pack(">h", -1)  # of a binary COPY
_EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_LOOSE = re.compile("[\u0300-\u036f]")  # a mark that belongs to no letter may cut a word in two
_LONGEST_READ = 30_000  # characters of a text whose words all stand in its vector, be they of one letter


@dataclass(slots=True)
class Row:
    key: str
    title: str
    category: str
    tags: list[str]
    image: str  # a path, relative to the file it was named in
    image_alt: str
    values: bytes  # of COLUMNS
    published: bytes  # as a column's value
    rendered: str
    body: str  # where pictures or files of the library may stand in it, else empty
    hosts: set[str]  # that the text links to
    mentions: list[str]  # words of the betting trade
    is_case: bool

    @classmethod
    def of(cls, record: Record) -> "Row":
        body, vector = record.derived.body, record.derived.vector
        mentions, is_case = [], False
        if len(body) > _LONGEST_READ or _LOOSE.search(body) or gambling.possible(vector):
            whole = "\n".join([record.title, record.lead, richtext.plain(body)])
            mentions = gambling.words_in(whole)
            is_case = bool(mentions) and gambling.is_case(whole)
        published = moment(record.published)
        texts = (record.key, record.title, slugify(record.slug or record.title), record.lead, body)
        more = (record.author, record.source, record.image_caption)
        values = [*map(text, texts), sized(vector.binary()), *map(text, more), published, published]
        return cls(
            record.key, record.title, record.category, record.tags, record.image, record.image_alt, b"".join(values),
            published, record.derived.rendered, str(body) if addresses.holds_files(body) else "", addresses.hosts(body),
            mentions, is_case,
        )  # fmt: skip


def sized(data: bytes) -> bytes:
    """One column's value."""
    return struct.pack(">i", len(data)) + data


def text(value: str) -> bytes:
    return sized(value.encode())


def moment(value: dt.datetime) -> bytes:
    return struct.pack(">iq", 8, (value - _EPOCH) // _MICROSECOND)


def number(value: int | None) -> bytes:
    """A key, which is a bigint."""
    return NULL if value is None else struct.pack(">iq", 8, value)


def column(field, value: object) -> bytes:
    """The value of any of an article's fields."""
    if value is None:
        return NULL
    if isinstance(value, bool):
        return sized(b"\1" if value else b"\0")
    if isinstance(value, int):
        return struct.pack(">ii", 4, value) if field.get_internal_type() == "PositiveIntegerField" else number(value)
    if isinstance(value, dt.datetime):
        return moment(value)
    if field.get_internal_type() == "JSONField":
        return sized(b"\1" + json.dumps(value).encode())  # the version of jsonb's binary form
    return text(str(value))
