"""Two states of one article side by side: which fields differ, and in what."""
from dataclasses import dataclass

from news import diffing, text
from news.diffing import BodyDiff, WordsDiff


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """One field that differs: as words, as a body, or as the values that stood and stand there."""

    name: str
    label: str
    changes: WordsDiff | BodyDiff | None = None
    before: str = ""
    after: str = ""


def compare(before: text.Text, after: text.Text) -> list[FieldDiff]:
    """The fields that differ, in the order of `text.FIELDS`; at most two queries for each that names other rows."""
    return [_field(name, before[name], after[name]) for name in text.changed(before, after)]


def _field(name: str, before, after) -> FieldDiff:
    field = text.FIELDS[name]
    label = field.label[:1].upper() + field.label[1:]
    if field.kind == "words":
        return FieldDiff(name, label, diffing.compare_words(before, after))
    if field.kind == "html":
        return FieldDiff(name, label, diffing.compare_html(before, after))
    old, new = text.shown(name, before), text.shown(name, after)
    if old == new:
        # Two pictures may have one description, two articles one title.
        old, new = f"{old} (mã {_keys(before)})", f"{new} (mã {_keys(after)})"
    return FieldDiff(name, label, before=old, after=new)


def _keys(value) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
