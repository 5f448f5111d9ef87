"""axe-core finds nothing to complain about: WCAG 2.2 A and AA, and its best practices."""
import factories
import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

EVERYTHING = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
# Only colours differ here.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
LOOKS = {
    "phone": (EVERYTHING, {"width": 360}),
    "desktop": (EVERYTHING, {"width": 1440}),
    "dark": (COLOURS, {"width": 1440, "dark": True}),
    "forced colours": (COLOURS, {"width": 1440, "dark": True, "forced_colors": "active"}),
}


@pytest.fixture(scope="module")
def axe():
    return Axe()


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(look, city, page_at, axe):
    options, seen_as = LOOKS[look]
    page = page_at(**seen_as)
    found = {}
    english = factories.page("How the city is governed", language="en", slug="structure")
    sent = {"English": "/en/", "English page": english.get_absolute_url(), "letter sent": "/lien-he/da-gui/"}
    for name, address in (city | sent).items():
        page.goto(address)
        violations = axe.run(page, options=options).response["violations"]
        if violations:
            found[name] = {item["id"]: [node["html"][:160] for node in item["nodes"]] for item in violations}
    assert found == {}
