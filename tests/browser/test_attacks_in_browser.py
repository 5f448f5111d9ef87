"""The attacks in a real browser: raw, to see that they would work here; then as they are stored and shown."""
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "news"))
import attacks

from news import richtext

pytestmark = pytest.mark.browser
# Everything that a reader could do to a text: move over it, press it, tab through it, copy it.
PROVOKE = r"""root => { for (const element of root.querySelectorAll('*')) {
  const kinds = ['mouseover', 'pointerenter', 'mouseenter', 'focus', 'wheel', 'copy', 'animationstart', 'begin'];
  if (!element.closest('a, button, input')) kinds.push('click');
  for (const kind of kinds)
    try { element.dispatchEvent(new Event(kind, {bubbles: true, cancelable: true})) } catch (error) {}
  const address = ['href', 'xlink:href', 'action'].map(name => element.getAttribute(name)).find(Boolean) || '';
  if (/^javascript:/i.test(address.replace(/[\s\x00-\x1f]/g, ''))) try { element.click() } catch (error) {}
} }"""


@pytest.fixture
def lab(browser):
    """An empty page without any policy of ours, that notes whatever executes and whatever is asked for."""
    context = browser.new_context()
    page = context.new_page()
    page.asked, page.opened = [], []
    page.on("dialog", lambda dialog: (page.opened.append(dialog.message), dialog.dismiss()))

    def answer(route):
        if route.request.url == "http://lab.example/":
            route.fulfill(body="<!doctype html><script>hits = []</script><main></main>", content_type="text/html")
        else:
            page.asked.append(route.request.url)
            route.fulfill(status=404, body="")

    context.route("**/*", answer)
    page.goto("http://lab.example/")
    yield page
    context.close()


def executed(page):
    return set(page.evaluate("hits"))


@pytest.mark.slow
def test_the_raw_attacks_execute_here(lab):
    lab.evaluate(
        """async ([payloads, provoke]) => {
          const all = payloads.map((payload, number) => new Promise(done => {
            const frame = document.createElement('iframe');
            frame.onload = () => { try { eval(provoke)(frame.contentDocument) } catch (error) {} done() };
            frame.srcdoc = payload; document.body.append(frame); setTimeout(done, 4000) }));
          await Promise.all(all); await new Promise(done => setTimeout(done, 1500)) }""",
        [[payload for _, payload in attacks.PAYLOADS], PROVOKE],
    )
    hit = executed(lab)
    kinds = {attacks.PAYLOADS[number][0] for number in hit}
    assert len(hit) >= 150, f"only {len(hit)} of {len(attacks.PAYLOADS)} raw payloads execute: the control is worthless"
    assert kinds >= {"script", "self-firing", "handlers", "schemes", "other addresses", "foreign content"}


@pytest.mark.slow
def test_no_attack_executes_as_it_is_stored_and_shown(lab):
    stored = [richtext.sanitise(f"<p>Tin</p>{payload}") for _, payload in attacks.PAYLOADS]
    shown = [richtext.render(text, [("UBND", "Ủy ban nhân dân")]) for text in stored]
    before = len(lab.asked)
    lab.evaluate(
        """async ([stored, shown, provoke]) => {
          const main = document.querySelector('main');
          document.addEventListener('click', event => event.preventDefault());
          const frame = document.createElement('iframe');
          frame.srcdoc = [...stored, ...shown].join('\\n');
          const loaded = new Promise(done => { frame.onload = done });
          document.body.append(frame);
          for (const text of stored) {  // as an editor's script would put it in, and read it and put it in again
            const place = document.createElement('div'); place.innerHTML = text; main.append(place);
            const again = document.createElement('div'); again.innerHTML = place.innerHTML; main.append(again);
            const range = document.createRange(); range.selectNode(main);
            main.append(range.createContextualFragment(text)) }
          await loaded; eval(provoke)(frame.contentDocument); eval(provoke)(main);
          await new Promise(done => setTimeout(done, 700)) }""",
        [[str(text) for text in stored], shown, PROVOKE],
    )
    assert executed(lab) == set()
    assert lab.opened == []
    # Pictures of the library alone are asked for, from the same host.
    assert {address for address in lab.asked[before:] if not address.startswith("http://lab.example/media/")} == set()
    assert lab.url == "http://lab.example/"
    assert lab.evaluate("document.title") == ""
