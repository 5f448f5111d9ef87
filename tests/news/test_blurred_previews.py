"""The first picture of a page is there blurred with the page itself, and sharp as soon as it has come."""
import base64
import io
import re

import factories
import pytest
from PIL import Image as Pillow

from news import images, pictures, storing

pytestmark = pytest.mark.django_db
PREVIEW = re.compile(r'<span class="layers"><img src="data:image/avif;base64,([^"]+)" width="\d+" height="\d+" alt="">')


def stored(mode="RGB", kind="JPEG", colour=(20, 120, 90)):
    """A picture of the library with a bright spot in it."""
    drawn = Pillow.new(mode, (900, 600), colour)
    drawn.paste((250, 240, 200, 120)[: len(mode)], (300, 100, 700, 400))
    buffer = io.BytesIO()
    drawn.save(buffer, kind)
    return images.ingest(buffer.getvalue(), alt="Cầu Đa Phúc")


def test_each_page_with_a_picture_has_one_preview_and_it_is_small_and_that_picture(client):
    article = factories.article(image=stored())
    for address in ("/", article.get_absolute_url(), article.category.get_absolute_url()):
        found = PREVIEW.findall(client.get(address).content.decode())
        assert len(found) == 1, address
        assert 300 < len(base64.b64decode(found[0])) < 1_600
        shown = Pillow.open(io.BytesIO(base64.b64decode(found[0]))).convert("RGB")
        assert shown.width == 416
        spot, corner = shown.getpixel((shown.width // 2, shown.height * 4 // 10)), shown.getpixel((4, 4))
        assert spot[0] > 200
        assert corner[0] < 60


def test_the_picture_above_its_preview_hides_nothing_until_it_has_come(client):
    image = stored()
    shown = pictures.context(image, "lead", "100vw", eager=True)
    assert (bool(shown["preview"]), shown["colour"]) == (True, "")
    later = pictures.context(image, "lead", "100vw")
    assert (later["preview"], later["colour"][:4]) == ("", "mau-")


def test_what_is_clear_has_no_preview_that_would_show_through():
    clear = stored("RGBA", "PNG", (20, 120, 90, 100))
    assert pictures.context(clear, "lead", "100vw", eager=True)["preview"] == ""


@pytest.mark.parametrize("gone", ["the file", "the note"])
def test_a_picture_without_a_preview_is_shown_with_its_colour(gone):
    image = stored()
    pictures._data.cache_clear()
    if gone == "the file":
        (storing.root() / image.name_of(image.renditions["whole-preview"][0][2])).unlink()
    else:
        del image.renditions["whole-preview"]
    shown = pictures.context(image, "lead", "100vw", eager=True)
    assert shown["preview"] == ""
    assert shown["colour"].startswith("mau-")


def test_a_new_focal_point_moves_the_preview_of_the_crop_alone(admin_client):
    image = stored()
    before = image.renditions
    form = {"alt": image.alt, "caption": "", "credit": "", "focal_x": "90", "focal_y": "50"}
    admin_client.post(f"/quan-tri/news/image/{image.pk}/change/", form)
    image.refresh_from_db()
    assert image.renditions["whole-preview"] == before["whole-preview"]
    assert image.renditions["card-preview"][0][2].startswith("card-preview-90-50-")
