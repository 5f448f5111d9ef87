"""`Nhập từ Word`: a document becomes a clean draft; what is made to do harm gets a sentence."""
import html
import time

import factories
import pytest
import word
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from news import turns, uploads
from news.docx import reading
from news.models import Article, Image, State

pytestmark = pytest.mark.django_db
DOCUMENT = (
    word.paragraph("Kết quả sáu tháng đầu năm", "Title")
    + word.paragraph("I. Kinh tế", "Heading1")
    + word.paragraph("Thu ngân sách đạt 19,39 % kế hoạch.", properties='<w:jc w:val="center"/>')
    + '<w:p><w:r><w:t xml:space="preserve">Theo báo cáo </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>của UBND</w:t></w:r>'
    '<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    + word.paragraph("")
    + word.item("Việc thứ nhất") + word.item("Chi tiết", 1) + word.item("Việc thứ hai")
    + word.table(["Năm", "Vốn"], ["2026", "1.940"])
    + word.paragraph("mua thuốc ở đây", run="<w:vanish/>") + word.paragraph("cá cược", run='<w:color w:val="FFFFFF"/>')
    + word.paragraph("nhà cái", run='<w:sz w:val="2"/>')
)  # fmt: skip
CLEAN = """<h2>I. Kinh tế</h2>
<p class="can-giua">Thu ngân sách đạt 19,39 % kế hoạch.</p>
<p>Theo báo cáo <strong>của UBND</strong><a href="#ghi-chu-1"><sup>1</sup></a></p>
<ol><li>Việc thứ nhất<ul><li>Chi tiết</li></ul></li><li>Việc thứ hai</li></ol>
<table><thead><tr><th scope="col">Năm</th><th scope="col">Vốn</th></tr></thead>\
<tbody><tr><td>2026</td><td>1.940</td></tr></tbody></table>
<ol class="ghi-chu"><li>Theo Nghị quyết số 12.</li></ol>"""


@pytest.fixture
def reporter():
    return factories.user("phongvien", "Phóng viên", pen_name="Hà Anh")


@pytest.fixture
def send(client, reporter):
    client.force_login(reporter)

    def post(content, name="bao-cao.docx"):
        return client.post(reverse("admin:news_article_word"), {
            "document": SimpleUploadedFile(name, content), "category": factories.category().pk,
        })  # fmt: skip

    return post


def refusal(response):
    assert response.status_code == 200
    assert not Article.objects.exists()
    return response.content.decode()


def test_a_document_becomes_a_draft_of_its_sender_with_clean_structure(send, reporter):
    response = send(word.docx(DOCUMENT))
    article = Article.objects.get()
    assert response.url == reverse("admin:news_article_change", args=[article.pk])
    assert (article.title, article.state, article.owner) == ("Kết quả sáu tháng đầu năm", State.DRAFT, reporter)
    assert article.pen_name == "Hà Anh"
    assert article.body == CLEAN
    assert article.revisions.count() == 1


def test_pictures_go_to_the_library_with_their_description_and_owner(send, reporter):
    send(word.docx(word.paragraph("Tin") + word.picture("Cầu mới"), media=factories.picture_bytes(kind="PNG")))
    image = Image.objects.get()
    assert (image.alt, image.owner) == ("Cầu mới", reporter)
    assert f'src="{image.file.url}" alt="Cầu mới" width="640"' in Article.objects.get().body


def test_a_picture_that_cannot_be_read_is_named_and_the_text_is_kept(send, client):
    send(word.docx(word.paragraph("Tin") + word.picture(), media=b"\x89PNG\r\n\x1a\n hong"))
    assert "<img" not in Article.objects.get().body
    page = client.get(reverse("admin:news_article_changelist")).content.decode()
    assert "Ảnh thứ 1 trong tài liệu không lấy được" in page


def test_a_document_without_a_title_is_named_by_its_file(send):
    send(word.docx(word.paragraph("Tin")), "Báo cáo_tháng 3.docx")
    assert Article.objects.get().title == "Báo cáo tháng 3"


EXTERNAL = '<Relationship Id="rId8" Type="{}/{}" Target="{}" TargetMode="External"/>'


def parts(**extra):
    return word.docx("", extra=extra)


HOSTILE = {
    "text": (lambda: b"khong phai word", "not_docx"),
    "old doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not_docx"),
    "empty zip": (lambda: b"PK\x05\x06" + b"\0" * 18, "not_docx"),
    "cut off": (lambda: word.docx(DOCUMENT)[:700], "not_docx"),
    "sheet": (lambda: word.docx("", types=word.CONTENT_TYPES.replace("wordprocessing", "spreadsheet")), "not_docx"),
    "a way out of the folder": (lambda: parts(**{"../../etc/cron.d/x": "x"}), "not_docx"),
    "macro": (lambda: parts(**{"word/vbaProject.bin": b"x"}), "macro"),
    "zip bomb": (lambda: parts(**{"word/media/b.png": b"\0" * 30_000_000}), "bomb"),
    "a bomb of many files": (lambda: parts(**{f"word/{number}.bin": b"" for number in range(2_100)}), "bomb"),
    "a long part": (lambda: word.docx("<w:p/>" * 2_200_000), "too_long"),
    "entities": (lambda: parts(**{"word/x.xml": '<!DOCTYPE l [<!ENTITY a "aa">]><l>&a;</l>'}), "bomb"),
    "entities in UTF-16": (lambda: parts(**{"word/x.xml": "<!DOCTYPE l>".encode("utf-16")}), "bomb"),
    "a picture elsewhere": (lambda: linked("image", "http://a.example/x.png"), "external"),
    "a file of the server": (lambda: linked("image", "file:///etc/passwd"), "external"),
    "a template elsewhere": (lambda: linked("attachedTemplate", "https://a.example/t.dotm"), "external"),
    "an object elsewhere": (lambda: linked("oleObject", "\\\\host\\share"), "external"),
    "no words": (lambda: word.docx("<w:p/>"), "empty"),
    "broken XML": (lambda: word.docx("<w:p>"), "broken"),
    "deep tables": (lambda: word.docx("<w:tbl><w:tr><w:tc>" * 3_000 + "</w:tc></w:tr></w:tbl>" * 3_000), "too_complex"),
}  # fmt: skip


def linked(kind, target):
    return word.docx(word.paragraph("Tin"), relationships=EXTERNAL.format(word.REL, kind, target))


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_honest_document_is_refused_with_a_sentence(send, name):
    make, code = HOSTILE[name]
    content = make()
    started = time.monotonic()
    assert html.escape(reading.SENTENCES[code]) in refusal(send(content))
    assert time.monotonic() - started < reading.MAX_SECONDS + 2


def test_a_converter_that_never_ends_is_ended(send, monkeypatch):
    monkeypatch.setattr(reading, "MAX_SECONDS", 0.01)
    assert html.escape(reading.SENTENCES["too_complex"]) in refusal(send(word.docx(DOCUMENT)))


def test_who_comes_while_two_are_read_is_told_so_and_keeps_the_category(send, monkeypatch):
    monkeypatch.setattr(reading, "PATIENCE", 0)
    with turns.turn("word", reading.AT_ONCE, 0), turns.turn("word", reading.AT_ONCE, 0):
        page = refusal(send(word.docx(DOCUMENT)))
    assert html.escape(reading.SENTENCES["queue"]) in page
    assert " selected>" in page
    assert send(word.docx(DOCUMENT)).status_code == 302


def test_a_document_counts_as_a_file_that_was_sent(send, monkeypatch):
    monkeypatch.setattr(uploads, "FILES_AN_HOUR", 1)
    assert send(word.docx(DOCUMENT)).status_code == 302
    assert "tối đa 1 tệp mỗi giờ" in send(word.docx(DOCUMENT)).content.decode()


def test_only_who_may_write_articles_may_bring_one(client):
    address = reverse("admin:news_article_word")
    assert client.get(address).status_code == 302
    client.force_login(factories.user("khach"))
    assert client.get(address).status_code == 403
    assert client.post(address, {}).status_code == 403


def test_a_form_without_a_file_says_what_is_missing(send, client, reporter):
    client.force_login(reporter)
    page = client.post(reverse("admin:news_article_word"), {}).content.decode()
    assert "Chưa nhập được tài liệu" in page
    assert "errorlist" in page


def test_the_writers_own_template_is_no_reason_to_refuse(send):
    rels = f"<R>{EXTERNAL.format(word.REL, 'attachedTemplate', 'file:///C:/Users/ha/Normal.dotm')}</R>"
    send(word.docx(word.paragraph("Tin"), extra={"word/_rels/settings.xml.rels": rels}))
    assert Article.objects.count() == 1
