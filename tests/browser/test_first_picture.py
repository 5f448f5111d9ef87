import io

import factories
import pytest
from PIL import Image as Pillow

from news import images

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def spread(shot, left):
    """How many columns it takes from one half of the picture's colours to the other: a blur needs many."""
    row = [Pillow.open(io.BytesIO(shot)).convert("RGB").getpixel((x, 60)) for x in range(left, left + 200)]
    return sum(min(abs(red - 200), abs(red - 20)) > 30 for red, _, _ in row)


def test_a_blur_stands_where_the_first_picture_comes_and_nothing_of_it_afterwards(city, page_at):
    drawn = Pillow.new("RGB", (1600, 1000), (200, 30, 30))
    drawn.paste((20, 30, 200), (800, 0, 1600, 1000))
    buffer = io.BytesIO()
    drawn.save(buffer, "PNG")
    article = factories.article(image=images.ingest(buffer.getvalue(), alt="Hai màu cờ"))
    page = page_at(800)
    held = []
    page.route("**/*.avif", lambda route: held.append(route))
    page.goto(article.get_absolute_url(), wait_until="domcontentloaded")
    picture = page.locator(".story__picture .layers")
    place = "[node.offsetTop, node.offsetWidth, node.offsetHeight]"
    before = picture.evaluate(f"node => {place}")
    middle = before[1] // 2 - 100
    picture.locator("> img").evaluate("node => node.decode()")
    assert spread(picture.screenshot(), middle) > 9
    for route in held:
        route.continue_()
    page.unroute("**/*.avif")
    picture.locator("picture img").evaluate("node => node.decode()")
    assert picture.evaluate(f"node => {place}") == before
    assert spread(picture.screenshot(), middle) < 5
