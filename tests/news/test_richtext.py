"""What a text becomes: clean structure from any paste, the same a second time and in every process, in bounded time."""
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import clipboards
import megabytes
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from news import editor_files, richtext, widgets
from news.richtext import features

# ---------------------------------------------------------------- one table


def test_the_editor_may_make_exactly_what_the_sanitiser_keeps():
    rules = dict.fromkeys(rule.split("[")[0].split("(")[0] for rule in features.allowed_content().split("; "))
    assert set(rules) == features.TAGS
    for tag, attributes in features.ATTRIBUTES.items():
        for name in attributes:
            assert f"{tag}[" in features.allowed_content() and name in features.allowed_content()
    config = widgets.RichTextWidget().config
    assert config["allowedContent"] == features.allowed_content()
    assert config["format_tags"] == "p;h2;h3;h4"
    assert not {"scayt", "wsc", "exportpdf", "iframe", "forms", "templates"} - set(config["removePlugins"].split(","))


def test_the_editor_comes_with_the_scripts_for_pasting_and_for_the_library():
    scripts = str(widgets.RichTextWidget().media)
    assert all(name in scripts for name in ("ckeditor.js", "js/paste.js"))
    removed = widgets.RichTextWidget().config["removePlugins"].split(",")
    assert not set(removed) & {*editor_files.EXTRA_PLUGINS, "uploadwidget", "filetools"}


def test_the_help_under_the_field_names_every_feature():
    assert all(feature.help in features.HELP for feature in features.FEATURES)


EXAMPLES = {
    "p": '<p class="can-giua">x</p>', "br": "<p>x<br>y</p>", "hr": "<hr>", "h2": "<h2>x</h2>", "h3": "<h3>x</h3>",
    "h4": "<h4>x</h4>", "strong": "<p><strong>x</strong></p>", "em": "<p><em>x</em></p>", "u": "<p><u>x</u></p>",
    "s": "<p><s>x</s></p>", "sub": "<p>x<sub>2</sub></p>", "sup": "<p>x<sup>2</sup></p>", "ul": "<ul><li>x</li></ul>",
    "ol": '<ol start="3"><li>x</li></ol>', "li": "<ul><li>x<ul><li>y</li></ul></li></ul>",
    "blockquote": "<blockquote><p>x</p></blockquote>",
    "table": '<table><caption>x</caption><thead><tr><th scope="col">a</th><th class="can-phai" scope="col">b</th></tr>'
             '</thead><tbody><tr><td colspan="2">c</td></tr></tbody>'
             "<tfoot><tr><td>d</td><td>e</td></tr></tfoot></table>",
    "a": '<p><a href="https://chinhphu.vn/" title="y">xy</a> <a href="/tep/3/mau.pdf">mẫu</a> '
         '<a href="mailto:a@b.vn">thư</a> <a href="tel:0208">gọi</a></p>',
    "figure": '<figure class="anh-phai"><img src="/media/anh/a.jpg" alt="x" width="640" height="360">'
              "<figcaption>x</figcaption></figure>",
    "video": '<figure class="video"><a href="https://vimeo.com/76979871">Lễ hội</a></figure>',
    "notes": '<p>x<a href="#ghi-chu-1"><sup>1</sup></a></p>\n<ol class="ghi-chu"><li>y</li></ol>',
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_the_table_allows_is_kept_as_it_is(name):
    assert richtext.sanitise(EXAMPLES[name]) == EXAMPLES[name]


# ---------------------------------------------------------------- paste


@pytest.mark.parametrize("program", clipboards.ALL)
def test_a_paste_becomes_clean_structure(program):
    raw, clean = clipboards.ALL[program]
    assert richtext.sanitise(raw) == clean


@pytest.mark.parametrize(("raw", "clean"), [
    ("<p>a</p><p>&nbsp;</p><p><br></p><p> </p><p>b</p>", "<p>a</p>\n<p>b</p>"),
    ("<p>a<br><br>b</p>", "<p>a</p>\n<p>b</p>"),
    ("<h1>A</h1><h2>B</h2><h5>C</h5>", "<h2>A</h2>\n<h3>B</h3>\n<h4>C</h4>"),
    ("<h2><b>A</b></h2>", "<h2>A</h2>"),
    ("một\n\nhai & ba", "<p>một</p>\n<p>hai &amp; ba</p>"),
    ("<b>a</b><b>b</b> <i>c</i>", "<p><strong>ab</strong> <em>c</em></p>"),
    ("<p><strong><strong>a</strong></strong><em></em></p>", "<p><strong>a</strong></p>"),
    ("<sub><sub><sub>nhỏ dần</sub></sub></sub>", "<p><sub>nhỏ dần</sub></p>"),
    ("<div>a<div>b</div>c</div>", "<p>a</p>\n<p>b</p>\n<p>c</p>"),
    ("<p>a<table><tr><td>b</table>", "<p>a</p>\n<table><tbody><tr><td>b</td></tr></tbody></table>"),
    ("<table><tr><th>Năm</th><td>x</td></tr><tr><th>a</th><td>y</td></tr></table>",
     '<table><tbody><tr><th scope="row">Năm</th><td>x</td></tr>'
     '<tr><th scope="row">a</th><td>y</td></tr></tbody></table>'),
    ("<center>giữa</center>", '<p class="can-giua">giữa</p>'),
    ("<pre>a\nb</pre>", "<p>a<br>b</p>"),
    ("<p class=MsoListParagraph>1. một</p><p class=MsoListParagraph>2. hai</p>", "<ol><li>một</li><li>hai</li></ol>"),
    ("<xml><w:View>Normal</w:View></xml><p>x</p>", "<p>x</p>"),
    ('<img src="data:image/png;base64,AAAA"><p>x</p>', "<p>x</p>"),
    ('<p><img src="/media/anh/a.jpg"></p>', '<p><img src="/media/anh/a.jpg" alt=""></p>'),
    ("<p>a\u200bb\u202ec\u00add\ufeff</p>", "<p>abcd</p>"),
    ("<p>z\u0301\u0301\u0301\u0301\u0301\u0301</p>", "<p>\u017a\u0301\u0301\u0301</p>"),
    ("<p>👨\u200d👩\u200d👧 ❤️</p>", "<p>👨\u200d👩\u200d👧 ❤️</p>"),
    ("<p>Ngày\u00a023</p>", "<p>Ngày&nbsp;23</p>"),
    ("<p>a &nbsp; b</p>", "<p>a b</p>"),
])  # fmt: skip
def test_what_it_becomes(raw, clean):
    assert richtext.sanitise(raw) == clean


def test_white_text_in_a_coloured_cell_is_seen_and_stays():
    cell = "<td><span style='color:#fff'>Năm</span></td>"
    assert "Năm" in richtext.sanitise(f"<table><tr style='background:#1F4E79'>{cell}<td>x</td></tr></table>")
    assert "Năm" not in richtext.sanitise(f"<table><tr>{cell}<td>x</td></tr></table>")


@pytest.mark.parametrize("address", [
    "https://youtu.be/dQw4w9WgXcQ", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3",
    "https://youtube.com/shorts/dQw4w9WgXcQ",
    "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "https://m.youtube.com/watch?v=dQw4w9WgXcQ",
])  # fmt: skip
def test_the_address_of_a_film_on_a_line_of_its_own_becomes_a_film(address):
    page = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert richtext.sanitise(f"<p>{address}</p>") == f'<figure class="video"><a href="{page}">{page}</a></figure>'


@pytest.mark.parametrize("address", ["https://evil.example/watch?v=dQw4w9WgXcQ",
                                     "https://youtu.be.evil.example/dQw4w9WgXcQ",
                                     "https://youtu.be/x", "https://www.youtube.com/@kenh"])  # fmt: skip
def test_other_addresses_are_no_films(address):
    figure = f"<figure class=video><a href='{address}'>{address}</a></figure>"
    assert "video" not in richtext.sanitise(f"<p>{address}</p>{figure}")


@pytest.mark.parametrize(("typed", "stored"), [
    ("https://Chinhphu.VN/A", "https://chinhphu.vn/A"),
    ("https://thаinguyen.gov.vn/", "https://xn--thinguyen-1yh.gov.vn/"),  # with a Cyrillic а
    ("HTTP://chinhphu.vn:8080/?a=1&b=2#c", "http://chinhphu.vn:8080/?a=1&amp;b=2#c"),
    ("/bai-viet/a-1/", "/bai-viet/a-1/"),
])  # fmt: skip
def test_a_host_is_stored_as_browsers_ask_for_it(typed, stored):
    assert f'<a href="{stored}">xy</a>' in richtext.sanitise(f'<p><a href="{typed}">xy</a></p>')


# ---------------------------------------------------------------- the same again


OLD_TAGS = ["div", "span", "b", "h1", "font", "svg", "center", "iframe", "o:p", "select", "noscript"]
TRICKS = [
    '<a href="https://a.vn/">', '<a href="#_ftn1">', '<a href="#_ftnref1">', "<p class=MsoTitle>", "<!--", "-->", "&",
    '<p class="can-giua">', '<p style="mso-list:l0 level2 lfo1">', "<span style='mso-list:Ignore'>1.</span>", "<", '"',
    '<p class="MsoListParagraph">', '<img src="/media/a.jpg">', '<figure class="video">', '<ol class="ghi-chu">', "1. ",
    '<td colspan="3">', '<span style="font-weight:700">', '<span style="color:white">', "<![if x]>", "&nbsp;",
    "&#8203;", "\u00a0", "\u200b", "https://youtu.be/dQw4w9WgXcQ",
]  # fmt: skip
PIECES = st.one_of(
    st.sampled_from([f"<{name}>" for name in (*sorted(features.TAGS), *OLD_TAGS)]),
    st.sampled_from([f"</{name}>" for name in (*sorted(features.TAGS), *OLD_TAGS)]),
    st.sampled_from(TRICKS),
    st.text(max_size=12),
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("<a href='#_ftnref1'>1</a><hr><table><caption>x")
def test_a_second_time_changes_nothing(text):
    once = richtext.sanitise(text)
    assert richtext.sanitise(str(once)) == once
    assert unicodedata.is_normalized("NFC", once)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z", "M"]), min_size=1, max_size=60))
def test_no_letter_is_lost(text):
    wanted = unicodedata.normalize("NFC", text)
    assert richtext.plain(richtext.sanitise(richtext.paragraphs(text))) == wanted.replace("\u3164", "")


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_rendering_keeps_every_word(text):
    clean = richtext.sanitise(text)
    shown = richtext.render(clean, [("UBND", "Ủy ban")])
    words = richtext.plain(shown).replace("↩", "").split()
    missing = [word for word in richtext.plain(clean).split() if word not in words and "://" not in word]
    assert missing == []


def test_every_process_writes_the_same_bytes():
    program = (
        "import attacks, clipboards, hashlib\n"
        "from news.richtext import render, sanitise\n"
        "digest = hashlib.sha256()\n"
        "for text in [*(payload for _, payload in attacks.PAYLOADS), *(raw for raw, _ in clipboards.ALL.values())]:\n"
        "    clean = sanitise(text)\n"
        "    digest.update((clean + render(clean, [('UBND', 'x'), ('TP', 'y')])).encode())\n"
        "print(digest.hexdigest())"
    )
    here = Path(__file__).resolve().parent
    root = here.parent.parent
    paths = os.pathsep.join([str(root), str(here)])
    seen = set()
    for seed in ("0", "1", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "portal.settings"}
        seen.add(subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root,
            env={**environment, "PYTHONPATH": paths},
        ).stdout)  # fmt: skip
    assert len(seen) == 1


# ---------------------------------------------------------------- bounds


@pytest.mark.slow
@pytest.mark.parametrize("name", megabytes.NAMES)
def test_a_million_characters_of_anything_are_answered_and_stay_as_they_are(name):
    clean = megabytes.answer(megabytes.text(name))
    if clean is not None:
        # Neither longer than a text may be, nor another one, when it is saved again.
        assert richtext.sanitise(str(clean)) == clean


@pytest.mark.parametrize("grows", ["&" * 300_000, "<" * 400_000, "x" * 1_000_001, "\xa0x" * 200_000])
def test_a_text_that_would_be_too_long_when_saved_again_is_refused_at_once(grows):
    with pytest.raises(richtext.TextTooLongError, match=r"1\.000\.000 ký tự"):
        richtext.sanitise(grows)


def test_a_text_of_more_elements_than_any_article_keeps_its_words():
    clean = richtext.sanitise("<table>" + "<tr><td>x<td>y" * 15_000)
    assert clean.startswith("<p>x</p>\n<p>y</p>")
    assert richtext.sanitise(str(clean)) == clean


def test_words_inside_deep_nesting_are_kept():
    assert richtext.sanitise("<div><b>" * 5_000 + "sâu" + "</b></div>" * 5_000) == "<p><strong>sâu</strong></p>"
