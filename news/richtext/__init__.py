"""Rich text: what may stand in a text's HTML, how it is kept so, and how it is shown."""
from news.richtext.rendering import plain, render
from news.richtext.sanitiser import MAX_CHARACTERS, Sanitised, TextTooLongError, for_editor, paragraphs, sanitise

__all__ = ["MAX_CHARACTERS", "Sanitised", "TextTooLongError", "for_editor", "paragraphs", "plain", "render", "sanitise"]
