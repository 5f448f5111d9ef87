"""The portal's emblem: through the same door as the library's pictures, drawn anew, named by the server."""
import contextlib
import hashlib
import time

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from news import images, storing
from news.imaging import sandbox

FOLDER = "bieu-trung"
YOUNG = 3600  # seconds: a file that somebody else's form may be about to name


class SettingsForm(forms.ModelForm):
    # Not the model's ImageField, which would open the file in the web server.
    emblem = forms.FileField(
        label="Biểu trưng", required=False, widget=AdminFileWidget,
        help_text="Ảnh vuông JPEG, PNG, WebP, GIF hoặc HEIC, từ 128 điểm ảnh mỗi cạnh, tối đa 20 MB. "
        "Để trống thì dùng biểu trưng sẵn có.",
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        sent = cleaned.get("emblem")
        if isinstance(sent, UploadedFile) and not self.errors:
            try:
                cleaned["emblem"] = store(sent)
            except ValidationError as error:
                self.add_error("emblem", error)
        return cleaned


def store(upload: UploadedFile) -> str:
    """Puts an emblem on the disk and returns its name below MEDIA_ROOT; raises images.PictureError."""
    if upload.size > images.MAX_BYTES:
        raise images.PictureError("bytes")
    try:
        with sandbox.work(upload.read(), keep=False, crops=["emblem"]) as made:
            file = made.folder / made.files["emblem"][0][2]
            name = f"{FOLDER}/{hashlib.sha256(file.read_bytes()).hexdigest()[:32]}.png"
            storing.move_in({file: name})
    except OSError as error:
        raise images.disk_problem(error) from error
    return name


def clear(kept: str) -> None:
    """Removes earlier emblems, and what a form left that was never saved."""
    for path in (storing.root() / FOLDER).glob("*"):
        with contextlib.suppress(OSError):
            if f"{FOLDER}/{path.name}" != kept and time.time() - path.stat().st_mtime > YOUNG:
                path.unlink()
