"""The counter renews itself while somebody looks, and only then."""
import json

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked(page_at):
    """A front page whose counter gets its figures from the test; returns (page, requests so far, answer to give)."""
    page, requests, answer = page_at(800), [], {"online": 3, "today": 5, "month": 40, "total": 1_940_900}

    def figures(route):
        requests.append(route.request.url)
        route.fulfill(status=200, content_type="application/json", body=json.dumps(answer))

    page.route("**/thong-ke/truy-cap.json", figures)
    page.clock.install()
    page.goto("/")
    return page, requests, answer


def hide(page, state):
    page.evaluate(
        """state => {
            Object.defineProperty(document, "visibilityState", {value: state, configurable: true});
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )


def test_the_figures_are_renewed_with_vietnamese_thousands(asked):
    page, requests, _ = asked
    page.clock.run_for(1_500)
    expect(page.locator("[data-figure=total]")).to_have_text("1.940.900")
    assert len(requests) == 1
    page.clock.run_for(30_000)
    page.wait_for_timeout(200)
    assert len(requests) == 2


def test_a_page_that_nobody_sees_asks_nothing(asked):
    page, requests, _ = asked
    page.clock.run_for(1_500)
    page.wait_for_timeout(200)
    hide(page, "hidden")
    page.clock.run_for(300_000)
    page.wait_for_timeout(200)
    assert len(requests) == 1
    hide(page, "visible")
    page.clock.run_for(2_000)
    page.wait_for_timeout(200)
    assert len(requests) == 2


def test_the_total_never_goes_down_before_a_reader_s_eyes(asked):
    page, _, answer = asked
    page.clock.run_for(1_500)
    expect(page.locator("[data-figure=online]")).to_have_text("3")
    answer.update(online=1, total=1_900_000)
    page.clock.run_for(31_000)
    expect(page.locator("[data-figure=online]")).to_have_text("1")
    assert page.locator("[data-figure=total]").text_content() == "1.940.900"


def test_screen_readers_are_told_nothing(asked):
    page, _, _ = asked
    for live in ("[aria-live]", "[role=status]", "[role=alert]", "[role=timer]"):
        assert page.locator(f"[data-figures-url]{live}, [data-figures-url] {live}, {live} [data-figure]").count() == 0
