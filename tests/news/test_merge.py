"""Two people's changes in one text: both are kept, or nobody is asked to trust a guess."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.merge import merge_html, merge_words

WORDS = ["hội", "nghị", "thành", "phố", "thống", "nhất"]
sentences = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
blocks = st.lists(st.sampled_from([f"<p>{word}</p>" for word in WORDS] + ["<ul><li>một</li><li>hai</li></ul>"]),
                  max_size=8)  # fmt: skip
BASE = "<p>Một</p>\n<p>Hai</p>\n<p>Ba</p>"


@pytest.mark.parametrize(("base", "mine", "theirs", "merged"), [
    ("Hội nghị lớn của thành phố", "Cuộc nghị lớn của thành phố", "Hội nghị lớn của tỉnh phố",
     "Cuộc nghị lớn của tỉnh phố"),
    ("một hai ba bốn", "một hai ba bốn năm", "không hai ba bốn", "không hai ba bốn năm"),
    ("một hai", "một ba", "một ba", "một ba"),
    ("một hai", "một ba", "một bốn", None),
    ("hội nghị", "cuộc nghị", "hội họp", None),  # neighbours: `cuộc họp` is nobody's
    ("một", "", "một hai", None),
])  # fmt: skip
def test_words_of_both_are_kept_unless_they_met(base, mine, theirs, merged):
    assert merge_words(base, mine, theirs) == merged


@pytest.mark.parametrize(("mine", "theirs", "merged"), [
    (BASE.replace("Một", "Một sửa"), BASE.replace("Ba", "Ba sửa"), "<p>Một sửa</p>\n<p>Hai</p>\n<p>Ba sửa</p>"),
    (BASE.replace("Một", "Một sửa"), BASE.replace("Hai", "Hai sửa"), "<p>Một sửa</p>\n<p>Hai sửa</p>\n<p>Ba</p>"),
    (BASE.replace("Một", "Một sửa"), BASE.replace("Một", "Một khác"), None),
    (BASE.replace("<p>Hai</p>", ""), BASE.replace("Hai", "Hai sửa"), None),
    (BASE + "<p>Bốn</p>", "<p>Không</p>" + BASE, "<p>Không</p>\n" + BASE + "\n<p>Bốn</p>"),
    (BASE + "<p>Bốn</p>", BASE + "<p>Năm</p>", None),
    (BASE + "<p>Bốn</p>", BASE + "<p>Bốn</p>", BASE + "<p>Bốn</p>"),
])  # fmt: skip
def test_blocks_of_both_are_kept_unless_they_met(mine, theirs, merged):
    assert merge_html(BASE, mine, theirs) == merged


def test_two_items_of_one_list_are_two_places():
    base = "<ul><li>Một</li><li>Hai</li></ul>"
    merged = merge_html(base, base.replace("Một", "1"), base.replace("Hai", "2"))
    assert merged == "<ul><li>1</li>\n<li>2</li></ul>"
    assert merge_html(base, base.replace("Một", "1"), base.replace("Một", "I")) is None


def test_two_cells_of_one_row_are_two_places():
    base = "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
    merged = merge_html(base, base.replace("a</td>", "1</td>"), base.replace("b</td>", "2</td>"))
    assert merged.replace("\n", "") == "<table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"


def test_words_outside_any_block_are_a_block():
    assert merge_html("mở <em>đầu</em><p>x</p>", "mở <em>bài</em><p>x</p>", "mở <em>đầu</em><p>y</p>") == (
        "mở <em>bài</em>\n<p>y</p>"
    )


@pytest.mark.parametrize("merge", [merge_words, merge_html])
@given(sentences, sentences)
def test_who_changed_nothing_gets_the_other_s_text(merge, base, changed):
    assert merge(base, base, changed) == changed
    assert merge(base, changed, base) == changed
    assert merge(base, changed, changed) == changed


@given(blocks, blocks)
def test_of_html_too(base, changed):
    base, changed = "".join(base), "".join(changed)
    assert merge_html(base, base, changed) == changed
    assert merge_html(base, changed, base) == changed


@given(blocks, st.lists(st.tuples(st.booleans(), st.integers(0, 8), st.booleans()), max_size=6))
def test_no_block_that_either_added_is_lost_and_none_that_neither_took_out(base, edits):
    mine, theirs = list(base), list(base)
    added = []
    for number, (whose, place, inserts) in enumerate(edits):
        text = mine if whose else theirs
        block = f"<p>mới {number}</p>"
        if inserts or place >= len(text):
            text.insert(place, block)
        else:
            text[place] = block
    added = [block for block in mine + theirs if "mới" in block]
    kept = [block for block in base if mine.count(block) == theirs.count(block) == base.count(block)]
    merged = merge_html("".join(base), "".join(mine), "".join(theirs))
    if merged is not None:
        assert [block for block in {*added, *kept} if block not in merged.replace("\n", "")] == []


@given(blocks, blocks, blocks)
def test_it_does_not_matter_who_comes_first(base, mine, theirs):
    one, other = (merge_html("".join(base), "".join(a), "".join(b)) for a, b in ((mine, theirs), (theirs, mine)))
    assert (one is None) == (other is None)
    if one is not None:
        assert one.replace("\n", "") == other.replace("\n", "")


@given(st.text(), st.text(), st.text())
def test_no_text_is_too_odd_to_merge(base, mine, theirs):
    merge_words(base, mine, theirs)
    merge_html(base, mine, theirs)
