"""What becomes of a picture that somebody sends: checked, decoded within limits, stored once, light for readers."""
import errno
import io
import os
import resource
import time
from pathlib import Path

import bad_pictures
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image as Pillow
from PIL import ImageDraw, PngImagePlugin, features

from news import audience, images, library, storing
from news.imaging import refusals, sandbox, uses
from news.models import Image

pytestmark = pytest.mark.django_db
ALT = "Cầu bắc qua sông Công lúc bình minh"
BROKEN = bad_pictures.broken()
STRANGERS = bad_pictures.strangers()


def library_files():
    base = Path(settings.MEDIA_ROOT) / "anh"
    return {path for path in base.rglob("*") if path.is_file()}


def picture(size=(900, 600), mode="RGB"):
    """Lines and noise: every width of it differs."""
    made = Pillow.effect_noise(size, 50).convert(mode)
    ImageDraw.Draw(made).rectangle([10, 10, size[0] // 3, size[1] // 3], fill="red")
    return made


def sent(made, kind="JPEG", **options):
    buffer = io.BytesIO()
    made.save(buffer, kind, **options)
    return buffer.getvalue()


def stored_bytes(image):
    return {path.name: path.read_bytes() for path in library.files_of(image) if path.suffix != audience.MARK}


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize("name", [*BROKEN, *STRANGERS])
def test_a_bad_file_is_refused_with_a_sentence_and_leaves_nothing(name):
    before, begun = library_files(), time.monotonic()
    with pytest.raises(ValidationError) as refused:
        images.ingest((BROKEN | STRANGERS)[name], alt=ALT)
    assert time.monotonic() - begun < 3
    assert refused.value.messages[0].endswith(".")
    assert not Image.objects.exists()
    assert library_files() == before
    assert [path.name for path in storing.scratch_folder().iterdir() if not path.name.startswith("cho-")] == []


@pytest.mark.parametrize(("name", "reason"), [
    ("PNG 41 million pixels", "tối đa 40 triệu điểm ảnh"),
    ("PNG one pixel high, 13,000 wide", "mỗi cạnh tối đa 12.000 điểm ảnh"),
    ("WebP that claims 16,000 pixels a side", "mỗi cạnh tối đa 12.000 điểm ảnh"),
    ("JPEG that claims 65,000 pixels a side", "tối đa 40 triệu điểm ảnh"),
    ("GIF of 100,000 frames", "quá 300 khung hình"),
    ("APNG of 301 frames", "quá 300 khung hình"),
    ("JPEG cut at 0.5", "Tệp JPEG bị hỏng hoặc bị cắt cụt"),
    ("SVG", "Đây là tệp SVG"),
    ("PHP behind a GIF's first letters", "không phải ảnh JPEG"),
])  # fmt: skip
def test_the_sentence_says_why(name, reason):
    with pytest.raises(ValidationError, match=reason):
        images.ingest((BROKEN | STRANGERS)[name], alt=ALT)


def test_a_refusal_is_vietnamese_for_people_and_english_for_logs():
    with pytest.raises(images.PictureError) as refused:
        images.ingest(STRANGERS["SVG"], alt=ALT)
    assert refused.value.messages == ["Đây là tệp SVG, không phải ảnh JPEG, PNG, WebP, GIF hoặc HEIC."]
    assert refused.value.reason == "a file of SVG, not a JPEG, PNG, WebP, GIF or HEIC picture"
    assert not [code for code, (_, reason) in refusals._REASONS.items() if not reason.isascii()]


def test_an_empty_file_and_one_too_large_are_refused():
    with pytest.raises(ValidationError, match="trống"):
        images.ingest(b"", alt=ALT)
    with pytest.raises(ValidationError, match="20 MB"):
        images.ingest(bytes(images.MAX_BYTES + 1), alt=ALT)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "HEIF"])
def test_no_damage_to_a_picture_ends_in_an_error_of_ours(kind):
    """A byte here and there is changed: the picture is taken or refused, the worker never fails."""
    import random

    import pillow_heif

    pillow_heif.register_heif_opener()
    rng = random.Random(5)
    content = sent(picture((200, 120)), kind)
    for _ in range(6):
        damaged = bytearray(content)
        for _ in range(rng.choice((1, 4, 30))):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        try:
            with sandbox.work(bytes(damaged), keep=False, crops=[]) as made:
                assert made.width
        except ValidationError as refused:
            assert refused.messages[0].endswith(".")


# ---------------------------------------------------------------- what is taken


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "mode"), [
    ("JPEG", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"),
    ("PNG", "LA"), ("PNG", "I;16"), ("WEBP", "RGB"), ("WEBP", "RGBA"), ("GIF", "P"), ("HEIF", "RGB"),
])  # fmt: skip
def test_every_kind_and_mode_becomes_files_that_open(kind, mode):
    import pillow_heif

    pillow_heif.register_heif_opener()
    made = picture((700, 500)).convert("I").point(lambda value: value * 200).convert("I;16") if mode == "I;16" else (
        picture((700, 500)).convert(mode))  # fmt: skip
    image = images.ingest(sent(made, kind), alt=ALT)
    assert (image.width, image.height) == (700, 500)
    for name, content in stored_bytes(image).items():
        with Pillow.open(io.BytesIO(content)) as opened:
            opened.load()
            assert opened.format == {"avif": "AVIF", "jpg": "JPEG", "png": "PNG"}[name.rpartition(".")[2]]
    expected = {f"anh/{image.sha256[:2]}/{name}" for name in stored_bytes(image)}
    named = {image.name_of(end) for files in image.renditions.values() for _, _, end in files} | {image.file.name}
    assert named == expected


def test_pillow_can_write_avif():
    assert features.check("avif")


def test_an_animation_keeps_its_first_frame_and_its_sender_is_told():
    frames = [Pillow.new("RGB", (40, 30), (number % 256, 0, 0)) for number in range(300)]
    stored = images.store(sent(frames[0], "GIF", save_all=True, append_images=frames[1:]), alt=ALT)
    assert stored.created
    assert "khung hình đầu tiên" in stored.note


def test_a_photo_is_turned_upright_and_nothing_of_its_metadata_stays():
    exif = Pillow.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "MAYANHBIMAT"
    exif.get_ifd(0x8825)[2] = (21.0, 28.0, 30.5)
    notes = {"exif": exif, "comment": b"GHICHUBIMAT", "xmp": b"<x:xmpmeta>VITRIBIMAT</x:xmpmeta>",
             "icc_profile": b"HOSOBIMAT" * 20}  # fmt: skip
    image = images.ingest(sent(picture((800, 600)), **notes), alt=ALT)
    assert (image.width, image.height) == (600, 800)
    for content in stored_bytes(image).values():
        assert b"BIMAT" not in content
        with Pillow.open(io.BytesIO(content)) as opened:
            assert not opened.getexif()
            assert not {"icc_profile", "xmp", "comment"} & opened.info.keys()


def test_a_webp_is_turned_upright_keeps_what_is_clear_and_loses_its_metadata():
    exif = Pillow.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "MAYANHBIMAT"
    made = picture((300, 200), "RGBA")
    made.putalpha(Pillow.linear_gradient("L").resize(made.size))
    image = images.ingest(sent(made, "WEBP", exif=exif, icc_profile=b"HOSOBIMAT" * 20, xmp=b"VITRIBIMAT"), alt=ALT)
    assert (image.width, image.height, image.file.name[-4:]) == (200, 300, ".png")
    assert not any(b"BIMAT" in content for content in stored_bytes(image).values())


def test_an_animated_webp_keeps_its_first_frame():
    frames = [Pillow.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    stored = images.store(sent(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True), alt=ALT)
    assert stored.image.colour == "#ff0000"
    assert "khung hình đầu tiên" in stored.note


def test_a_png_loses_its_texts():
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "TENBIMAT")
    texts.add_itxt("XML:com.adobe.xmp", "<script>BIMAT</script>")
    image = images.ingest(sent(picture(mode="RGBA"), "PNG", pnginfo=texts), alt=ALT)
    assert not any(b"BIMAT" in content for content in stored_bytes(image).values())


@pytest.mark.parametrize("payload", [
    b"<script>alert(1)</script>", b"<?php system($_GET[1]); ?>", b"PK\x03\x04 tep nen", b"<svg onload=alert(1)>",
    b"%PDF-1.4 /JavaScript",
])  # fmt: skip
@pytest.mark.parametrize("place", ["behind", "comment"])
def test_what_hides_in_a_picture_is_not_stored(payload, place):
    content = sent(picture()) + payload if place == "behind" else sent(picture(), comment=payload)
    image = images.ingest(content, alt=ALT)
    assert not any(payload in stored for stored in stored_bytes(image).values())


@pytest.mark.parametrize("name", ["anh.jpg.php", "../../x.jpg", "a\0.png", "\u202egpj.exe", "ả" * 300, ".htaccess"])
def test_the_server_chooses_the_name(admin_client, name):
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("x.jpg", sent(picture()), "text/html")
    upload._name = name  # as a hostile client sends it, past what Django would tidy
    assert admin_client.post("/quan-tri/news/image/add/", {"upload": upload, "alt": ALT}).status_code == 302
    image = Image.objects.get()
    assert image.file.name == f"anh/{image.sha256[:2]}/{image.sha256[:32]}.jpg"


def test_a_wide_colour_space_becomes_srgb():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))  # of another space: it is left aside
    image = images.ingest(sent(picture(), icc_profile=profile.tobytes()), alt=ALT)
    assert image.colour.startswith("#")


# ---------------------------------------------------------------- the same picture again


def test_the_same_picture_is_stored_once_and_its_sender_can_tell():
    content = sent(picture())
    first, again = images.store(content, alt=ALT), images.store(content, alt="Mô tả khác hẳn")
    assert (first.created, again.created) == (True, False)
    assert again.image == first.image
    assert again.image.alt == ALT


@pytest.mark.slow
def test_the_same_picture_in_another_wrapping_is_the_same():
    made = picture()
    first = images.ingest(sent(made, "PNG"), alt=ALT)
    assert images.ingest(sent(made, "PNG", compress_level=1), alt="Khác") == first


def test_a_lost_file_comes_back_when_its_picture_is_sent_again():
    content = sent(picture())
    image = images.ingest(content, alt=ALT)
    for path in library.files_of(image):
        path.unlink()
    images.ingest(content, alt=ALT)
    assert (storing.root() / image.file.name).exists()
    assert len(library.files_of(image)) > 5


# ---------------------------------------------------------------- what readers get


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


# ---------------------------------------------------------------- a bad day


def test_a_full_disk_is_said_and_leaves_neither_row_nor_file(monkeypatch):
    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    before = library_files()
    monkeypatch.setattr(storing.os, "replace", full)
    with pytest.raises(ValidationError, match="hết chỗ chứa"):
        images.ingest(sent(picture()), alt=ALT)
    assert not Image.objects.exists()
    assert library_files() == before


def test_a_disk_that_fills_up_while_files_are_written_is_said_too():
    """The kernel refuses to write more than 2 kB into a file, in the worker as well."""
    import signal

    before, limit = library_files(), resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limit[1]))
    try:
        with pytest.raises(ValidationError, match="hết chỗ chứa"):
            images.ingest(sent(picture()), alt=ALT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, handler)
    assert library_files() == before
    assert not Image.objects.exists()


def test_a_row_that_cannot_be_written_takes_its_files_with_it(monkeypatch):
    from django.db import DatabaseError

    def fails(*args, **kwargs):
        raise DatabaseError("the connection is gone")

    before = library_files()
    monkeypatch.setattr(Image, "save", fails)
    with pytest.raises(DatabaseError):
        images.ingest(sent(picture()), alt=ALT)
    assert library_files() == before


# A process in between: what the kernel calls a child's most memory begins with that of whoever started it.
MEASURE = """
import os, subprocess, sys
worker = subprocess.Popen([sys.executable, "-m", "news.imaging.worker", sys.argv[1]], stdout=subprocess.PIPE)
answer = worker.stdout.read().decode()
_, status, usage = os.wait4(worker.pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss, answer, sep="\\n")
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["flat PNG", "palette PNG", "grey 16-bit PNG", "transparent PNG", "JPEG",
                                  "progressive JPEG 4:4:4", "CMYK JPEG", "GIF", "WebP", "WebP without loss",
                                  "HEIC", "transparent WebP", "transparent HEIC"])  # fmt: skip
def test_the_largest_pictures_stay_within_400_mb(kind):
    """40 million pixels are taken, unless they take too long; measured by the kernel (ru_maxrss) on a worker alone."""
    import json
    import signal
    import subprocess
    import sys
    import tempfile

    import pillow_heif

    pillow_heif.register_heif_opener()
    noise = Pillow.effect_noise((7300, 5400), 20)
    content = {
        "flat PNG": lambda: sent(Pillow.new("RGB", (6300, 6300), "red"), "PNG"),
        "palette PNG": lambda: sent(noise.convert("P"), "PNG", compress_level=1),
        "grey 16-bit PNG": lambda: sent(noise.convert("I").convert("I;16"), "PNG", compress_level=1),
        "transparent PNG": lambda: sent(Pillow.new("RGBA", (6300, 6300), (9, 9, 9, 9)), "PNG"),
        "JPEG": lambda: sent(noise.convert("RGB"), quality=60),
        "progressive JPEG 4:4:4": lambda: sent(noise.convert("RGB"), quality=60, progressive=True, subsampling=0),
        "CMYK JPEG": lambda: sent(noise.convert("CMYK"), quality=40, progressive=True),
        "GIF": lambda: sent(noise.quantize(32), "GIF"),
        "WebP": lambda: sent(noise.convert("RGB"), "WEBP", quality=50, method=0),
        "WebP without loss": lambda: sent(noise.resize((730, 540)).resize((7300, 5400), 0).convert("RGB"), "WEBP",
                                          lossless=True, quality=0, method=0),
        "HEIC": lambda: sent(noise.convert("RGB"), "HEIF", quality=30),
        "transparent WebP": lambda: sent(Pillow.merge("RGBA", [noise] * 4), "WEBP", quality=50, method=0),
        "transparent HEIC": lambda: sent(Pillow.merge("RGBA", [noise] * 4), "HEIF", quality=30),
    }[kind]()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        job = {"folder": folder, "keep": True, "focal": [50, 50], "crops": list(uses.CROPS)}
        measured = subprocess.run([sys.executable, "-c", MEASURE, json.dumps(job)], stdin=file, capture_output=True,
                                  cwd=sandbox.ROOT, env={"MALLOC_ARENA_MAX": "1"}, text=True)  # fmt: skip
    status, most, answer = measured.stdout.split("\n", 2)
    assert int(status) in {0, -signal.SIGPROF}, measured.stderr
    assert int(status) or json.loads(answer)["width"] >= 1600
    assert 20_000 < int(most) < 400_000_000 / 1024  # kB
