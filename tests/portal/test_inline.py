"""Style sheets and the script that stand in the page itself, and the picture that the headers name."""
import re
from base64 import b64encode
from hashlib import sha256

import factories
import pytest

from portal import inline, site
from portal.models import SiteSettings

pytestmark = pytest.mark.django_db


def hashes(pattern, html):
    texts = re.findall(pattern, html, re.S)
    return {f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts}


def policy(response):
    return {rule.split()[0]: set(rule.split()[1:]) for rule in response["Content-Security-Policy"].split("; ")}


@pytest.mark.parametrize("address", ["/", "/tim-kiem/", "/dang-nhap/", "/khong-co/", "/lien-he/", "/ngoai-tuyen/",
                                     "/rss/"])  # fmt: skip
def test_the_policy_lets_in_what_stands_in_a_page_and_no_more(client, address):
    response = client.get(address)
    html = response.content.decode()
    styles = hashes(r"<style>(.*?)</style>", html)
    scripts = hashes(r"<script>(.*?)</script>", html)
    rules = policy(response)
    assert styles <= rules["style-src"]
    assert scripts <= rules["script-src"]
    assert (len(styles) >= 2, len(scripts)) == ((True, 1) if address != "/rss/" else (False, 0))
    assert len(rules["style-src"]) == 1 + len(inline.SHEETS)
    assert len(rules["script-src"]) == 1 + len(inline.SCRIPTS)
    assert 'rel="stylesheet"' not in html


def test_a_page_that_is_known_already_keeps_its_policy(client):
    whole = client.get("/")
    again = client.get("/", headers={"If-None-Match": whole["ETag"]})
    assert again.status_code == 304
    assert policy(again) == policy(whole)


def test_the_citys_own_colour_stands_in_the_page_and_in_the_policy(client):
    SiteSettings.objects.create(colour="#0b5d3b")
    site.forget()
    response = client.get("/")
    html = response.content.decode()
    assert "<style>:root{--brand:#0b5d3b}</style>" in html
    assert hashes(r"<style>(.*?)</style>", html) <= policy(response)["style-src"]


@pytest.mark.parametrize("bad", ["", "zzzzzz", "}</style><script>", "0b5d3b}"])
def test_nothing_but_a_colour_becomes_a_colours_sheet(bad):
    assert inline.own_colour(bad) == ""


def test_pages_with_a_wider_policy_have_no_hash_that_would_narrow_it(admin_client):
    rules = policy(admin_client.get("/quan-tri/news/article/add/"))
    assert "'unsafe-inline'" in rules["style-src"]
    assert not [source for source in rules["style-src"] | rules["script-src"] if source.startswith("'sha256-")]


@pytest.mark.parametrize("name", inline.SHEETS)
def test_a_sheet_loses_nothing_but_its_comments_and_blanks(name, settings):
    source = (settings.BASE_DIR / f"static/css/{name}.css").read_text()
    bare = re.sub(r"/\*.*?\*/", "", source, flags=re.S)
    assert re.sub(r"\s+|;(?=\s*})", "", inline.sheet(name)) == re.sub(r"\s+|;(?=\s*})", "", bare)
    assert re.findall(r'"[^"]*"', inline.sheet(name)) == re.findall(r'"[^"]*"', bare)
    assert "</" not in inline.sheet(name).replace("%3C/", "")
    assert len(inline.sheet(name)) < len(source)


def test_the_headers_name_the_first_picture_as_the_page_does(client):
    article = factories.article(image=factories.image())
    for address in ("/", article.get_absolute_url(), article.category.get_absolute_url()):
        response = client.get(address)
        named = re.fullmatch(
            r'<(/media/[^>]+)>; rel=preload; as=image; type="(image/[a-z]+)"; fetchpriority=high; '
            r'imagesrcset="([^"]+)"; imagesizes="([^"]+)"', response["Link"],
        )  # fmt: skip
        source = f'<source type="{named[2]}" srcset="{named[3]}" sizes="{named[4]}">'
        html = response.content.decode()
        assert 'fetchpriority="high"' in html[html.index(source) :].partition("</picture>")[0]
        assert named[1] in named[3]


def test_a_page_without_a_picture_names_none(client):
    article = factories.article()
    for address in (article.get_absolute_url(), "/so-do-cong/"):
        assert not client.get(address).has_header("Link")
