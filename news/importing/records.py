"""One article on its way in, whatever file it came from."""
import datetime as dt
import hashlib
import json
from dataclasses import InitVar, dataclass, field

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from news import richtext
from news.dates import EARLIEST, LATEST
from news.derived import Derived, derive
from news.vietnamese import nfc

LIMITS = {"title": 250, "lead": 1000, "category": 100, "author": 150, "source": 200, "slug": 120, "ref": 200,
          "image": 1000, "image_alt": 300, "image_caption": 300}  # characters  # fmt: skip


class RecordError(ValueError):
    """This record cannot become an article; the message says why."""


@dataclass(slots=True)
class Record:
    title: str
    body: InitVar[str]  # HTML
    published: dt.datetime
    lead: str = ""
    category: str = ""
    tags: list[str] = field(default_factory=list)
    ref: str = ""
    slug: str = ""
    author: str = ""
    source: str = ""
    image: str = ""  # a path, relative to the file it was named in
    image_alt: str = ""
    image_caption: str = ""
    derived: Derived = field(init=False)

    def __post_init__(self, body: str):
        try:
            self.derived = derive(self.title, self.lead, body, names=[self.author, *self.tags])
        except richtext.TextTooLongError:
            raise RecordError(f"body is longer than {richtext.MAX_CHARACTERS} characters") from None

    @property
    def key(self) -> str:
        """What says that two records are the same article: the given ref, else a hash of title and date."""
        return _key(self.ref, self.title, self.published)


def from_line(line: bytes) -> Record:
    """A Record from one JSON line; raises RecordError."""
    return from_mapping(_parsed(line))


def key_of(line: bytes) -> str | None:
    """The key of a line's Record in a twentieth of the time; None where the line may be no record."""
    try:
        values = _checked(_parsed(line))
    except RecordError:
        return None
    too_long = len(values["body"]) > richtext.MAX_CHARACTERS
    return None if too_long else _key(values["ref"], values["title"], values["published"])


def _key(ref: str, title: str, published: dt.datetime) -> str:
    if ref:
        return ref
    written = f"{title}\n{published.astimezone(dt.UTC).isoformat()}"
    return "hash:" + hashlib.sha256(written.encode()).hexdigest()[:32]


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RecordError("not UTF-8") from None
    except (json.JSONDecodeError, RecursionError) as error:
        raise RecordError(f"not JSON ({getattr(error, 'msg', 'nested too deeply')})") from None
    except ValueError as error:  # a number with more digits than Python reads
        raise RecordError(str(error)) from None


def from_mapping(data: object) -> Record:
    """A Record from a JSON object as described in the operators' guide; raises RecordError."""
    return Record(**_checked(data))


def _checked(data: object) -> dict:
    """A Record's arguments; raises RecordError."""
    if not isinstance(data, dict):
        raise RecordError("not a JSON object")
    values = {name: _text(data, name) for name in LIMITS}
    for required in ("title", "published", "body"):
        if not _present(data, required):
            raise RecordError(f"{required} is missing")
    tags = data.get("tags") or []
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise RecordError("tags is not a list of texts")
    tags = list(dict.fromkeys(nfc(tag).strip() for tag in tags if tag.strip()))
    if not all(len(tag) <= LIMITS["category"] and _storable(tag) for tag in tags):
        raise RecordError("a tag is longer than 100 characters, or holds a NUL or half a character")
    body = data["body"]
    if not isinstance(body, str) or not _storable(body):
        raise RecordError("body is not a text, or holds a NUL or half a character")
    return {"published": moment(data["published"]), "body": body, "tags": tags, **values}


def moment(value: object) -> dt.datetime:
    """An ISO 8601 date and time, in the portal's time zone where it names none; raises RecordError."""
    try:
        parsed = parse_datetime(value) if isinstance(value, str) else None
        if parsed and timezone.is_naive(parsed):
            parsed = timezone.make_aware(parsed)
        if parsed and not EARLIEST <= parsed < LATEST:
            parsed = None
    except (ValueError, OverflowError):
        parsed = None
    if parsed is None:
        raise RecordError(f"published is not a date and time: {str(value)[:40]!r}")
    return parsed


def _storable(text: str) -> bool:
    """Whether PostgreSQL can hold it; JSON can spell what UTF-8 cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _present(data: dict, name: str) -> bool:
    value = data.get(name)
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _text(data: dict, name: str) -> str:
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RecordError(f"{name} is not a text")
    value = nfc(value).strip()
    if not _storable(value):
        raise RecordError(f"{name} holds a NUL or half a character")
    if len(value) > LIMITS[name]:
        raise RecordError(f"{name} is longer than {LIMITS[name]} characters")
    return value
