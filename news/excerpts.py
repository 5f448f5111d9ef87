"""Shows where the words of a question stand in a text: a few dozen words, the found ones marked."""
import html
import re

from django.db.models.functions import Left

from news.search import Question
from news.vietnamese import folded, nfc, words

LENGTH = 44  # words of an excerpt
LOOKED_AT = 30_000  # characters of a text's HTML
_TAG = re.compile(r"<[^>]*>?")
_PIECE = re.compile(r"\s+")

Parts = list[tuple[str, bool]]  # pieces of a text in order, and whether each was asked for


def beginning(column: str) -> Left:
    """As much of a column of HTML as is looked at."""
    return Left(column, LOOKED_AT)


def plain(rendered: str) -> str:
    """The text of our own HTML, or of its beginning, as one line."""
    return _PIECE.sub(" ", html.unescape(_TAG.sub(" ", rendered))).strip()


def marked(text: str, asked: Question) -> Parts:
    """The whole text, its found words marked."""
    wanted = asked.words
    parts: Parts = []
    for piece in re.findall(r"[^\W_]+|[\W_]+", nfc(text)):
        found = not wanted.isdisjoint(folded(piece))
        if parts and parts[-1][1] == found:
            parts[-1] = (parts[-1][0] + piece, found)
        else:
            parts.append((piece, found))
    return parts


def excerpt(lead: str, text: str, asked: Question) -> Parts:
    """From the lead where it holds every word asked for, else from whichever part of both holds the most of them."""
    wanted = asked.words
    pieces = lead.split()
    if not wanted <= set(words(lead)):
        pieces = f"{lead} {text}".split()
    start = _best(pieces, wanted)
    shown = " ".join(pieces[start : start + LENGTH])
    before = "… " if start else ""
    after = " …" if start + LENGTH < len(pieces) else ""
    return marked(f"{before}{shown}{after}", asked)


def _best(pieces: list[str], wanted: set[str]) -> int:
    """Where an excerpt begins so that most of the wanted words stand in it; the first of the best places."""
    # Most pieces come again and again: each is looked at once.
    held_by = {piece: held for piece in set(pieces) if (held := wanted.intersection(folded(piece)))}
    hits = [(place, held_by[piece]) for place, piece in enumerate(pieces) if piece in held_by]
    best, most, last = 0, 0, 0
    inside: dict[str, int] = {}
    for first, (place, held) in enumerate(hits):
        while last < len(hits) and hits[last][0] < place + LENGTH - 4:
            for word in hits[last][1]:
                inside[word] = inside.get(word, 0) + 1
            last += 1
        if len(inside) > most:
            best, most = place, len(inside)
        if most == len(wanted) or first > 2_000:
            break
        for word in held:
            inside[word] -= 1
            if not inside[word]:
                del inside[word]
    # A few words before the first one, so that it is read in its sentence.
    return max(0, best - 4)
