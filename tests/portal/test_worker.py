"""The service worker's script: from the root, small, another one with every new file, looking away from people."""
import re

import factories
import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from portal.models import SiteSettings
from portal.views import offline

pytestmark = pytest.mark.django_db


def test_the_worker_comes_from_the_root_and_changes_with_the_files(client, monkeypatch, django_assert_num_queries):
    client.get("/")
    with django_assert_num_queries(0):
        answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert not answer.cookies
    assert "connect-src 'self'" in answer["Content-Security-Policy"]
    text = answer.content.decode()
    assert len(text) < 6_000
    assert client.get("/sw.js").content.decode() == text
    shell = re.findall(r'"(/[^"]+)"', text.splitlines()[1])
    assert shell[0] == "/ngoai-tuyen/"
    assert client.get(shell[0]).status_code == 200
    assert all(finders.find(address.removeprefix("/static/")) for address in shell[1:])
    monkeypatch.setattr(offline, "static", lambda name: f"{static(name)}.new")
    new = client.get("/sw.js").content.decode()
    assert new.splitlines()[0] != text.splitlines()[0]
    SiteSettings.objects.create(colour="#14532d")
    assert client.get("/sw.js").content.decode().splitlines()[0] != new.splitlines()[0]


def test_an_article_loads_less_than_ten_kilobytes_of_script(client, settings):
    html = client.get(factories.article().get_absolute_url()).content.decode()
    scripts = re.findall(r'<script type="module" src="/static/(js/[^"]+)"', html)
    assert scripts
    assert sum((settings.BASE_DIR / "static" / name).stat().st_size for name in [*scripts, "js/sw.js"]) < 10_000
