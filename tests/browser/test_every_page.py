"""What holds on every kind of public page, whoever reads it and on whatever."""
import pytest

pytestmark = pytest.mark.browser

# Everything that can be seen and sticks out to the right, unless something around it scrolls.
STICKING_OUT = """() => {
  const wide = document.documentElement.clientWidth;
  const inScroller = (node) => { for (; node; node = node.parentElement)
    if (/auto|scroll/.test(getComputedStyle(node).overflowX)) return true; return false; };
  return [...document.body.querySelectorAll("*")].filter((node) => {
    const box = node.getBoundingClientRect();
    return box.width && box.right > wide + 1 && !inScroller(node) && getComputedStyle(node).clipPath === "none";
  }).map((node) => node.outerHTML.slice(0, 120));
}"""
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""


@pytest.mark.slow
def test_pages_never_scroll_sideways(city, page_at):
    """At 320 and 360 pixels, as it stands and with the text spacing of WCAG 2.2, 1.4.12."""
    found = {}
    page = page_at(bypass_csp=True)
    for name, address in city.items():
        page.goto(address)
        for spaced in (False, True):
            if spaced:
                page.add_style_tag(content=SPACING)
            for width in (320, 360):
                page.set_viewport_size({"width": width, "height": 800})
                if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                    found[name, width, spaced] = page.evaluate(STICKING_OUT)
    assert found == {}


@pytest.mark.slow
def test_text_twice_as_large_still_fits_a_phone(city, page_at):
    page = page_at(360)
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    found = {}
    for name, address in city.items():
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found[name] = page.evaluate(STICKING_OUT)
    assert found == {}


@pytest.mark.slow
def test_every_page_has_one_main_heading_and_says_it_is_vietnamese(city, page_at):
    page = page_at()
    for name, address in city.items():
        page.goto(address)
        assert page.locator("h1").count() == 1, name
        assert page.locator("h1").inner_text().strip(), name
        assert page.locator("html").get_attribute("lang") == "vi", name
        assert page.title(), name


@pytest.mark.slow
def test_pages_say_the_same_without_javascript(city, page_at):
    # Without the service worker: what it keeps of the pages seen here is what the page for being offline lists.
    plain, scripted = page_at(java_script_enabled=False), page_at(service_workers="block")
    for name, address in city.items():
        said = []
        for page in (plain, scripted):
            page.goto(address)
            # Buttons that a script works, and what stands in their place without it.
            page.evaluate("document.querySelectorAll('[data-tools], .story__address').forEach((node) => node.remove())")
            said.append(page.locator("main").inner_text().split())
        assert said[0] == said[1], name


def test_the_skip_link_comes_first_is_seen_and_leads_into_the_content(city, page_at):
    page = page_at()
    for name, address in city.items():
        page.goto(address)
        page.keyboard.press("Tab")
        link = page.locator(":focus")
        assert link.inner_text() == "Truy cập nội dung luôn", name
        assert link.bounding_box()["y"] >= 0, name
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("!document.querySelector('header.top').contains(document.activeElement)"), name


@pytest.mark.slow
def test_nothing_to_press_is_smaller_than_24_pixels(city, page_at):
    """WCAG 2.2, 2.5.8: links inside a sentence are let off."""
    small = {}
    page = page_at(360)
    for name, address in city.items():
        page.goto(address)
        found = page.evaluate("""() => [...document.querySelectorAll("a[href], button, input:not([type=hidden])")]
          .filter((node) => node.checkVisibility({visibilityProperty: true}) && !node.closest("p, .prose, .skip"))
          .map((node) => [node.textContent.trim() || node.name, node.getBoundingClientRect()])
          .filter(([, box]) => box.height && (box.height < 24 || box.width < 24))
          .map(([text, box]) => `${text} ${Math.round(box.width)}x${Math.round(box.height)}`)""")
        if found:
            small[name] = found
    assert small == {}


@pytest.mark.slow
def test_nothing_comes_from_elsewhere(city, page_at, live_server):
    page = page_at()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for address in city.values():
        page.goto(address)
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
