"""Spaces that no line may end at: between a number and its unit, a day and its number, as Vietnamese print has it."""
import re

NBSP = "\xa0"
_UNITS = (
    r"%|‰|°[CF]?|km/h|km[²2]?|m/s|[cdm]?m[²³23]?|hm|ha|kg|mg|g|tấn|tạ|yến|lít|ml|kWh|MWh|[kMG]?W|kV|[kMG]Hz|[KMGT]B|"
    r"USD|EUR|VN[DĐ]|đồng|đ|nghìn|ngàn|vạn|triệu|tỷ|tỉ|giờ|phút|giây|ngày|tuần|tháng|năm(?! \d)|tuổi|độ|ha/năm|điểm"
)
# Where a unit is named after a number, where what is counted follows a large number, where a number follows its name.
_UNIT = re.compile(rf"(\d) (?=(?:{_UNITS})(?!\w))")
_LARGE = re.compile(rf"({NBSP}(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)) (?=(?:tỷ|tỉ|đồng|USD|EUR|VN[DĐ])(?!\w))")
_BEFORE_NUMBER = re.compile(r" (?=\d|[IVXLC]+(?!\w))")
_NAMES = {
    "ngày", "mùng", "mồng", "tháng", "năm", "quý", "điều", "khoản", "chương", "số", "khóa", "khoá", "tổ", "quận",
}  # fmt: skip
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_DIGITS, _ROMANS = "0123456789", "IVXLC"
_ROMAN = re.compile(r" [IVXLC]+(?!\w)")
_TAIL = 12  # characters that a rule looks back over


def joined(text: str) -> str:
    """The text with non-breaking spaces in place of spaces: never longer, never shorter."""
    # To look for single characters is ten times as fast as a search for any of them.
    if any(map(text.__contains__, _DIGITS)):
        text = _UNIT.sub(_with_space_kept, text)
    elif not any(map(text.__contains__, _ROMANS)) or not _ROMAN.search(text):
        return text
    if NBSP in text:
        text = _LARGE.sub(_with_space_kept, text)
    return _BEFORE_NUMBER.sub(_after_name, text)


def _with_space_kept(match: re.Match) -> str:
    return match[1] + NBSP


def _after_name(match: re.Match) -> str:
    word = _LAST_WORD.search(match.string[max(0, match.start() - _TAIL) : match.start()])
    return NBSP if word and word[0].lower() in _NAMES else " "


class Joiner:
    """Joins across markup inside a block: the unit of `<strong>19,39</strong> %` stands in another piece."""

    def __init__(self, out: list[str]):
        self.out = out
        self.tail = ""
        self.place = 0  # of the words before, in `out`

    def words(self, words: str) -> str:
        context = self.tail
        done = joined(context + words)
        if context and done[len(context) - 1] != context[-1]:  # the space stands in the piece before
            self.out[self.place] = self.out[self.place][:-1] + NBSP
        self.place = len(self.out)
        self.tail = (context + words)[-_TAIL:]
        return done[len(context) :]

    def end(self) -> None:
        """A block ends: nothing is joined over its edge."""
        self.tail = ""
