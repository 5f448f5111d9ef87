"""What a style attribute says about a text: how it is set, and whether anybody is meant to see it."""
import re
from typing import NamedTuple

Colour = tuple[int, int, int]
Declarations = dict[str, str]

_NUMBER = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|ex|ch|in|cm|mm|pc|vw|vh|%|)")
_PIXELS = {"px": 1, "": 1, "pt": 1.33, "em": 16, "rem": 16, "ex": 8, "ch": 8, "in": 96, "cm": 38, "mm": 3.8, "pc": 16,
           "vw": 12, "vh": 8, "%": 0.16}  # fmt: skip
_NAMES = {
    "white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0), "yellow": (255, 255, 0), "blue": (0, 0, 255),
    "snow": (255, 250, 250), "ivory": (255, 255, 240), "whitesmoke": (245, 245, 245), "navy": (0, 0, 128),
    "ghostwhite": (248, 248, 255), "floralwhite": (255, 250, 240), "azure": (240, 255, 255), "gray": (128, 128, 128),
    "mintcream": (245, 255, 250), "green": (0, 128, 0), "silver": (192, 192, 192), "window": (255, 255, 255),
    "windowtext": (0, 0, 0),
}  # fmt: skip
_CLIPPED_AWAY = re.compile(
    r"rect\(\s*[01](?:px)?[\s,]+[01]|inset\(\s*(?:5\d|[6-9]\d|100)%|circle\(\s*0|polygon\(\s*0 0"
)
_NUMBERS = re.compile(r"-?\d*\.?\d+%?")
_MAX_STYLE = 4000  # characters; Word writes some 300
UNREADABLE_SIZE = 4  # pixels
FAR_AWAY = 300  # pixels outside of the place where a text belongs
SAME = 24  # of 255: colours closer than this cannot be told apart
PAPER: Colour = (255, 255, 255)
DRAWN: Colour = (-999, -999, -999)  # a picture: text of any colour may be seen on it


class Look(NamedTuple):
    """What text inherits from the elements around it."""

    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    shifted: str = ""  # sub or sup
    tiny: bool = False
    invisible: bool = False
    colour: Colour | None = None
    background: Colour = PAPER

    @property
    def unseen(self) -> bool:
        return self.tiny or self.invisible or (self.colour is not None and close(self.colour, self.background))


def declarations(style: str) -> Declarations:
    """Name → value, both in lower case; the last one of a name counts, as in a browser."""
    found = {}
    for part in style[:_MAX_STYLE].lower().split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip()] = value.replace("!important", "").strip()
    return found


def removed(style: Declarations) -> bool:
    """Whether an element and all that it holds is hidden, whatever stands inside."""
    if not style:
        return False
    if style.get("display") == "none" or style.get("mso-hide") == "all" or style.get("content-visibility") == "hidden":
        return True
    if _below(style, "opacity", 0.15) or "opacity(0" in style.get("filter", ""):
        return True
    if style.get("position") in {"absolute", "fixed", "relative"} and any(
        abs(_pixels(style.get(side, ""), 0)) >= FAR_AWAY for side in ("left", "right", "top", "bottom")
    ):
        return True
    if any(_pixels(style.get(name, ""), 0) <= -FAR_AWAY for name in ("text-indent", "margin-left", "margin-top")):
        return True
    if style.get("overflow", "").startswith(("hidden", "clip")) and any(
        _pixels(style.get(name, ""), 99) <= 2 for name in ("height", "width", "max-height", "max-width")
    ):
        return True
    transform = style.get("transform", "")
    if "scale(0" in transform or "scale3d(0" in transform or re.search(r"translate\w*\([^)]*-?\d{3,}", transform):
        return True
    clip = style.get("clip", "") + style.get("clip-path", "")
    return _CLIPPED_AWAY.search(clip) is not None


def look(style: Declarations, attrs: dict[str, str], around: Look) -> Look:
    """How text inside an element looks, given how it looks around it."""
    values: dict = {}
    weight = style.get("font-weight")
    if weight:
        values["bold"] = weight in {"bold", "bolder"} or (weight.isdigit() and int(weight) >= 600)
    if "font-style" in style:
        values["italic"] = style["font-style"].startswith(("italic", "oblique"))
    decoration = style.get("text-decoration", "") + " " + style.get("text-decoration-line", "")
    if "underline" in decoration or style.get("text-underline", "none") not in {"none", ""}:
        values["underlined"] = True
    if "line-through" in decoration:
        values["struck"] = True
    shifted = style.get("vertical-align", "")
    if shifted in {"super", "sub"}:
        values["shifted"] = "sup" if shifted == "super" else "sub"
    size = style.get("font-size") or _size_of(style.get("font", ""))
    if size:
        values["tiny"] = _pixels(size, 16) < UNREADABLE_SIZE
    if "visibility" in style:
        values["invisible"] = style["visibility"] in {"hidden", "collapse"}
    background = style.get("background-color") or style.get("background") or attrs.get("bgcolor", "")
    if background:
        drawn = "url(" in background or "gradient" in background
        values["background"] = DRAWN if drawn else colour(background) or around.background
    text = style.get("-webkit-text-fill-color") or style.get("color") or attrs.get("color", "")
    if text:
        if transparent(text):
            values["invisible"] = True
        else:
            values["colour"] = colour(text)
    return around._replace(**values) if values else around


def colour(value: str) -> Colour | None:
    """The first colour that a value names; None for one that is not known here."""
    value = value.strip().lower()
    match = re.search(r"#([0-9a-f]{6}|[0-9a-f]{3})(?![0-9a-f])|#([0-9a-f]{8})|(rgba?|hsla?)\(([^)]{3,60})\)", value)
    if match and (match[1] or match[2]):
        digits = match[1] or match[2][:6]
        digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
        return tuple(int(digits[place : place + 2], 16) for place in (0, 2, 4))
    if match:
        numbers = [_share(number) for number in _NUMBERS.findall(match[4])]
        if len(numbers) < 3:
            return None
        if match[3].startswith("hsl"):
            return PAPER if numbers[2] >= 240 else (0, 0, 0) if numbers[2] <= 15 else None
        return tuple(min(255, max(0, round(number))) for number in numbers[:3])
    return next((_NAMES[word] for word in re.findall(r"[a-z]+", value) if word in _NAMES), None)


def transparent(value: str) -> bool:
    value = value.strip().lower()
    if value == "transparent":
        return True
    match = re.fullmatch(r"(?:rgba?|hsla?)\(([^)]{3,60})\)", value)
    numbers = _NUMBERS.findall(match[1]) if match else []
    if len(numbers) == 4:
        return (float(numbers[3].rstrip("%")) / (100 if "%" in numbers[3] else 1)) < 0.15
    match = re.fullmatch(r"#(?:[0-9a-f]{6}([0-9a-f]{2})|[0-9a-f]{3}([0-9a-f]))", value)
    return bool(match) and int((match[1] or match[2] * 2), 16) < 38


def close(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= SAME for a, b in zip(one, other, strict=True))


def _share(number: str) -> float:
    return float(number.rstrip("%")) * 2.55 if number.endswith("%") else float(number)


def _pixels(value: str, default: float) -> float:
    match = _NUMBER.match(value.strip())
    return float(match[1]) * _PIXELS[match[2]] if match else default


def _below(style: Declarations, name: str, limit: float) -> bool:
    match = _NUMBER.match(style.get(name, ""))
    return bool(match) and float(match[1]) / (100 if match[2] == "%" else 1) < limit


def _size_of(font: str) -> str:
    """The size in the shorthand `font: italic 0/0 a`."""
    match = re.search(r"(?:^|\s)(\d*\.?\d+(?:px|pt|em|rem|%)?)(?=/|\s)", font)
    return match[1] if match and match[1] not in {"100", "200", "300", "400", "500", "600", "700", "800", "900"} else ""
