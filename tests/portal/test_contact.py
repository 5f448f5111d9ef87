"""Letters of visitors: taken in without a session, kept from programs, answered once, forgotten after a year."""
import datetime as dt
import re
import time
from types import SimpleNamespace

import factories
import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal import contact
from portal.models import ContactMessage, LogEntry, SiteSettings

pytestmark = pytest.mark.django_db
FORM, SENT = "/lien-he/", "/lien-he/da-gui/"
LETTER = {"name": "Nguyễn Thị Tư", "email": "tu@vi.example", "phone": "", "subject": "Đèn đường",
          "text": "Đèn đường trước số 12 đã tắt ba ngày.", "consent": "on", "website": ""}  # fmt: skip


@pytest.fixture
def later(monkeypatch):
    """Opens the form and waits as long as people take to write."""

    def opened(client=None, seconds=60):
        html = (client or Client()).get(FORM).content.decode()
        ticket = re.search(r'name="ticket" value="([^"]+)"', html)[1]
        _, first, second = contact.read_ticket(ticket)
        moment = time.time() + seconds  # the form's clock alone: visits are counted by the real one
        monkeypatch.setattr(contact, "time", SimpleNamespace(time=lambda: moment))
        return {"ticket": ticket, "question": str(first + second)}

    return opened


def letter(**values):
    typed = {name: LETTER[name] for name in ("name", "email", "subject", "text")}
    return ContactMessage.objects.create(**typed | values)


def test_a_letter_is_kept_and_told_and_never_shown(client, later, django_capture_on_commit_callbacks):
    SiteSettings.objects.create(email="toasoan@cong.example")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(FORM, LETTER | later() | {"subject": "Đèn\r\nBcc: moi@nguoi.example"})
    assert (answer.status_code, answer["Location"]) == (302, SENT)
    (kept,) = ContactMessage.objects.all()
    assert (kept.name, kept.subject, kept.state) == (LETTER["name"], "Đèn Bcc: moi@nguoi.example", "moi")
    (told,) = mail.outbox
    assert (told.to, told.bcc) == (["toasoan@cong.example"], [])
    assert "\n" not in told.subject
    assert f"/quan-tri/portal/contactmessage/{kept.pk}/change/" in told.body
    for address in ("/", FORM, SENT, "/tim-kiem/?q=den", "/rss/", "/so-do-cong/"):
        assert "Bcc" not in client.get(address).content.decode()
    assert not LogEntry.objects.filter(target_name__contains="Bcc").exists()


def test_the_form_is_nobodys_to_keep_and_needs_its_token(client):
    page = client.get(FORM)
    assert "no-store" in page["Cache-Control"]
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(FORM, LETTER).status_code == 403
    assert client.get(SENT).status_code == 200


@pytest.mark.parametrize(("wrong", "said"), [
    ({"email": "", "phone": ""}, "thư điện tử hoặc số điện thoại"),
    ({"email": "a@b"}, "Thư điện tử"), ({"email": "a@b.vn\nBcc: x@y.vn"}, "Thư điện tử"),
    ({"email": "", "phone": "hôm nay"}, "từ 8 chữ số"), ({"text": "x" * 4001}, "4000"), ({"name": "n" * 101}, "100"),
    ({"subject": " \n "}, "Tiêu đề"), ({"text": "ngắn"}, "Nội dung"), ({"text": "mười ký tự\0"}, "Nội dung"),
    ({"consent": ""}, "Đồng ý"), ({"question": "11"}, contact.MISTAKES["question"]),
    ({"ticket": "x"}, contact.MISTAKES["ticket"]),
])  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, later, wrong, said):
    answer = client.post(FORM, LETTER | later() | wrong)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert said in re.search(r'role="alert">.*?</div>', html, re.S)[0]
    assert "ba ngày" in html or "text" in wrong
    assert "<title>Lỗi: " in html
    assert not ContactMessage.objects.exists()


def test_programs_are_kept_out_without_a_picture(client, later):
    asked = later(seconds=1)
    assert contact.MISTAKES["soon"] in client.post(FORM, LETTER | asked).content.decode()
    answer = client.post(FORM, LETTER | asked | {"website": "https://mua.example"})
    assert answer["Location"] == SENT
    stale = later(seconds=contact.LATEST + 60)
    assert contact.MISTAKES["ticket"] in client.post(FORM, LETTER | stale).content.decode()
    assert not ContactMessage.objects.exists()


def test_one_machine_sends_a_few_letters_and_no_more(client, later):
    asked = later()
    answers = [client.post(FORM, LETTER | asked) for _ in range(9)]
    assert answers[-1].status_code == 429
    assert "ba ngày" in answers[-1].content.decode()
    assert ContactMessage.objects.count() < 8
    assert client.post(FORM, LETTER | asked, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_an_editor_answers_once_by_mail(client, django_capture_on_commit_callbacks):
    received, other = letter(), letter(email="", phone="0208 000 111")
    client.force_login(factories.user("lan", "Biên tập viên"))
    assert "Thư bạn đọc chưa trả lời: 2" in client.get("/quan-tri/").content.decode()
    address = f"/quan-tri/portal/contactmessage/{received.pk}/change/"
    assert "tu@vi.example" in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"answer": "Đã thay bóng đèn.", "state": "moi", "note": "Gọi điện lực"})
    received.refresh_from_db()
    assert (received.state, received.answer, received.note) == ("da-tra-loi", "Đã thay bóng đèn.", "Gọi điện lực")
    assert received.mailed
    assert received.answered_by.username == "lan"
    (sent,) = mail.outbox
    assert (sent.to, "Đã thay bóng đèn." in sent.body, "ba ngày" in sent.body) == (["tu@vi.example"], True, True)
    assert "Gọi điện lực" not in sent.body
    client.post(address, {"answer": "Khác", "state": "dong", "note": "Xong"})
    received.refresh_from_db()
    assert (received.answer, received.state, received.note) == ("Đã thay bóng đèn.", "da-tra-loi", "Xong")
    assert not contact.answer(received, received.answered_by)
    client.post(f"/quan-tri/portal/contactmessage/{other.pk}/change/", {"state": "dong", "name": "Người khác"})
    other.refresh_from_db()
    assert (other.state, other.name, len(mail.outbox)) == ("dong", LETTER["name"], 1)
    assert LogEntry.objects.get(action="contact.answer").target_name == f"Thư số {received.pk}"


def test_a_reporter_reads_no_letters(client):
    letter()
    client.force_login(factories.user("phong", "Phóng viên"))
    assert "Thư bạn đọc" not in client.get("/quan-tri/").content.decode()
    assert client.get("/quan-tri/portal/contactmessage/").status_code == 403


def test_letters_go_after_a_year(client):
    letter(sent_at=timezone.now() - dt.timedelta(days=contact.KEPT_DAYS + 1))
    kept = letter()
    assert contact.prune() == 1
    assert list(ContactMessage.objects.all()) == [kept]
