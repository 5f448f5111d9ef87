"""What readers get of a picture: light files of every crop and width, none wider than the picture itself."""
import os
import resource

import pytest
from pictures_made import ALT, picture, sent
from PIL import Image as Pillow
from PIL import ImageDraw

from news import images, storing
from news.imaging import uses

pytestmark = pytest.mark.django_db


def test_a_phone_photo_is_light_in_every_use():
    """12 megapixels, with the noise of a sensor: at most 60 kB as a card and 200 kB at full width, in 3 seconds."""
    photo = Pillow.merge("RGB", [
        Pillow.blend(Pillow.effect_noise((63, 47), 90).resize((4032, 3024), Pillow.Resampling.BICUBIC),
                     Pillow.effect_noise((504, 378), 60).resize((4032, 3024), Pillow.Resampling.BICUBIC), 0.4)
        for _ in range(3)
    ])  # fmt: skip
    photo = Pillow.blend(photo, Pillow.effect_noise((4032, 3024), 40).convert("RGB"), 0.2)
    content = sent(photo, quality=90)
    begun = resource.getrusage(resource.RUSAGE_CHILDREN)
    image = images.ingest(content, alt=ALT)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime < 4  # on two processors
    weights = {use: [os.path.getsize(storing.root() / address.removeprefix("/media/"))
                     for _, _, address in image.files(use)] for use in uses.USES}  # fmt: skip
    assert max(weights["card"]) <= 60_000
    assert max(weights["lead"] + weights["inline"] + weights["share"]) <= 200_000
    assert [width for width, _, _ in image.files("lead", "avif")] == [480, 800, 1200, 1600]


@pytest.mark.slow
def test_even_pure_noise_is_light_enough():
    image = images.ingest(sent(Pillow.merge("RGB", [Pillow.effect_noise((1700, 1200), 128)] * 3), quality=95), alt=ALT)
    for use, most in (("card", 60_000), ("lead", 200_000)):
        for _, _, address in image.files(use):
            assert os.path.getsize(storing.root() / address.removeprefix("/media/")) <= most


@pytest.mark.parametrize("size", [(1, 1), (3000, 2), (2, 3000), (50, 40), (640, 400), (5000, 900)])
def test_no_file_is_wider_than_its_picture_and_none_is_missing(size):
    image = images.ingest(sent(picture(size) if min(size) > 30 else Pillow.new("RGB", size)), alt=ALT)
    for use in uses.USES:
        files = image.files(use)
        assert files
        for width, _height, address in files:
            assert width <= max(1, image.width)
            assert (storing.root() / address.removeprefix("/media/")).exists()


def test_what_is_clear_is_kept_as_wide_as_readers_get_it_and_a_channel_without_anything_in_it_is_none():
    clear = images.ingest(sent(Pillow.new("RGBA", (2600, 1300), (9, 90, 200, 120)), "PNG"), alt=ALT)
    full = images.ingest(sent(Pillow.new("RGBA", (2600, 1300), (9, 90, 200, 255)), "PNG"), alt=ALT)
    assert (clear.width, clear.height, clear.file.name[-4:]) == (1600, 800, ".png")
    assert (full.width, full.height, full.file.name[-4:]) == (2400, 1200, ".jpg")


@pytest.mark.slow
def test_clear_noise_has_no_wide_png_that_is_too_heavy_and_a_clear_drawing_has_it_in_every_width():
    noise = images.ingest(sent(Pillow.merge("RGBA", [Pillow.effect_noise((1700, 1100), 90)] * 4), "PNG"), alt=ALT)
    drawing = images.ingest(sent(Pillow.new("RGBA", (1700, 1100), (200, 30, 30, 90)), "PNG"), alt=ALT)
    assert [width for width, _, _ in noise.files("lead", "png")] == [800]
    assert [width for width, _, _ in drawing.files("lead", "png")] == [800, 1600]
    assert [width for width, _, _ in noise.files("lead", "avif")] == [480, 800, 1200, 1600]


def test_the_shared_picture_is_a_jpeg_of_the_size_that_others_expect():
    image = images.ingest(sent(picture((1300, 900), "RGBA"), "PNG"), alt=ALT)
    width, height, address = image.share
    assert (width, height) == (1200, 630)
    assert address.endswith(".jpg")


def test_the_focal_point_stays_in_every_crop():
    """A red spot far to the right: a crop round the middle would lose it, the one round the focal point keeps it."""
    made = Pillow.new("RGB", (2000, 600), (0, 0, 200))
    ImageDraw.Draw(made).rectangle([1800, 250, 1900, 350], fill=(255, 0, 0))
    image = images.ingest(sent(made), alt=ALT)
    before = image.files("card", "jpg")[0][2]
    image.focal_x, image.focal_y = 92, 50
    image.save()
    images.make(image, ["card", "share"])
    after = image.files("card", "jpg")[0][2]
    assert after != before  # a browser that keeps the old one for ever gets the new one
    for address, there in ((before, False), (after, True)):
        with Pillow.open(storing.root() / address.removeprefix("/media/")) as crop:
            colours = [colour for _, colour in crop.getcolors(crop.width * crop.height)]
            reds = [colour for colour in colours if colour[0] > 180 > colour[2] + 60]
            assert bool(reds) is there


@pytest.mark.parametrize(("size", "ratio", "focal", "box"), [
    ((1000, 500), 1.0, (50, 50), (250, 0, 750, 500)),
    ((1000, 500), 1.0, (0, 0), (0, 0, 500, 500)),
    ((1000, 500), 1.0, (100, 100), (500, 0, 1000, 500)),
    ((500, 1000), 2.0, (50, 90), (0, 750, 500, 1000)),
    ((1000, 500), None, (0, 0), (0, 0, 1000, 500)),
])  # fmt: skip
def test_a_crop_is_as_large_as_it_can_be_and_inside(size, ratio, focal, box):
    assert uses.crop_box(*size, ratio, focal) == box
