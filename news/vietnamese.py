"""Vietnamese text: one spelling of each rule on marks, slugs, words, order, dates and numbers.

Terms: a *tone* is one of the five marks huyền, hỏi, ngã, sắc, nặng; a *letter* may have a mark of its own: ă â ê ô ơ ư.
"""
import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from itertools import chain

from django.utils import timezone

# What Unicode does not take apart into a letter and a mark; the browser's slug rule is given the same table.
BASE_LETTERS = {"đ": "d", "Đ": "D"}
SLUG_LENGTH = 120

_MARKS = re.compile("[\u0300-\u036f]+")
_WORD = re.compile(r"[^\W_]{1,60}")  # nothing longer is a word
_KEPT_FOLDS = 50_000  # pieces of text between spaces whose words are remembered
_NOT_SLUG = re.compile(r"[^a-z0-9]+")

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of dictionaries
# Two letters for each of the alphabet's, so that a plain comparison of bytes puts ă after az and đ after dz.
_RANKS = {letter: f"{chr(97 + i // 6)}{chr(97 + i % 6)}" for i, letter in enumerate(_ALPHABET)}
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


def nfc(text: str) -> str:
    """The composed form, the one that is stored: keyboards and file systems also send letters and marks apart."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def without_marks(text: str) -> str:
    """`Đại hội Đảng bộ` to `Dai hoi Dang bo`."""
    if text.isascii():
        return text
    text = _MARKS.sub("", unicodedata.normalize("NFD", text))
    for letter, base in BASE_LETTERS.items():  # three times as fast as translate
        text = text.replace(letter, base)
    return text


def fold(text: str) -> str:
    """What is left when neither marks nor case count: for search only, never for what is shown."""
    return without_marks(text.lower())


def slugify(text: str, default: str = "bai-viet") -> str:
    """A slug of at most 120 characters, cut between words; `default` where no letter or digit is left."""
    slug = _NOT_SLUG.sub("-", fold(text)).strip("-")
    if len(slug) > SLUG_LENGTH:
        head, separator, _ = slug[: SLUG_LENGTH + 1].rpartition("-")
        slug = head if separator else slug[:SLUG_LENGTH]
    return slug or default


def words(text: str) -> list[str]:
    """The folded words of a text, in order; `19,39%/năm` gives 19, 39, nam and `2016-2021` gives 2016, 2021."""
    return words_of(pieces(text))


def marked_words(text: str) -> set[str]:
    """The words of a text that have marks, each tone behind its word: `hòa` and `hoà` are one, `hoa` is none."""
    return marked_of(set(pieces(text)))


def pieces(text: str) -> list[str]:
    """What stands between the spaces of a text, in small letters: what `words_of` and `marked_of` are asked about."""
    return nfc(text).lower().split()


def words_of(some: Iterable[str]) -> list[str]:
    """The folded words of pieces, in order."""
    if len(_folds) > _KEPT_FOLDS:
        _folds.clear()
    # They are looked up, not worked out: it is the same few thousand syllables all over again.
    return list(chain.from_iterable(map(_folds.__getitem__, some)))


def folded(piece: str) -> tuple[str, ...]:
    """The folded words of what stands between two spaces; the quickest way where there are thousands."""
    return _folds[nfc(piece).lower()]


def marked_of(some: Iterable[str]) -> set[str]:
    """The words of pieces that have marks, as `marked_words` writes them."""
    if len(_marked) > _KEPT_FOLDS:
        _marked.clear()
    return set(chain.from_iterable(map(_marked.__getitem__, some)))


class _Folds(dict):
    def __missing__(self, text: str) -> tuple[str, ...]:
        folded = self[text] = tuple(_WORD.findall(without_marks(text)))
        return folded


class _Marked(dict):
    def __missing__(self, text: str) -> tuple[str, ...]:
        found = () if text.isascii() else tuple(tones_last(word) for word in _WORD.findall(text))
        marked = self[text] = tuple(word for word in found if word != without_marks(word))
        return marked


_folds = _Folds()
_marked = _Marked()


def tones_last(word: str) -> str:
    """One spelling of a word's marks wherever its tone was put: the letters, then the tone; case is left alone."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word)
    tones = "".join(character for character in apart if character in _TONES)
    return unicodedata.normalize("NFC", "".join(character for character in apart if character not in _TONES)) + tones


def sort_key(text: str) -> str:
    """An ASCII text whose plain order is the Vietnamese order: letters first, tones where the letters are the same."""
    letters, tones = [], []
    for character in unicodedata.normalize("NFD", nfc(text).lower()):
        if character in _TONES:
            tones[-1:] = [str(_TONES.index(character) + 1)]
        elif unicodedata.combining(character) and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + character)
        else:
            letters.append(character)
            tones.append("0")
    ranks = (_RANKS.get(letter) or (letter if letter.isascii() and letter.isdigit() else "!") for letter in letters)
    return "".join(ranks) + " " + "".join(tones).rstrip("0")


def format_datetime(moment: dt.datetime) -> str:
    """`24-03-2021 10:21`, in the portal's time zone."""
    return timezone.localtime(moment).strftime("%d-%m-%Y %H:%M")


def format_date(date: dt.date) -> str:
    return date.strftime("%d-%m-%Y")


def format_long_date(date: dt.date) -> str:
    """`Thứ Tư, 24-03-2021`."""
    return f"{WEEKDAYS[date.weekday()]}, {format_date(date)}"


def format_month(date: dt.date) -> str:
    """`Tháng 3 năm 2021`."""
    return f"Tháng {date.month} năm {date.year}"


def format_number(number: int | float | Decimal) -> str:
    """`1.940.858` and `19,39`: dots between thousands, a comma before decimals."""
    return f"{number:,}".translate(str.maketrans(",.", ".,"))


def format_size(count: int) -> str:
    """Bytes as people read them: `12 kB`, `1,4 MB`."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{format_number(round(count / 1_000_000, 1))} MB"
