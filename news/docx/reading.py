"""Reads a Word file in a process of its own."""
import base64
import json
import logging
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import news
from news import turns
from news.docx.package import MAX_XML

MAX_BYTES = 25 * 1024 * 1024  # of a file
MAX_SECONDS = 20  # until an answer is there
AT_ONCE = 2  # documents on a machine: each may take 900 MB
PATIENCE = 10  # seconds that a person waits for a turn
ROOT = Path(news.__file__).resolve().parent.parent
SENTENCES = {
    "not_docx": "Tệp này không phải tài liệu Word .docx. Nếu là tệp .doc cũ, hãy mở bằng Word rồi lưu lại thành .docx.",
    "locked": "Tài liệu có mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi thử lại.",
    "macro": "Tài liệu có macro hoặc chương trình bên trong nên không được nhận. Hãy lưu lại thành .docx thường.",
    "external": "Tài liệu gọi đến ảnh hoặc mẫu nằm ở máy khác nên không được nhận. Hãy chèn ảnh vào trong tài liệu.",
    "bomb": "Tài liệu được nén bất thường nên không được nhận.",
    "too_long": f"Phần chữ của tài liệu lớn quá {MAX_XML // 1024 // 1024} MB. Hãy tách thành nhiều bài.",
    "too_complex": "Tài liệu quá phức tạp nên không đọc được. Hãy chép phần chữ sang một tài liệu mới rồi thử lại.",
    "broken": "Tài liệu bị hỏng nên không đọc được. Hãy mở bằng Word, lưu lại rồi thử lại.",
    "too_large": f"Tài liệu lớn quá {MAX_BYTES // 1024 // 1024} MB.",
    "queue": "Đang có nhiều tài liệu Word được nhập cùng lúc: hãy gửi lại sau ít phút.",
    "empty": "Tài liệu không có chữ nào.",
}
logger = logging.getLogger(__name__)


class DocxError(ValueError):
    """The file cannot become an article; the message says why, in Vietnamese, to the person who sent it."""

    def __init__(self, code: str):
        super().__init__(SENTENCES[code])
        self.code = code


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Document:
    html: str  # not sanitised; pictures are named `picture:0` and so on
    pictures: list[Picture]
    left_out: int  # pictures beyond what one file may bring


def read(content: bytes) -> Document:
    """A Word file's text and pictures, within 20 s and 900 MB of another process, two at a time; raises DocxError."""
    if len(content) > MAX_BYTES:
        raise DocxError("too_large")
    if not content.startswith(b"PK"):
        raise DocxError("not_docx")
    try:
        with turns.turn("word", AT_ONCE, PATIENCE):
            done = subprocess.run(
                [sys.executable, "-s", "-m", "news.docx.worker"], input=content, capture_output=True, cwd=ROOT,
                timeout=MAX_SECONDS, env={"PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
                check=False,
            )  # fmt: skip
    except turns.NoTurnError:
        raise DocxError("queue") from None
    except subprocess.TimeoutExpired:
        raise DocxError("too_complex") from None
    if done.stderr:
        logger.warning("docx worker: %s", done.stderr[-500:].decode(errors="replace").strip())
    if done.returncode:  # negative: ended by one of its limits
        raise DocxError("too_complex" if done.returncode < 0 else "broken")
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise DocxError(answer["refused"])
    pictures = [Picture(base64.b64decode(one["content"]), one["alt"]) for one in answer["pictures"]]
    return Document(answer["html"], pictures, answer["left_out"])
