"""What follows from an article's text and is stored beside it, so that no request works it out again."""
from dataclasses import dataclass

from news import richtext, search


@dataclass(frozen=True, slots=True)
class Derived:
    body: richtext.Sanitised
    rendered: str  # HTML as readers get it
    search: str  # a tsvector literal


def derive(title: str, lead: str, body: str) -> Derived:
    """Needs no database, so that an import may do it in other processes; raises richtext.TextTooLongError."""
    body = richtext.sanitise(body)
    return Derived(body, richtext.render(body), search.vector(title, lead, richtext.plain(body)))
