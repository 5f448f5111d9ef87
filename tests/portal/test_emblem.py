"""The emblem comes through the same door as the library's pictures."""
import io
import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from portal.models import SiteSettings

pytestmark = pytest.mark.django_db
FORM = {"name": "Cổng thông tin", "organisation": "UBND", "colour": "#0b5d3b", "visits_before": 7}


@pytest.fixture
def send(admin_client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    SiteSettings.objects.get_or_create(pk=1)

    def post(content=None, name="bieu-trung.png", **form):
        files = {"emblem": SimpleUploadedFile(name, content, "image/png")} if content else {}
        return admin_client.post("/quan-tri/portal/sitesettings/1/change/", {**FORM, **files, **form})

    return post


def emblems(settings):
    return sorted(path.name for path in (Path(settings.MEDIA_ROOT) / "bieu-trung").glob("*"))


def drawn(mode="RGBA", size=(900, 900), kind="PNG", **options):
    made = Pillow.new(mode, size, (200, 20, 20, 0)[: len(mode)])
    made.paste((255, 210, 0), (200, 200, 600, 600))
    buffer = io.BytesIO()
    made.save(buffer, kind, **options)
    return buffer.getvalue()


def test_an_emblem_is_drawn_anew_small_and_clear_under_a_name_of_the_servers(send, client, settings):
    response = send(drawn() + b"<script>alert(1)</script>", "../x.php.png")
    assert response.status_code == 302
    name = SiteSettings.objects.get().emblem.name
    assert [name.removeprefix("bieu-trung/")] == emblems(settings)
    sent = client.get(f"/media/{name}")
    content = b"".join(sent.streaming_content)
    assert b"script" not in content
    with Pillow.open(io.BytesIO(content)) as picture:
        assert (picture.format, picture.size, picture.mode) == ("PNG", (512, 512), "RGBA")


def test_a_photo_as_emblem_loses_its_metadata(send, settings):
    exif = Pillow.Exif()
    exif[0x010F] = "MAYANHBIMAT"
    assert send(drawn("RGB", kind="JPEG", exif=exif, comment=b"GHICHUBIMAT"), "x.jpg").status_code == 302
    assert b"BIMAT" not in (Path(settings.MEDIA_ROOT) / SiteSettings.objects.get().emblem.name).read_bytes()


@pytest.mark.parametrize(("content", "why"), [
    (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "Đây là tệp SVG"),
    (b"<!DOCTYPE html><script>alert(1)</script>", "Đây là tệp HTML"),
    (drawn("RGB", kind="JPEG")[:3000], "bị hỏng hoặc bị cắt cụt"),
    (drawn("RGB", (13_000, 1)), "mỗi cạnh tối đa 12.000 điểm ảnh"),
])  # fmt: skip
def test_what_the_library_refuses_is_no_emblem(send, settings, content, why):
    response = send(content)
    assert response.status_code == 200
    assert why in response.content.decode()
    assert not SiteSettings.objects.get().emblem
    assert emblems(settings) == []


def test_an_emblem_stays_until_another_takes_its_place(send, settings, django_capture_on_commit_callbacks):
    send(drawn())
    first = SiteSettings.objects.get().emblem.name
    assert send().status_code == 302
    assert SiteSettings.objects.get().emblem.name == first
    os.utime(Path(settings.MEDIA_ROOT) / first, (0, 0))
    with django_capture_on_commit_callbacks(execute=True):
        send(drawn(size=(300, 300)))
    second = SiteSettings.objects.get().emblem.name
    assert emblems(settings) == [second.removeprefix("bieu-trung/")]
    send(**{"emblem-clear": "on"})
    assert not SiteSettings.objects.get().emblem

