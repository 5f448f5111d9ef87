"""What a comparison of two texts tells: words, blocks, and what is neither."""

import megabytes
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news import alignment, blocks, diffing, richtext
from news.richtext import features

SYLLABLES = ["hội", "nghị", "thành", "phố", "đã", "thống", "nhất", "nhiều", "nội", "dung", "quan", "trọng", "đầu", "tư"]


def told(pieces):
    """Pieces in one line: `kept -removed- +added+ ~restyled~`."""
    signs = {"same": "", "added": "+", "removed": "-", "restyled": "~", "skipped": "…"}
    return " ".join(f"{signs[piece.kind]}{piece.text}{signs[piece.kind]}" for piece in pieces)


def one(before, after):
    """The only block that differs."""
    changed = [block for block in diffing.compare_html(before, after).blocks if block.kind not in {"same", "skipped"}]
    assert len(changed) == 1
    return changed[0]


@pytest.mark.parametrize(("before", "after", "shown"), [
    ("Hội nghị hôm qua", "Hội nghị hôm nay", "Hội nghị hôm -qua- +nay+"),
    ("Hội nghị", "Hội nghị lớn", "Hội nghị +lớn+"),
    ("Cầu hoà bình", "Cầu hòa bình", "Cầu -hoà- +hòa+ bình"),  # both right, and not the same
    ("", "Mới", "+Mới+"),
    ("Một\nHai", "Một Hai", "Một -↵- Hai"),
])  # fmt: skip
def test_words_that_came_and_went_are_told(before, after, shown):
    assert told(diffing.compare_words(before, after).pieces) == shown


def test_letters_and_marks_sent_apart_are_no_change():
    assert not diffing.compare_words("Ủy ban", "U\u0309y ban").changed


def test_a_second_space_is_said_to_be_no_word():
    assert diffing.compare_words("Ủy ban", "Ủy  ban").only_spaces


def test_shreds_between_large_changes_are_read_as_one_phrase():
    assert told(diffing.compare_words("a b c và d e f", "m n o và p q r").pieces) == "-a b c và d e f- +m n o và p q r+"


def test_a_changed_paragraph_shows_its_words_and_its_neighbours():
    before = "".join(f"<p>Đoạn số {number} của bài</p>" for number in range(9))
    shown = diffing.compare_html(before, before.replace("số 4 của", "số bốn của")).blocks
    assert [block.kind for block in shown] == ["skipped", "same", "changed", "same", "skipped"]
    assert told(shown[2].pieces) == "Đoạn số -4- +bốn+ của bài"
    assert (shown[0].count, shown[4].count) == (3, 3)


def test_a_paragraph_that_went_elsewhere_is_moved_not_deleted():
    shown = diffing.compare_html("<p>A một</p><p>B hai</p><p>C ba</p>", "<p>B hai</p><p>C ba</p><p>A một</p>").blocks
    assert [block.kind for block in shown] == ["moved-away", "same", "same", "moved"]


def test_a_heading_that_became_a_paragraph_is_told():
    assert one("<h2>Kết quả</h2>", "<p>Kết quả</p>").notes == ("đề mục cấp 2 → đoạn văn",)


@pytest.mark.parametrize(("before", "after", "notes"), [
    ("Ủy ban họp", "Ủy <strong>ban</strong> họp", ("thêm chữ đậm",)),
    ("Ủy <em>ban</em> họp", "Ủy ban họp", ("bỏ chữ nghiêng",)),
    ('Mời <a href="https://a.vn/">xem</a>', 'Mời <a href="https://evil.vn/">xem</a>',
     ("đổi liên kết: https://a.vn/ → https://evil.vn/",)),
    ("Mời xem", 'Mời <a href="https://evil.vn/">xem</a>', ("thêm liên kết tới https://evil.vn/",)),
    ('Mời <a href="https://a.vn/">xem</a>', "Mời xem", ("bỏ liên kết tới https://a.vn/",)),
    ('Mời <a href="/a" title="Một">xem</a>', 'Mời <a href="/a" title="Hai">xem</a>',
     ("đổi liên kết: /a (chú giải: Một) → /a (chú giải: Hai)",)),
])  # fmt: skip
def test_what_is_no_word_is_told_beside_the_words(before, after, notes):
    block = one(f"<p>{before}</p>", f"<p>{after}</p>")
    restyled = [piece for piece in block.pieces if piece.kind == "restyled"]
    assert [piece.notes for piece in restyled] == [notes]
    assert not [piece for piece in block.pieces if piece.kind in {"added", "removed"}]


def test_a_link_in_new_words_shows_its_address():
    piece = one("<p>Một</p>", '<p>Một</p><p><a href="https://evil.vn/">Hai</a></p>').pieces[0]
    assert (piece.kind, piece.notes) == ("added", ("liên kết tới https://evil.vn/",))


def test_a_picture_put_in_the_place_of_another_is_told():
    block = one('<p>x</p><img src="/media/a.jpg" alt="Cầu">', '<p>x</p><img src="/media/b.jpg" alt="Cầu">')
    assert (block.kind, block.picture_before, block.picture_after) == ("changed", "/media/a.jpg", "/media/b.jpg")
    assert block.notes == ("đổi ảnh: /media/a.jpg → /media/b.jpg",)


@pytest.mark.parametrize(("before", "after"), [
    ("<p>x</p>", '<p class="can-giua">x</p>'),
    ("<ul><li>x</li></ul>", "<ol><li>x</li></ol>"),
    ("<ol><li>x</li></ol>", '<ol start="3"><li>x</li></ol>'),
    ("<table><tbody><tr><td>x</td></tr></tbody></table>",
     '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>'),
    ("<table><tbody><tr><td>x</td></tr></tbody></table>", "<table><tbody><tr><th>x</th></tr></tbody></table>"),
    ("<p>x</p>", "<blockquote><p>x</p></blockquote>"),
    ('<figure class="anh-trai"><img src="/media/a.jpg" alt="x"></figure>',
     '<figure class="anh-rong"><img src="/media/a.jpg" alt="x"></figure>'),
    ('<a href="/a"><img src="/media/a.jpg" alt=""></a>', '<a href="/b"><img src="/media/a.jpg" alt=""></a>'),
])  # fmt: skip
def test_a_change_of_setting_alone_is_told_in_words(before, after):
    assert one(before, after).notes


def test_every_setting_that_a_text_may_have_is_told_in_vietnamese():
    inline = {"a", "strong", "em", "u", "s", "sub", "sup", "br"}
    for tag, names in features.ATTRIBUTES.items():
        pairs = [("class", name) for name in features.CLASSES.get(tag, ())]
        pairs += [(name, "row" if name == "scope" else "7") for name in names if name not in {"src", "alt"}]
        for name, value in [] if tag in inline else pairs:
            plain, styled = blocks.Block(((tag, ()),), (), ()), blocks.Block(((tag, ((name, value),)),), (), ())
            assert plain.label != styled.label
            assert value not in styled.label.split(", ") or value == "video"
        assert tag in inline or tag in {"tbody", "tr"} or blocks.Block(((tag, ()),), (), ()).label != tag


def test_a_word_half_bold_is_still_one_word():
    block = one("<p>Ủy ban</p>", "<p><strong>Ủ</strong>y ban</p>")
    assert told(block.pieces) == "~Ủy~ ban"


def test_a_row_cut_in_two_is_not_passed_over_in_silence():
    before = "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
    assert diffing.compare_html(before, before.replace("</td><td>", "</td></tr><tr><td>")).only_markup


def test_entities_are_read_as_the_signs_they_are():
    block = one("<p>A &amp; B</p>", "<p>A &lt; B</p>")
    assert told(block.pieces) == "A -&- +<+ B"


html = st.lists(
    st.tuples(st.sampled_from(["p", "h2", "li", "blockquote"]), st.lists(st.sampled_from([*SYLLABLES[:5], "<br>"]))),
    max_size=8,
).map(lambda blocks: "".join(f"<{tag}>{' '.join(words)}</{tag}>" for tag, words in blocks))


@given(html, html)
def test_a_comparison_says_same_only_of_the_same(before, after):
    before, after = richtext.sanitise(before), richtext.sanitise(after)
    assert diffing.compare_html(before, after).changed == (before.split() != after.split())


@given(st.text(), st.text())
def test_no_text_is_too_odd_to_compare(before, after):
    diffing.compare_html(before, after)
    diffing.compare_words(before, after)


@given(st.text("abc", max_size=30), st.text("abc", max_size=30))
def test_a_common_subsequence_is_as_long_as_can_be(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            table[i + 1][j + 1] = table[i][j] + 1 if x == y else max(table[i][j + 1], table[i + 1][j])
    kept = len(a) - sum(hunk.end - hunk.start for hunk in alignment.hunks(a, b))
    assert kept == table[-1][-1]


@given(st.lists(st.integers(0, 4), max_size=40), st.lists(st.integers(0, 4), max_size=40), st.integers(0, 200))
@settings(max_examples=300)
def test_hunks_make_one_sequence_of_the_other_whatever_the_budget(a, b, cells):
    made, done = [], 0
    for hunk in alignment.hunks(a, b, alignment.Budget(cells)):
        made += a[done : hunk.start] + b[hunk.new_start : hunk.new_end]
        done = hunk.end
    assert made + a[done:] == b


@pytest.mark.slow
@pytest.mark.parametrize("name", megabytes.PAIRS)
def test_a_megabyte_is_compared_with_another(name):
    assert diffing.compare_html(*megabytes.pair(name)).changed
