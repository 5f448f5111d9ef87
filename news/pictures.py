"""A picture of the library as HTML: the formats and widths that are there, its size, and a colour until it comes."""
import base64
import functools
import html as entities
import re

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from news import storing
from news.imaging.uses import USES

# As wide as an article's column: see .story__grid in site.css.
INLINE_SIZES = "(min-width: 75em) 48rem, (min-width: 60em) 62vw, 100vw"
TYPES = {"avif": "image/avif", "webp": "image/webp"}
AHEAD = "news.first_picture"  # key in a request's META: the value of a Link header
STEP = 64  # of each of the three colours; the style sheet has a class for each of the 64 mixtures

_IMG = re.compile(r"<img\b([^<>]*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_KEY = re.compile(r"/media/anh/[0-9a-f]{2}/([0-9a-f]{32})")


def markup(
    image, use: str, sizes: str, *, alt: str | None = None, eager: bool = False, size: tuple[int, int] | None = None
) -> SafeString:
    """`<picture>` for one of USES; `sizes` as in HTML, `alt` in place of the library's, `size` as an editor drew it."""
    return render_to_string("news/_picture.html", context(image, use, sizes, alt=alt, eager=eager, size=size))


def context(image, use: str, sizes: str, *, alt=None, eager=False, size=None) -> dict:
    """What the template needs; asks neither the database nor the disk."""
    crop, _ = USES[use]
    preview = _preview(image, crop) if eager else ""
    if not image.renditions.get(crop):
        use = "inline"  # a picture from before this crop was made
    files = image.files(use)
    sources = [
        {"type": kind, "srcset": _srcset(named)}
        for suffix, kind in TYPES.items()
        if (named := [file for file in files if file[2].endswith(f".{suffix}")])
    ]
    plain = [file for file in files if not file[2].endswith(tuple(TYPES))]
    widest = max(files, default=(image.width, image.height, ""))
    return {
        "sources": sources,
        "src": plain[0][2] if plain else image.file.url,
        "srcset": _srcset(plain) if len(plain) > 1 else "",
        "sizes": sizes,
        "width": size[0] if size else widest[0],
        "height": size[1] if size else widest[1],
        "alt": image.alt if alt is None else alt,
        # Behind something transparent it would stay; over a preview it would hide that.
        "colour": "" if preview or _is_clear(image) else colour_class(image.colour),
        "preview": preview,
        "eager": eager,
    }


def identity(image) -> tuple:
    """What `context` reads of a picture: two that have the same look the same."""
    return image.sha256, image.file.name, image.alt, image.colour, image.width, image.height, repr(image.renditions)


def _is_clear(image) -> bool:
    return image.file.name.endswith(".png")


def _preview(image, crop: str) -> str:
    """The blurred picture as a `data:` address of less than 1.4 kB; empty for one from before there were any."""
    files = image.renditions.get(f"{crop}-preview")
    if not files or _is_clear(image):
        return ""
    try:
        return _data(image.name_of(files[0][2]))
    except OSError:
        return ""


@functools.lru_cache(maxsize=256)
def _data(name: str) -> str:
    """Files of the library never change: their names say what is in them."""
    content = base64.b64encode((storing.root() / name).read_bytes()).decode()
    return f"data:{TYPES[name.rpartition('.')[2]]};base64,{content}"


def preload(shown: dict) -> str:
    """The `Link` header (RFC 8288) for a picture of `context`: asked for before the page that names it has come.

    A browser follows it only where it knows the type, and then for the same file as `<picture>` would choose.
    """
    if not shown["sources"]:
        return ""
    best = shown["sources"][0]
    address = best["srcset"].partition(" ")[0]
    return (f'<{address}>; rel=preload; as=image; type="{best["type"]}"; fetchpriority=high; '
            f'imagesrcset="{best["srcset"]}"; imagesizes="{shown["sizes"]}"')  # fmt: skip


def render_images(html: str) -> str:
    """Sanitised HTML with every picture of the library as `<picture>`; done when a text is saved.

    One query, two where a picture was replaced by another; none where the text has no picture. An address that is no
    picture's stays a plain `<img>`. Unchanged by a second time.
    """
    if "<img" not in html or "/media/anh/" not in html or "<picture>" in html:
        return html
    from news import usage

    found = usage.pictures(usage.picture_keys(html))
    return _IMG.sub(lambda match: _one(match, found), html)


def colour_class(colour: str) -> str:
    """The style sheet's class for the mixture nearest to a colour such as #a0b1c2."""
    return "mau-" + "".join(str(int(colour[at : at + 2], 16) // STEP) for at in (1, 3, 5))


def colour_rules() -> str:
    """The rules of those classes, as site.css holds them: one for each value of each of the three digits."""
    middles = [f"{part * STEP + STEP // 2}" for part in range(4)]
    first = [f'[class^="mau-{digit}"] {{ --r: {middle}; }}' for digit, middle in enumerate(middles)]
    second = [":is(" + ", ".join(f'[class^="mau-{before}{digit}"]' for before in range(4)) + f") {{ --g: {middle}; }}"
              for digit, middle in enumerate(middles)]  # fmt: skip
    third = [f'[class^="mau-"][class$="{digit}"] {{ --b: {middle}; }}' for digit, middle in enumerate(middles)]
    mixed = '[class^="mau-"] { background-color: rgb(var(--r) var(--g) var(--b)); }'
    return "\n".join([mixed, *first, *second, *third])


def _one(match: re.Match, found: dict) -> str:
    values = {name: entities.unescape(value) for name, value in _ATTRIBUTE.findall(match[1])}
    key = _KEY.match(values.get("src", ""))
    image = key and found.get(key[1])
    if not image:
        return match[0]
    width, height = values.get("width", ""), values.get("height", "")
    size = (int(width), int(height)) if width.isdigit() and height.isdigit() and int(width) and int(height) else None
    sizes = f"min({size[0]}px, 100vw)" if size else INLINE_SIZES
    alt = values.get("alt", "").strip() or image.alt
    return markup(image, "inline", sizes, alt=alt, size=size).strip()


def _srcset(files: list[tuple[int, int, str]]) -> str:
    return ", ".join(f"{address} {width}w" for width, _, address in files)
