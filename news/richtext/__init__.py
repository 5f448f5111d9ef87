"""Rich text: what may stand in a text's HTML, how it is kept so, and how it is shown."""
from news.richtext.rendering import plain, render
from news.richtext.sanitiser import MAX_CHARACTERS, Sanitised, TextTooLongError, paragraphs, sanitise, words_alone

__all__ = [
    "MAX_CHARACTERS", "Sanitised", "TextTooLongError", "paragraphs", "plain", "render", "sanitise", "words_alone",
]  # fmt: skip
