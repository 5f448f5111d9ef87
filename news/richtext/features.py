"""The one table of what may stand in a text: the sanitiser, the editor and the help under it are all made from it.

Rendering may write more than this (anchors, `rel`, wrappers); what is stored never holds more.
"""
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Feature:
    help: str  # for editors, under the field
    tags: dict[str, tuple[str, ...]]  # tag → attributes that it keeps
    classes: dict[str, tuple[str, ...]] = field(default_factory=dict)  # tag → classes that it keeps
    buttons: tuple[str, ...] = ()  # of CKEditor's toolbar
    format: tuple[str, ...] = ()  # entries of CKEditor's list of paragraph formats


ALIGNED = ("can-giua", "can-phai")
NOTES = "ghi-chu"
VIDEO = "video"

FEATURES = (
    Feature(
        "đoạn văn, căn giữa hoặc căn phải",
        {"p": (), "br": ()},
        {"p": ALIGNED},
        ("JustifyCenter", "JustifyRight"), ("p",),
    ),
    Feature("tiêu đề mục ba cấp", {"h2": (), "h3": (), "h4": ()}, format=("h2", "h3", "h4")),
    Feature(
        "chữ đậm, nghiêng, gạch chân, gạch ngang, chỉ số trên và dưới",
        {"strong": (), "em": (), "u": (), "s": (), "sub": (), "sup": ()},
        buttons=("Bold", "Italic", "Underline", "Strike", "Subscript", "Superscript", "RemoveFormat"),
    ),
    Feature(
        "danh sách",
        {"ul": (), "ol": ("start",), "li": ()},
        buttons=("NumberedList", "BulletedList"),
    ),
    Feature("trích dẫn, đường kẻ", {"blockquote": (), "hr": ()}, buttons=("Blockquote", "HorizontalRule")),
    Feature(
        "bảng có tên bảng và hàng tiêu đề",
        {"table": (), "caption": (), "thead": (), "tbody": (), "tfoot": (), "tr": (),
         "th": ("scope", "colspan", "rowspan"), "td": ("colspan", "rowspan")},
        {"th": ALIGNED, "td": ALIGNED},
        ("Table",),
    ),
    Feature(
        "liên kết đến địa chỉ http, https, mailto, tel hoặc trang và tệp đính kèm của cổng",
        {"a": ("href", "title")},
        buttons=("Link", "Unlink"),
    ),
    Feature(
        "ảnh thả hay dán vào chỗ cần đặt, hoặc chọn trong thư viện, có mô tả, chú thích và vị trí",
        {"figure": (), "figcaption": (), "img": ("src", "alt", "width", "height")},
        {"figure": ("anh-trai", "anh-phai", "anh-rong")},
        ("Image",),
    ),
    Feature(
        "video: dán địa chỉ YouTube, Vimeo hoặc đài truyền hình trên một dòng riêng",
        {"figure": ()},
        {"figure": (VIDEO,)},
    ),
    Feature("ghi chú cuối bài (từ Word)", {"ol": ()}, {"ol": (NOTES,)}),
)  # fmt: skip


def _merged(tables) -> dict[str, set[str]]:
    merged: dict[str, set[str]] = {}
    for table in tables:
        for tag, names in table.items():
            merged.setdefault(tag, set()).update(names)
    return merged


ATTRIBUTES = _merged(feature.tags for feature in FEATURES)
CLASSES = _merged(feature.classes for feature in FEATURES)
TAGS = frozenset(ATTRIBUTES)
FORMATS = [entry for feature in FEATURES for entry in feature.format]
BUTTONS = [list(feature.buttons) for feature in FEATURES if feature.buttons]
HELP = (
    f"Giữ lại: {'; '.join(feature.help for feature in FEATURES)}. "
    "Dán từ Word, Google Docs hay thư điện tử thì màu, phông và cỡ chữ được bỏ đi."
)


def allowed_content() -> str:
    """CKEditor's `allowedContent` rules."""
    rules = []
    for tag in sorted(TAGS):
        attributes, classes = sorted(ATTRIBUTES[tag]), sorted(CLASSES.get(tag, ()))
        rules.append(
            tag + (f"[{','.join(attributes)}]" if attributes else "") + (f"({','.join(classes)})" if classes else "")
        )
    return "; ".join(rules)
