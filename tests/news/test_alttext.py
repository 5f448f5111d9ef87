"""Descriptions that describe nothing are refused, with the reason; those that people write are taken."""
import pytest

from news import alttext

GOOD = [
    "Cầu bắc qua sông Công lúc bình minh", "Đồng chí Chủ tịch UBND thành phố phát biểu", "Biểu đồ thu ngân sách 2021",
    "Ảnh chụp toàn cảnh hội nghị", "Trụ sở Ủy ban", "Logo của Đoàn thanh niên", "Lễ trao giải 2026", "Ruộng bậc thang",
]  # fmt: skip
FILE_NAMES = [
    "IMG_2034.jpg", "IMG_2034", "DSC00012", "image001", "image 001", "anh.png", "Screenshot 2021-03-24", "ảnh1",
    "hinh_02",
    "z4567890123456_abcdef0123456789", "FB_IMG_1616558400000", "20210324_102100", "d41d8cd98f00b204e9800998ecf8427e",
    "Untitled-1", "PXL_20210324_102100123", "cau-song-cong.webp", "photo (2)", "2021-03-24", "anh_1-2",
]  # fmt: skip
EMPTY_WORDS = ["ảnh", "Ảnh.", "hình ảnh", "Ảnh minh họa", "Hình minh hoạ", "image", "picture", "ảnh đại diện",
               "Ảnh tư liệu", "...", "—", "123", "logo", "banner", "ảnh bài viết", "x"]  # fmt: skip


@pytest.mark.parametrize("alt", [text for text in GOOD if len(text) > 3])
def test_a_description_is_taken(alt):
    assert alttext.problem(alt, file_name="IMG_1.jpg", beside=("Chú thích khác", "")) == ""


@pytest.mark.parametrize("alt", FILE_NAMES)
def test_a_file_name_is_refused(alt):
    assert alttext.problem(alt)


@pytest.mark.parametrize("alt", EMPTY_WORDS)
def test_words_that_say_nothing_are_refused(alt):
    assert alttext.problem(alt)


def test_the_uploaded_files_own_name_is_refused():
    assert "tên tệp" in alttext.problem("cầu sông Công", file_name="C:\\anh\\cau_song-cong.JPG")


@pytest.mark.parametrize("alt", [
    "Cầu mới khánh thành", "CẦU MỚI khánh thành.", "cau moi khanh thanh", " Cầu  mới khánh thành ",
])  # fmt: skip
def test_a_copy_of_the_words_beside_it_is_refused(alt):
    assert "chú thích" in alttext.problem(alt, beside=("", "Cầu mới khánh thành"))


def test_nothing_at_all_asks_for_a_description_or_the_mark():
    assert "Ảnh trang trí" in alttext.problem("  ")
