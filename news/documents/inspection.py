"""The kind of a document by its content, never by its name; refuses whatever could run somewhere."""
import re
from typing import BinaryIO

from news.documents import archive, office97, pdf
from news.documents.common import RefusedError, markup_in

__all__ = ["RefusedError", "check_name", "kind"]

ACCEPTED = "PDF, Word, Excel, PowerPoint, OpenDocument hoặc ZIP"
# Endings that lie about a document make people open it with the wrong program; the rest of a name is only a name.
_ALSO = {"doc": {"dot"}, "xls": {"xlt"}, "ppt": {"pps"}}
_RUNS = re.compile(
    r"\.(?:exe|com|scr|bat|cmd|ps1|vbs?|vbe|jse?|wsf|wsh|hta|msi|lnk|jar|apk|dll|cpl|reg|php\d?|phtml|asp|aspx|jsp|cgi"
    r"|html?|xhtml|shtml|svgz?|mht|mhtml|xml|xsl|swf|docm|xlsm|pptm|dotm|sh|py|pl)(?=\.|$)", re.I
)  # fmt: skip


def kind(file: BinaryIO) -> str:
    """One of the kinds that the library takes; raises RefusedError with a sentence that says why not."""
    file.seek(0)
    start = file.read(8192)
    if start.startswith(b"%PDF-"):
        pdf.check(file)
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return archive.check(file)
    if start.startswith(office97.SIGNATURE):
        return office97.check(file)
    if what := markup_in(start):
        raise RefusedError(f"Đây là tệp {what}: thư viện không nhận {what}.")
    if start.startswith(b"PK\x05\x06"):
        raise RefusedError("Tệp ZIP này trống.")
    if start.startswith((b"MZ", b"\x7fELF", b"#!")):
        raise RefusedError("Đây là chương trình: thư viện không nhận chương trình.")
    if start.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise RefusedError("Tệp nén này không phải ZIP: hãy nén lại bằng ZIP.")
    raise RefusedError(f"Tệp này không phải {ACCEPTED}.")


def check_name(name: str, found: str) -> None:
    """Refuses a name whose ending says something else than the content, or that hides a program's ending."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if _RUNS.search(name.strip(" .")):
        raise RefusedError("Tên tệp có đuôi của trang web hoặc chương trình: hãy đổi tên rồi gửi lại.")
    if ending and ending not in {found} | _ALSO.get(found, set()):
        raise RefusedError(f"Tên tệp có đuôi .{ending[:10]} nhưng nội dung là {found.upper()}: hãy sửa đuôi cho đúng.")
