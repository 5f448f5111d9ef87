"""The real editor, as browser tests drive it: opening it, giving it files and a clipboard, what stands in it."""
import base64
import io
import json
import time

import factories
from PIL import Image as Pillow

ALT = "Cầu bắc qua sông Công lúc bình minh"

# Gives `files` to what `selector` finds, as a drop from the desktop does.
DROP = """([target, files]) => {
  const transfer = new DataTransfer();
  for (const [name, content, type] of files) {
    const bytes = Number.isInteger(content) ? new Uint8Array(content)  // as many, all of them zero
      : Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], name, { type: type ?? "image/jpeg" }));
  }
  const where = target === "editor" ? CKEDITOR.instances.id_body.document.$.body : document.querySelector(target);
  const box = where.getBoundingClientRect();
  for (const kind of ["dragenter", "dragover", "drop"]) {
    where.dispatchEvent(new (where.ownerDocument.defaultView.DragEvent)(kind, {
      dataTransfer: transfer, bubbles: true, cancelable: true, clientX: box.x + 20, clientY: box.y + 10,
    }));
  }
}"""
PASTE = """([html, files]) => { const body = CKEDITOR.instances.id_body.editable().$; body.focus();
  const data = new DataTransfer(); data.setData('text/html', html); data.setData('text/plain', 'x');
  for (const [name, content, type] of files ?? []) data.items.add(new File(
    [Uint8Array.from(atob(content), letter => letter.charCodeAt(0))], name, {type}));
  body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})) }"""


def sent(name, content, kind="image/jpeg"):
    """A file as DROP and PASTE take it; `kind` is what the browser believes it to be."""
    return [name, base64.b64encode(content).decode(), kind]


def photo(name="IMG_2034.jpg", colour=(200, 30, 30), size=(1600, 900)):
    return sent(name, factories.picture_bytes(size, colour))


def until(page, condition, seconds=60):
    """Playwright's own way to wait evaluates text in the page, which the policy forbids."""
    end = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(50)


def open_editor(page, address):
    page.goto(address)
    until(page, "window.CKEDITOR?.instances.id_body?.status === 'ready'")


def drop(page, *files):
    page.evaluate(DROP, ["editor", list(files)])


def paste(page, html, *files):
    page.evaluate(PASTE, [html, list(files)])


def text(page):
    return page.evaluate("CKEDITOR.instances.id_body.getData()")


def holds(page, words):
    until(page, f"CKEDITOR.instances.id_body.getData().includes({json.dumps(words)})")


def words(page):
    return page.get_by_role("textbox", name="Mô tả ảnh")


def save(page):
    page.get_by_role("button", name="Lưu mô tả").click()


def closed(page):
    page.get_by_role("dialog").wait_for(state="detached")


def picture(kind, **options):
    buffer = io.BytesIO()
    Pillow.radial_gradient("L").convert("RGB").save(buffer, kind, **options)
    return buffer.getvalue()
