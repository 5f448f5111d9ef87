"""Words of the betting trade, as they are planted on pages of state portals. They warn; they never block a text."""
import re
from collections import defaultdict

from news.vector import Vector
from news.vietnamese import nfc, words

# Between syllables stand spaces or signs that join: planted words are often written with dots and dashes.
PHRASES = (
    "nhà cái", "cá cược", "cá độ bóng đá", "kèo nhà cái", "kèo bóng đá", "soi kèo", "tỷ lệ kèo", "tỉ lệ kèo",
    "kèo châu á", "nổ hũ", "tài xỉu", "xóc đĩa", "bắn cá đổi thưởng", "game bài", "game đổi thưởng", "đánh bài online",
    "lô đề", "đánh đề", "soi cầu", "xổ số online", "đá gà trực tuyến", "đá gà thomo", "quay hũ",
    "khuyến mãi nạp", "cờ bạc online", "đánh bạc online", "cược thể thao", "cược bóng đá",
    "bầu cua", "link vào nhà cái",
)  # fmt: skip
# Written without marks, these mean nothing else.
BARE = ("nha cai", "ca cuoc", "ca do bong da", "soi keo", "keo nha cai", "no hu", "tai xiu", "xoc dia", "game bai",
        "soi cau", "doi thuong", "da ga truc tuyen", "lo de online")  # fmt: skip
NAMES = (
    "casino", "baccarat", "jackpot", "slot game", "slots", "poker", "roulette", "blackjack", "sicbo", "sportsbook",
    "betting", "sbobet", "bet365", "188bet", "12bet", "789bet", "8xbet", "f8bet", "shbet", "debet", "thabet", "kubet",
    "fabet", "vwin", "fun88", "fb88", "w88", "m88", "bk8", "hi88", "new88", "jun88", "vn88", "789club", "sunwin",
    "go88", "b52club", "rikvip", "iwin", "win55", "mb66", "qh88", "okvip", "xoilac", "cakhia", "zbet", "mu88", "8kbet",
    "123b", "bong88", "loto188", "ee88", "ae888", "j88", "sv88", "6686", "rr88", "uu88", "98win", "88vin",
)  # fmt: skip
# Where two of these stand too, the text is probably news of a case.
CASE = ("khởi tố", "tạm giam", "tạm giữ", "bắt giữ", "triệt phá", "công an", "tòa án", "toà án", "bị cáo", "đối tượng",
        "đường dây", "xét xử", "truy tố", "cảnh báo", "phòng ngừa", "vi phạm pháp luật")  # fmt: skip
_GAP = r"(?:\s+|[-_.·*|/+]{1,2})"
_HOST = re.compile(
    r"bet\d|\dbet|(?:^|[.-])bet|betvn|betviet|betclub|[.](?:bet|casino|poker)$|casino|nhacai|nha-cai|taixiu|tai-xiu|nohu|no-hu|lode|lo-de|soicau|"
    r"soi-cau|soikeo|soi-keo|keonhacai|xocdia|xoilac|cakhia|poker|baccarat|slot|jackpot|doithuong|gamebai|game-bai|"
    r"cacuoc|ca-cuoc|\d{2,3}(?:win|club|vip)|(?:^|[.-])[a-z]{1,6}(?:88|888|789|68)[.]|(?:win|club|vip)\d{2,3}"
)


def _phrase(words: str) -> str:
    return _GAP.join(map(re.escape, words.split()))


_ALL = "|".join(sorted(map(_phrase, (*PHRASES, *BARE, *NAMES)), key=len, reverse=True))
_WORDS = re.compile(rf"(?<!\w)(?:{_ALL})(?!\w)(?! (?:xuất|nghị))")
_CASE = re.compile("|".join(map(re.escape, CASE)))
# By its last word without marks, what stands before it in a phrase, the nearest word first.
_ENDS: defaultdict[str, list[list[str]]] = defaultdict(list)
for _one in (*PHRASES, *BARE, *NAMES):
    *_before, _last = words(_one)
    _ENDS[_last].append(_before[::-1])


def possible(vector: Vector) -> bool:
    """Whether `words_in` can find anything in a title, a lead or a body of these words: a thirtieth of its time."""
    found = vector.places.keys()
    for last in found & _ENDS.keys():
        for before in _ENDS[last]:
            if all(word in found for word in before):
                ends = vector.numbers(last)
                for distance, word in enumerate(before, start=1):
                    ends &= {place + distance for place in vector.numbers(word)}
                if ends:
                    return True
    return False


def words_in(text: str, most: int = 8) -> list[str]:
    """The betting trade's words in a plain text, each once, at most `most`, in the order in which they stand."""
    found: dict[str, None] = {}
    for match in _WORDS.finditer(nfc(text).lower()):
        found[" ".join(match[0].split())[:60]] = None
        if len(found) == most:
            break
    return list(found)


def is_case(text: str) -> bool:
    """Whether a text sounds like news of a case before the police or a court."""
    return len(set(_CASE.findall(nfc(text).lower()))) >= 2


def is_suspicious(host: str) -> bool:
    """Whether a host is named as betting sites are."""
    return _HOST.search(host) is not None
