"""Documents: known by their content, refused where something could run or hide, and sent only where they belong."""
import datetime as dt
import time

import documents
import factories
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from news import attachments, library, storing, usage
from news.models import Attachment, Page
from news.models.article import State
from portal import site

pytestmark = pytest.mark.django_db
BAD = documents.bad()


def sent(content=None, name="kế hoạch.pdf"):
    return SimpleUploadedFile(name, documents.pdf() if content is None else content, "application/octet-stream")


def stored(content=None, name="kế hoạch.pdf", **about):
    return attachments.store(sent(content, name), **about)[0]


def files():
    return {path for path in (storing.root() / storing.ATTACHMENTS).rglob("*") if path.is_file()}


@pytest.fixture
def file():
    return stored(title="Kế hoạch số 12/KH-UBND")


def get(client, file):
    response = client.get(file.get_absolute_url())
    if response.streaming:
        response.getvalue()
    return response.status_code


# ---------------------------------------------------------------- taken and refused


@pytest.mark.parametrize(("kind", "name"), documents.honest())
def test_an_honest_document_is_known_by_its_content(kind, name):
    file = stored(documents.honest()[kind, name], name)
    assert file.kind == kind
    assert (storing.root() / file.file.name).read_bytes() == documents.honest()[kind, name]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_document_is_refused_with_a_sentence_and_leaves_nothing(name):
    before, begun = files(), time.monotonic()
    for ending in ("pdf", "docx", "zip"):  # whatever it calls itself
        with pytest.raises(ValidationError) as refused:
            stored(BAD[name], f"tài liệu.{ending}")
        assert refused.value.messages[0].endswith(".")
        if "bomb" in name or "4,000" in name:
            break
    assert time.monotonic() - begun < 3
    assert not Attachment.objects.exists()
    assert files() == before
    assert [path.name for path in storing.scratch_folder().iterdir() if not path.name.startswith("cho-")] == []


@pytest.mark.parametrize(("name", "reason"), [
    ("pdf javascript packed", "JavaScript"), ("pdf encrypted", "mật khẩu"), ("docx with macro", "macro"),
    ("docx with svg", "SVG"), ("zip that climbs", "trỏ ra chỗ khác"), ("zip bomb", "bom nén"),
    ("zip encrypted", "mật khẩu"),
    ("zip folded over itself", "bom nén"), ("html in utf-16", "HTML"), ("rar", "ZIP"),
    ("docx with a remote template", "địa chỉ khác"),
    ("xls with a macro sheet", "macro"), ("zip behind html", "HTML"), ("zip with program as pdf", "chương trình"),
])  # fmt: skip
def test_the_sentence_says_why(name, reason):
    with pytest.raises(ValidationError, match=reason):
        stored(BAD[name], "a.bin")


@pytest.mark.parametrize("name", ["a.pdf.exe", "a.html.pdf", "a.svg", "a.php.pdf", "a.docx", "a.zip", "a.jpg", "a.scr"])
def test_a_name_that_lies_is_refused(name):
    with pytest.raises(ValidationError):
        stored(name=name)


@pytest.mark.parametrize(("name", "title"), [
    ("Kế_hoạch__12.pdf", "Kế hoạch 12"), ("C:\\tệp\\báo cáo.pdf", "báo cáo"), ("../../x.pdf", "x"), (".pdf", "pdf"),
    ("a\u202ebc.pdf", "a bc"), ("không có đuôi", "không có đuôi"), ("ả" * 240 + ".pdf", "ả" * 200),
])  # fmt: skip
def test_an_odd_name_becomes_a_plain_title(name, title):
    assert attachments.title_from(name).strip(".") in {title, title.strip(".")}
    upload = sent()
    upload._name = name
    assert attachments.store(upload)[0].title


def test_the_same_document_is_stored_once(file):
    again, created = attachments.store(sent(), title="Tên khác")
    assert (again, created) == (file, False)


def test_too_large_and_empty_are_refused(monkeypatch):
    monkeypatch.setattr(attachments, "MAX_BYTES", 100)
    for content in (documents.pdf(), b""):
        with pytest.raises(ValidationError):
            stored(content)


def test_a_full_disk_is_said_and_leaves_nothing(monkeypatch):
    import errno

    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    before = files()
    monkeypatch.setattr(storing.os, "fsync", full)
    with pytest.raises(ValidationError, match="hết chỗ chứa"):
        stored()
    assert files() == before
    assert not Attachment.objects.exists()


# ---------------------------------------------------------------- who gets it


def test_a_document_is_sent_as_a_download_that_no_browser_shows(client, file, django_assert_num_queries):
    factories.article().attachments.add(file)
    with django_assert_num_queries(1):
        response = client.get(file.get_absolute_url(), headers={"Accept-Encoding": "gzip"})
    assert b"".join(response.streaming_content) == documents.pdf()
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''K%E1%BA%BF%20ho%E1%BA%A1ch%20s")
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Type"] == "application/pdf"
    assert "Content-Encoding" not in response
    assert "Cookie" not in response.get("Vary", "")
    assert client.get(file.get_absolute_url(), headers={"If-None-Match": response["ETag"]}).status_code == 304
    assert client.post(file.get_absolute_url()).status_code == 405


def _used_by(file, **values):
    article = factories.article(**values)
    article.attachments.add(file)
    return article


NOT_READ = {
    "nothing": None,
    "a draft": {"state": State.DRAFT, "publish_at": None},
    "a text that waits": {"state": State.WAITING, "publish_at": None},
    "tomorrow's article": {"publish_at": timezone.now() + dt.timedelta(days=1)},
    "an expired article": {"expire_at": timezone.now() - dt.timedelta(minutes=1)},
    "a withdrawn article": {"state": State.WITHDRAWN},
    "a trashed draft": {"state": State.DRAFT, "publish_at": None, "deleted_at": timezone.now()},
}


@pytest.mark.parametrize("where", NOT_READ)
def test_what_no_reader_reads_is_not_there_for_strangers(client, file, where):
    """As a list entry and as a link in the text alike; those who may see the article get it."""
    writer = factories.user(None, "Phóng viên")
    values = NOT_READ[where]
    if values is not None:
        _used_by(file, owner=writer, **values)
        linked = factories.article(body=f'<p><a href="{file.get_absolute_url()}">Tệp</a></p>', **values)
        usage.refresh(linked)
    assert get(client, file) == 404
    for role, may in (("Phóng viên", False), ("Biên tập viên", True)):
        client.force_login(factories.user(None, role))
        assert get(client, file) == (200 if may else 404)
    client.force_login(writer)
    assert get(client, file) == (404 if values is None else 200)
    client.force_login(factories.user("khach"))
    assert get(client, file) == 404


def test_its_sender_gets_it(client):
    person = factories.user(None, "Phóng viên")
    file = stored(owner=person)
    client.force_login(person)
    assert get(client, file) == 200
    person.is_active = False
    person.save()
    assert get(client, file) == 404


def test_a_link_in_a_published_text_or_page_is_enough(client, file):
    link = f'<p><a href="{file.get_absolute_url()}">Tệp</a></p>'
    article = factories.article(body=link)
    usage.refresh(article)
    assert get(client, file) == 200
    article.delete()
    assert get(client, file) == 404
    page = factories.page(body=link)
    assert get(client, file) == 200
    Page.objects.filter(pk=page.pk).update(published=False)
    assert get(client, file) == 404


def test_a_change_that_waits_publishes_nothing(client, file):
    article = factories.article()
    usage.note(article.pk, article.body, f'<a href="{file.get_absolute_url()}">Tệp</a>', pending_files=[file.pk])
    assert get(client, file) == 404
    assert usage.places(file)


def test_what_lies_in_the_trash_is_not_public_even_where_it_is_used(client, file):
    _used_by(file)
    Attachment.objects.filter(pk=file.pk).update(deleted_at=timezone.now())
    assert get(client, file) == 404


def test_a_used_document_is_not_trashed(file):
    article = _used_by(file)
    with pytest.raises(library.InUseError) as used:
        library.trash(file)
    assert [place.title for place in used.value.places] == [article.title]


@pytest.mark.parametrize("address", ["/tep/999999999999999999/a.pdf", "/tep/0/a.pdf", "/tep/1/", "/tep/x/a.pdf",
                                     "/tep/1/a/b.pdf", "/tep/99999999999999999999/a.pdf"])  # fmt: skip
def test_no_address_is_too_odd(client, address):
    assert client.get(address).status_code == 404


def test_a_document_whose_file_is_gone_is_not_there(client, file):
    _used_by(file)
    (storing.root() / file.file.name).unlink()
    assert get(client, file) == 404


# ---------------------------------------------------------------- the admin


def test_the_form_takes_a_file_and_names_it(admin_client, admin_user):
    assert admin_client.post("/quan-tri/news/attachment/add/", {"upload": sent()}).status_code == 302
    file = Attachment.objects.get()
    assert (file.title, file.owner) == ("kế hoạch", admin_user)
    page = admin_client.get(f"/quan-tri/news/attachment/{file.pk}/change/").content.decode()
    assert file.get_absolute_url() in page
    response = admin_client.post("/quan-tri/news/attachment/add/", {"upload": sent(), "title": "Khác"}, follow=True)
    assert "Tên bạn vừa ghi chưa được dùng: “Khác”" in response.content.decode()


def test_the_form_says_why_a_file_is_refused(admin_client):
    response = admin_client.post("/quan-tri/news/attachment/add/", {"upload": sent(b"<svg onload=alert(1)>")})
    assert "Đây là tệp SVG" in response.content.decode()


def test_the_editor_gets_a_link(client):
    client.force_login(factories.user(None, "Phóng viên"))
    answer = client.post("/quan-tri/news/attachment/tai-len/", {"upload": sent()}).json()
    assert answer["url"] == Attachment.objects.get().get_absolute_url()
    page = client.get("/quan-tri/news/attachment/chon/?q=ke hoach").content.decode()
    assert answer["url"] in page


def test_lists_cost_the_same_whatever_their_size(admin_client, django_assert_max_num_queries):
    for number in range(4):
        stored(documents.pdf(b"<</N %d>>" % number), owner=factories.user())
    site.current()  # asked once in a process
    with django_assert_max_num_queries(6):
        assert admin_client.get("/quan-tri/news/attachment/").status_code == 200
