"""What a picture's description may not be: a file's name, a word that says nothing, a copy of the words beside it."""
import re

from django.core.exceptions import ValidationError

from news.vietnamese import fold

_FILE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|heic|heif|avif|bmp|tiff?|jfif)\W*$", re.I)
# As cameras, phones and messengers name their files.
_CAMERA = re.compile(
    r"^(?:img|dsc[nf]?|dscf|pxl|mvimg|vid|pic|pict|photo|image|anh|hinh|picture|screenshot|screen shot|scan|z|fb_img|"
    r"received|snapedit|untitled|unnamed|download|cap|capture|wp|p|imag|dji|gopr|clip_image)?[\s_\-.()]*"
    r"[\d][\d\s_\-.()x]*(?:[_\-][0-9a-f]{4,})*(?:\(\d+\))?$"
)
_HASH = re.compile(r"^[0-9a-f\-_]{16,}$|^z?\d{8,}(?:_[0-9a-f]+)+$")
_SAYS_NOTHING = {
    "anh", "hinh", "buc", "tam", "minh", "hoa", "chup", "dai", "dien", "tu", "lieu", "bia", "chen", "moi", "dep", "day",
    "la", "mot", "cua", "bai", "viet", "tin", "image", "picture", "photo", "img", "pic", "logo", "icon", "banner",
    "thumbnail", "untitled", "screenshot", "khong", "co", "ten", "mo", "ta", "alt", "text", "trong", "so",
}  # fmt: skip


def problem(alt: str, *, file_name: str = "", beside: tuple[str, ...] = ()) -> str:
    """Why this is no description, in a sentence; an empty text where it may be one.

    `file_name` is the uploaded file's, `beside` are the caption and title that stand next to the picture.
    """
    words = " ".join(fold(alt).split())
    if not words:
        return "Hãy mô tả ảnh, hoặc đánh dấu “Ảnh trang trí”."
    stem = fold(file_name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or file_name).strip()
    plain = re.sub(r"[\W_]+", " ", words).strip()
    if _FILE_NAME.search(words) or (stem and plain == re.sub(r"[\W_]+", " ", stem).strip()):
        return "Mô tả này là tên tệp: hãy nói trong ảnh có gì."
    if _CAMERA.match(words) or _HASH.match(words):
        return "Mô tả này giống tên tệp của máy ảnh: hãy nói trong ảnh có gì."
    if not re.search(r"[^\W\d_]", words):
        return "Mô tả này không có chữ nào: hãy nói trong ảnh có gì."
    if len(words) < 4 or all(word in _SAYS_NOTHING or word.isdigit() for word in plain.split()):
        return f"“{alt.strip()}” chưa nói trong ảnh có gì."
    if any(text and plain == re.sub(r"[\W_]+", " ", fold(text)).strip() for text in beside):
        return "Mô tả chép lại chú thích hoặc tiêu đề: trình đọc màn hình sẽ đọc hai lần. Hãy nói trong ảnh có gì."
    return ""


def check(alt: str, **about) -> None:
    """Raises ValidationError with what `problem` says."""
    if why := problem(alt, **about):
        raise ValidationError(why)
