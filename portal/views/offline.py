"""What a browser needs to show the last articles without a network: a service worker and the page of a bad line."""
import json
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal import inline, site

SOURCE = Path(settings.BASE_DIR) / "static" / "js" / "sw.js"
FILES = ("js/figures.js", "js/offline.js")


@require_safe
def offline(request):
    return render(request, "offline.html")


@require_safe
def worker(request):
    """static/js/sw.js from the root, so that it may look after every page; another version with every new file."""
    look = site.current()
    shell = [reverse("offline"), *(static(name) for name in FILES), look.emblem_url]
    script = _source()
    version = blake2b(f"{script}{shell}{inline.sources()}".encode(), digest_size=8).hexdigest()
    text = f'const VERSION = "{version}";\nconst SHELL = {json.dumps(shell)};\n{script}'
    # Else asked for after every page: so a browser looks for a new one once an hour.
    return HttpResponse(text, content_type="text/javascript; charset=utf-8",
                        headers={"Cache-Control": "public, max-age=3600"})  # fmt: skip


@lru_cache(maxsize=1)
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")
