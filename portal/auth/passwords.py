"""What a password must be: long, on no list, and not made of its owner's names.

14 characters, or 8 beside a second factor (NIST SP 800-63B; OWASP ASVS 5.0, 6.2): no rule on kinds of characters.
"""
import re
from itertools import pairwise

from django.core.exceptions import ValidationError

from news.vietnamese import fold
from portal.auth import factor
from portal.models.text import nfc

ALONE, BESIDE_A_FACTOR, LONGEST = 14, 8, 500  # characters
LEAST_OWN = 6  # characters that are neither the owner's names nor on the list
LEAST_DIFFERENT = 5
# What Vietnamese passwords are made of where a leak shows them, without marks; longest first, so that all of one goes.
USUAL = sorted([
    "matkhau", "password", "passw0rd", "quantri", "quantrivien", "admin", "administrator", "anhyeuem", "emyeuanh",
    "iloveyou", "yeuem", "yeuanh", "vietnam", "hanoi", "saigon", "thainguyen", "songcong", "congthongtin", "ubnd",
    "chinhphu", "dangcongsan", "12345678910", "1234567890", "0123456789", "987654321", "123456789", "12345678",
    "1234567", "123456", "12345", "1234", "123123", "112233", "qwertyuiop", "qwerty", "asdfghjkl", "asdfgh", "zxcvbnm",
    "abcdefgh", "abcdef", "abcd", "abc123", "abc", "welcome", "letmein", "dangnhap", "xinchao", "taikhoan",
], key=len, reverse=True)  # fmt: skip
YEAR = re.compile(r"(?:19|20)\d\d")


def least_length(user) -> int:
    return BESIDE_A_FACTOR if user is not None and user.pk and factor.has(user) else ALONE


def stands_alone(typed: str) -> bool:
    """Whether a password is long enough without a second factor, as it is kept."""
    return len(nfc(typed)) >= ALONE


class LengthValidator:
    def validate(self, password, user=None):
        least = least_length(user)
        if len(password) < least:
            raise ValidationError(f"Mật khẩu cần ít nhất {least} ký tự: một câu dễ nhớ là đủ.", code="too_short")
        if len(password) > LONGEST:
            raise ValidationError(f"Mật khẩu dài quá {LONGEST} ký tự.", code="too_long")

    def get_help_text(self):
        return f"Ít nhất {ALONE} ký tự, hoặc {BESIDE_A_FACTOR} khi đã bật xác thực hai bước."


class GuessableValidator:
    """Refuses what is left with too little once names, usual words and years are taken out of it."""

    def validate(self, password, user=None):
        bare = re.sub(r"[\W_]", "", fold(password))
        if len(set(password)) < LEAST_DIFFERENT:
            raise ValidationError("Mật khẩu lặp lại quá ít ký tự khác nhau.", code="repeats")
        left = bare
        for part in names_of(user):
            left = left.replace(part, "")
        if left != bare and len(left) < LEAST_OWN:
            raise ValidationError("Mật khẩu gần như chỉ gồm tên của bạn.", code="own_names")
        for part in USUAL:
            left = left.replace(part, "")
        left = YEAR.sub("", left)
        # Marks and spaces say nothing here: what is all of them is judged by its length.
        if bare and len(left) < LEAST_OWN and len(left) < len(bare):
            raise ValidationError("Mật khẩu này dễ đoán: nó gồm những từ hay dãy số ai cũng dùng.", code="usual")
        if any(bare == bare[:size] * (len(bare) // size) for size in range(1, 7) if bare and len(bare) % size == 0
               and len(bare) > size):  # fmt: skip
            raise ValidationError("Mật khẩu chỉ là một đoạn ngắn lặp lại.", code="repeats")

    def get_help_text(self):
        return "Không dùng tên của bạn, và không dùng những mật khẩu ai cũng biết."


def names_of(user) -> list[str]:
    """Whole names and their words, without marks and spaces, longest first; what is shorter than three letters not."""
    found = set()
    for name in ("username", "full_name", "pen_name", "office", "email"):
        text = fold(getattr(user, name, "") or "").partition("@")[0]
        words = re.findall(r"[^\W_]+", text)
        found |= {"".join(words), *words}
        found |= {"".join(pair) for pair in pairwise(words)}
    return sorted((name for name in found if len(name) >= 3), key=len, reverse=True)
