"""Addresses of what pages name by the dozen: `reverse` tries every pattern of a name each time, 10 us and more."""
from functools import lru_cache
from urllib.parse import quote

from django.urls import get_script_prefix, get_urlconf, reverse

# What `reverse` leaves as it is in a path (RFC 3986, 3.3, and / itself).
SAFE = "/~:@!$&'()*+,;="


def address(name: str, *parts: str | int) -> str:
    """The same as `reverse(name, args=parts)` where the address holds each part once; raises NoReverseMatch."""
    kinds = tuple(map(type, parts))
    if not set(kinds) <= {str, int}:
        return reverse(name, args=parts)
    first, *others = _texts(name, kinds, get_urlconf(), get_script_prefix())
    return first + "".join(quote(str(part), SAFE) + text for part, text in zip(parts, others, strict=True))


@lru_cache(maxsize=64)
def _texts(name: str, kinds: tuple[type, ...], urlconf, prefix: str) -> list[str]:
    """What stands before, between and behind the parts."""
    stand_ins = [f"x{place}x" if kind is str else 990_000 + place for place, kind in enumerate(kinds)]
    rest, texts = reverse(name, args=stand_ins), []
    for stand_in in stand_ins:
        text, _, rest = rest.partition(str(stand_in))
        texts.append(text)
    return [*texts, rest]
