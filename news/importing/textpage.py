"""A text page of the old portal: navigation lines, title, date, lead, paragraphs, the counter block."""
import datetime as dt
import re

from django.utils import timezone

from news import richtext
from news.importing.records import LIMITS, Record, RecordError
from news.vietnamese import nfc

DATE = re.compile(r"^\s*(\d{1,2})[-/](\d{1,2})[-/](\d{4})\s+(\d{1,2}):(\d{2})\s*$")
# The counter follows the text, on the same line where the page's markup had nothing between them.
COUNTER = re.compile(
    r"Thống kê truy cập\s*(?:Đang truy cập\s*:?\s*[\d.,]+\s*)?(?:Tổng truy cập\s*:?\s*([\d.,]+)\s*)?\Z"
)


def read(text: str) -> tuple[Record, int | None]:
    """The article of a page, and the counter's total (visits) where the page shows one.

    The line before the date is the title and what stands above it belongs to the page around the article. Raises
    RecordError for a text that is no such page.
    """
    text = nfc(text.removeprefix("\ufeff")).replace("\r\n", "\n")
    if "\0" in text:
        raise RecordError("the text holds a NUL")
    lines = text.split("\n")
    place, published = _date(lines)
    title = next((line.strip() for line in reversed(lines[:place]) if line.strip()), "")
    if not title:
        raise RecordError("there is no title above the date")
    if len(title) > LIMITS["title"]:
        raise RecordError(f"title is longer than {LIMITS['title']} characters")
    rest = "\n".join(lines[place + 1 :])
    total = None
    counter = COUNTER.search(rest)
    if counter:
        rest = rest[: counter.start()]
        total = int(re.sub(r"\D", "", counter[1])) if counter[1] else None
    blocks = [block.strip() for block in re.split(r"\n\s*\n", rest) if block.strip()]
    if not blocks:
        raise RecordError("there is no text under the date")
    # A single block is the body: an article needs one, and can do without a lead.
    lead, body = (blocks[0], blocks[1:]) if len(blocks) > 1 and len(blocks[0]) <= LIMITS["lead"] else ("", blocks)
    html = richtext.paragraphs("\n\n".join(body))
    return Record(title=title, lead=lead, body=html, published=published), total


def _date(lines: list[str]) -> tuple[int, dt.datetime]:
    for place, line in enumerate(lines):
        match = DATE.match(line)
        if match:
            day, month, year, hour, minute = (int(part) for part in match.groups())
            try:
                return place, timezone.make_aware(dt.datetime(year, month, day, hour, minute))
            except ValueError:
                raise RecordError(f"there is no such date: {line.strip()}") from None
    raise RecordError("there is no line with a date such as 24-03-2021 10:21")
