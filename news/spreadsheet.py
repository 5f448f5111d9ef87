"""CSV files that a spreadsheet opens as they are meant: in UTF-8, and without running what somebody typed."""
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain

from django.http import StreamingHttpResponse

# What makes a spreadsheet take a cell for a formula, in the widths that East Asian keyboards write too
# (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MARK = "\ufeff"  # tells Excel that the file is UTF-8
_ROWS = 200  # rows sent at a time


def response(name: str, heading: Iterable[str], rows: Iterable[Iterable]) -> StreamingHttpResponse:
    """Rows as a file to save, sent while they are read; no cache keeps it."""
    return StreamingHttpResponse(lines(heading, rows), content_type="text/csv; charset=utf-8", headers={
        "Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store",
    })  # fmt: skip


def lines(heading: Iterable[str], rows: Iterable[Iterable]) -> Iterator[str]:
    """The file's text in pieces of up to 200 lines; the first opens with Excel's mark of UTF-8."""
    text = io.StringIO(_MARK)
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    for number, row in enumerate(chain([heading], rows), 1):
        writer.writerow([cell(value) for value in row])
        if number % _ROWS == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def cell(value):
    """Numbers stay numbers; a text that a spreadsheet would run gets an apostrophe before it, which it hides."""
    if value is None:
        return ""
    if isinstance(value, str) and value.lstrip(" \u00a0\u3000").startswith(_FORMULA):
        return f"'{value}"
    return value
