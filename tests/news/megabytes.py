"""Texts of a million characters that are hard on whoever reads them: tests answer them, the bench times it."""
import random

from news import richtext

LONG = 1_000_000
ITEM = "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>1.</span>x</p>"
UNITS = {
    "paragraphs": "<p>x</p>", "links": '<a href="/">xy</a>', "ampersands": "&", "unfinished entities": "&xxxxxxxxx",
    "entities": "&amp;", "less than": "<", "greater than": ">", "cells": "<td>x", "open bold": "<b>",
    "open divs": "<div>", "open tables": "<table><tr><td>", "open lists": "<ul><li>", "closed too often": "</b>",
    "open quotes": "<p a='", "comments": "<!--x-->", "attributes": "<p a ", "sup": "<sup>x</sup>",
    "headings": "<h2>a</h2>", "lines": "a\n\n", "word lists": ITEM, "notes": '<a href="#_ftn1">x</a>',
    "styles": "<span style='font-weight:700;color:red'>x</span>", "zero width": "\u200b", "nbsp": "&nbsp;",
    "marks": "a\u0301\u0301\u0301", "units": "1 km ", "abbreviations": "UBND ", "words": "Ủy ban nhân dân ",
}  # fmt: skip
WHOLE = {
    "a hundred thousand attributes": "<p " + " ".join(f"a{number}=1" for number in range(110_000)) + ">",
    "one style": f"<p style='{'a:b;' * 240_000}'>x</p>",
    "one word": "<p>" + "x" * 999_000 + "</p>",
    "a long article": f"<p>{'Hội nghị của UBND đã <strong>thống nhất</strong> ngày 24 tháng 3. ' * 20}</p>\n" * 750,
    "a picture in the text": f'<img src="data:image/png;base64,{"A" * 990_000}">',
}
NAMES = [*UNITS, *WHOLE]
_SYLLABLES = ["hội", "nghị", "thành", "phố", "đã", "thống", "nhất", "nhiều", "nội", "dung", "quan", "trọng"]
PAIRS = {
    "paragraphs of words": lambda: f"<p>{' '.join(random.choices(_SYLLABLES, k=80))}</p>",
    "one endless paragraph": lambda: f"{random.choice(_SYLLABLES)} ",
    "paragraphs of a letter": lambda: f"<p>{random.choice('ab')}</p>",
    "paragraphs of their own": lambda: f"<p>{random.random():.5f}</p>",
    "links": lambda: f'<a href="/{random.random()}">{random.choice("ab")}</a> ',
    "breaks": lambda: f"<br>{random.choice('ab')}",
}


def text(name: str) -> str:
    whole = WHOLE.get(name) or UNITS[name] * (LONG // len(UNITS[name]) + 1)
    return whole[:LONG]


def answer(html: str) -> str | None:
    """Sanitised, and rendered as at a save; None where it is refused."""
    try:
        clean = richtext.sanitise(html)
    except richtext.TextTooLongError:
        return None
    richtext.render(clean, [("UBND", "Ủy ban nhân dân")])
    return clean


def pair(name: str) -> tuple[str, str]:
    """Two texts made alike, the same two in every run."""
    random.seed(1)
    return _megabyte(PAIRS[name]), _megabyte(PAIRS[name])


def _megabyte(make) -> str:
    pieces: list[str] = []
    length = 0
    while length < LONG:
        pieces.append(make())
        length += len(pieces[-1])
    return "".join(pieces)[:LONG]
