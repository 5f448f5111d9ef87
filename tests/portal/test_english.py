"""The few pages in English: their own shell, Vietnamese marked where it stays, each language leading to the other."""
import re
from html.parser import HTMLParser

import factories
import pytest
from django.core.exceptions import ValidationError

from news.models import Page
from news.vietnamese import fold
from portal.models import Link, MenuItem, SiteSettings

pytestmark = pytest.mark.django_db
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Spoken(HTMLParser):
    """{language: what a page says in it}, by the nearest `lang` around each text."""

    def __init__(self, html):
        super().__init__()
        self.stack, self.said = [], {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        language = attrs.get("lang") or (self.stack[-1][1] if self.stack else "")
        if tag not in VOID:
            self.stack.append((tag, language))
        for name in ("alt", "aria-label", "title"):
            if tag != "link" and attrs.get(name):
                self.said.setdefault(language, []).append(attrs[name])

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and self.stack[-1][0] not in {"script", "style"}:
            self.said.setdefault(self.stack[-1][1], []).append(data.strip())


@pytest.fixture
def pages():
    SiteSettings.objects.create(english_name="Song Cong City Portal", phone="0208 3 862 123", licence="Số 1")
    MenuItem.objects.create(label="Giới thiệu", address="/trang/gioi-thieu/")
    Link.objects.create(label="Chính phủ", address="https://chinhphu.vn/")
    vietnamese = factories.page("Cơ cấu tổ chức")
    english = factories.page("How the city is governed", body="<p>Ten wards.</p>", language="en", slug="structure",
                             translation_of=vietnamese)  # fmt: skip
    return vietnamese, english


def alternates(html):
    return dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="http://testserver([^"]+)">', html))


def test_an_english_page_is_english_and_marks_what_is_not(client, pages):
    for address in (pages[1].get_absolute_url(), "/en/"):
        html = client.get(address).content.decode()
        said = Spoken(html).said
        assert re.search("<html lang=.en.>", html)
        assert [text for text in said["en"] if fold(text) != text.casefold()] == []
        assert "Skip to content" in said["en"]
        assert "Tiếng Việt" in " ".join(said["vi"])
        assert html.count("<h1") == 1


def test_a_vietnamese_page_says_english_in_english_alone(client, pages):
    from test_no_english import english_in

    for address in ("/", pages[0].get_absolute_url(), "/so-do-cong/"):
        said = Spoken(client.get(address).content.decode()).said
        assert "English" in " ".join(said["en"])
        assert [word for text in said["vi"] for word in english_in(text)] == []


def test_both_languages_lead_to_each_other(client, pages, django_assert_max_num_queries):
    vietnamese, english = (page.get_absolute_url() for page in pages)
    client.get("/")
    both = {"vi": vietnamese, "en": english, "x-default": vietnamese}
    for address in (vietnamese, english):
        with django_assert_max_num_queries(1):
            html = client.get(address).content.decode()
        assert alternates(html) == both
        for other in {vietnamese, english} - {address}:
            assert f'href="{other}"' in html
    assert alternates(client.get("/").content.decode()) == alternates(client.get("/en/").content.decode()) == {
        "vi": "/", "en": "/en/", "x-default": "/"}  # fmt: skip
    entries = re.findall(r"<url>(.*?)</url>", client.get("/sitemap-trang.xml").content.decode())
    for address in (vietnamese, english):
        (entry,) = [entry for entry in entries if f"<loc>http://testserver{address}<" in entry]
        assert dict(re.findall(r'hreflang="([\w-]+)" href="http://testserver([^"]+)"/>', entry)) == both


def test_without_an_english_page_there_is_no_english(client, pages):
    Page.objects.filter(language="en").update(published=False)
    html = client.get(pages[0].get_absolute_url()).content.decode()
    assert "English" not in html
    assert alternates(html) == {}
    assert client.get("/en/").status_code == 404
    assert client.get(pages[1].get_absolute_url()).status_code == 404
    assert "hreflang" not in client.get("/sitemap-trang.xml").content.decode()


@pytest.mark.parametrize(("which", "values", "said"), [
    (0, {"language": "en"}, "phải là trang tiếng Việt"),
    (None, {"language": "vi"}, "không là bản dịch"), (None, {"language": "en"}, "đã có bản dịch"),
])  # fmt: skip
def test_a_page_has_one_translation_and_is_none_of_a_translation(pages, which, values, said):
    page = pages[which] if which is not None else Page(title="Khác", body="<p>x</p>", translation_of=pages[0])
    for name, value in values.items():
        setattr(page, name, value)
    with pytest.raises(ValidationError, match=said):
        page.full_clean()
