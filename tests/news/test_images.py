"""What becomes of a picture that somebody sends: checked, decoded within limits, stored once."""
import io
import time

import bad_pictures
import pytest
from django.core.exceptions import ValidationError
from pictures_made import ALT, library_files, picture, sent, stored_bytes
from PIL import Image as Pillow
from PIL import PngImagePlugin, features

from news import images, library, storing
from news.imaging import refusals, sandbox
from news.models import Image

pytestmark = pytest.mark.django_db
BROKEN = bad_pictures.broken()
STRANGERS = bad_pictures.strangers()


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
