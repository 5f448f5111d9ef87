"""What follows from an article's text and is stored beside it, so that no request works it out again."""
from collections.abc import Iterable
from dataclasses import dataclass

from news import richtext
from news.vector import Vector


@dataclass(frozen=True, slots=True)
class Derived:
    body: richtext.Sanitised
    rendered: str  # HTML as readers get it
    vector: Vector


def derive(title: str, lead: str, body: str, names: Iterable[str] = ()) -> Derived:
    """Needs no database, so that an import may do it in other processes; `names` are of its tags and its author.

    Raises richtext.TextTooLongError.
    """
    body = richtext.sanitise(body)
    return Derived(body, richtext.render(body), Vector(title, lead, richtext.plain(body), names))
