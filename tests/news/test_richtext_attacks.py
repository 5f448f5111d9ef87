"""The attacks on a text, through the form, the import and the upload; what is left is read by another HTML parser."""
from urllib.parse import urlsplit

import attacks
import html5lib
import pytest
import ways_in
from django.forms import modelform_factory

from news import richtext
from news.models import Article, Page
from news.richtext.features import ATTRIBUTES, CLASSES, TAGS

STORED = {tag: ATTRIBUTES[tag] | ({"class"} if tag in CLASSES else set()) for tag in TAGS}
# What rendering may add to it.
ADDED = {
    "a": {"class", "rel", "role", "id", "aria-label"}, "div": {"class", "role", "aria-label", "tabindex"},
    "h2": {"id"}, "h3": {"id"}, "h4": {"id"}, "li": {"id"}, "abbr": {"title"}, "span": {"class"},
    "img": {"loading", "decoding", "class", "srcset", "sizes"},
    "picture": set(), "source": {"type", "srcset", "sizes"},
}  # fmt: skip
RENDERED = {tag: STORED.get(tag, set()) | ADDED.get(tag, set()) for tag in {*STORED, *ADDED}}
MEANT_ILL = [("UBND", '"><img src=x onerror=alert(1)>')]  # a list of abbreviations is typed by somebody, too


def elements(html):
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return [element for element in tree.iter() if element.tag != "DOCUMENT_FRAGMENT"]


def faults(html, allowed):
    """What another parser sees in a text that may not be there."""
    for element in elements(html):
        if not isinstance(element.tag, str):
            yield "a comment"
            continue
        if element.tag not in allowed:
            yield f"<{element.tag}>"
            continue
        for name, value in element.attrib.items():
            if name not in allowed[element.tag]:
                yield f"{element.tag} {name}"
            elif name == "href":
                yield from address_faults(value)
            elif name == "src" and not value.startswith("/media/"):
                yield f"src {value}"


def address_faults(address):
    parts = urlsplit(address)
    inside = address.startswith("#") or (address.startswith("/") and address[1:2] not in ("/", "\\"))
    own = not parts.scheme and inside
    if parts.scheme in {"http", "https"}:
        if not address.startswith(f"{parts.scheme}://") or not parts.hostname or "@" in parts.netloc:
            yield f"href {address}"
    elif not own and parts.scheme not in {"mailto", "tel"}:
        yield f"href {address}"
    if any(ord(character) < 33 or character == "\\" for character in address):
        yield f"href {address!r}"


def test_the_list_is_long_and_every_payload_is_another():
    assert len(attacks.PAYLOADS) >= 400
    assert len({payload for _, payload in attacks.PAYLOADS}) == len(attacks.PAYLOADS)


@pytest.mark.parametrize("kind", attacks.CLASSES)
def test_nothing_but_the_feature_table_is_left(kind):
    for its_kind, payload in attacks.PAYLOADS:
        if its_kind == kind:
            clean = richtext.sanitise(payload)
            assert list(faults(clean, STORED)) == [], payload
            assert list(faults(richtext.render(clean, MEANT_ILL), RENDERED)) == [], payload
            assert richtext.sanitise(str(clean)) == clean, payload


def test_what_finds_faults_can_find_them():
    missed = [payload for kind, payload in attacks.PAYLOADS
              if kind in {"script", "self-firing", "handlers"} and not list(faults(payload, STORED))]  # fmt: skip
    # Read as words, or as a comment that ends elsewhere than its writer hoped.
    assert len(missed) < 4, missed


@pytest.mark.parametrize("payload", [payload for kind, payload in attacks.PAYLOADS if kind == "hidden"])
def test_text_that_nobody_could_see_is_not_stored(payload):
    clean = richtext.sanitise(payload)
    assert attacks.SECRET not in clean
    assert "Tin." in clean


@pytest.mark.parametrize("payload", [payload for kind, payload in attacks.PAYLOADS if kind == "addresses"])
def test_an_address_that_is_not_what_it_seems_is_no_link(payload):
    assert "<a" not in richtext.sanitise(payload)


@pytest.mark.django_db
def test_no_attack_passes_through_a_form():
    form_class = modelform_factory(Page, fields=["title", "body"])
    for number, (_, payload) in enumerate(attacks.PAYLOADS):
        form = form_class({"title": f"Trang {number}", "body": f"<p>Tin</p>{payload}"})
        if form.is_valid():
            assert list(faults(form.cleaned_data["body"], STORED)) == [], payload


@pytest.mark.django_db
def test_attacks_that_an_editor_posts_are_stored_harmless(client):
    ways_in.form(client)
    stored = list(Page.objects.all())
    assert len(stored) == len(attacks.CLASSES)
    for page in stored:
        assert list(faults(page.body, STORED)) == []
        assert list(faults(page.rendered, RENDERED)) == []


@pytest.mark.django_db
def test_no_attack_passes_through_the_import(tmp_path):
    ways_in.bulk(tmp_path)
    stored = Article.objects.values_list("body", "rendered")
    assert len(stored) == sum("\0" not in payload for _, payload in attacks.PAYLOADS)
    for body, rendered in stored:
        assert list(faults(body, STORED)) == []
        assert list(faults(rendered, RENDERED)) == []


@pytest.mark.django_db
def test_no_attack_passes_through_an_uploaded_document(client):
    response = ways_in.document(client)
    assert response.status_code == 302
    article = Article.objects.get()
    assert list(faults(article.body, STORED)) == []
    assert list(faults(article.rendered, RENDERED)) == []
    page = client.get(response.url).content.decode()
    assert "<img src=x" not in page
