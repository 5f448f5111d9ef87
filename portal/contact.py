"""The contact form's letters: taken in, answered, forgotten after a year."""
import datetime as dt
import time

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal import log, site
from portal.auth import mail, throttle
from portal.auth.forms import TextField
from portal.models import ContactMessage

KEPT_DAYS = 365
SOONEST, LATEST = 4, 24 * 3600  # seconds between the form's opening and its sending
MISTAKES = {
    "ticket": "Trang này đã mở quá lâu. Xin xem lại rồi bấm gửi lần nữa.",
    "soon": "Xin chờ vài giây rồi bấm gửi lần nữa.",
    "question": "Câu trả lời chưa đúng.",
}
_TICKET = "portal.contact"
_NUMBERS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def new_ticket() -> str:
    """Says when the form was opened and what it asks; signed, so that it needs neither a session nor a row."""
    now = int(time.time())
    day = now // 86_400  # all of a day are asked the same: who can add up needs no surprise
    return signing.dumps([now, 1 + day % 5, 1 + day // 5 % 5], salt=_TICKET)


def read_ticket(ticket: str) -> tuple[int, int, int] | None:
    """(seconds since it was given, the two numbers of its question); None for any other text, and for an old one."""
    try:
        given, first, second = signing.loads(ticket, salt=_TICKET)
    except signing.BadSignature:
        return None
    age = int(time.time()) - given
    return (age, first, second) if age <= LATEST else None


class ContactForm(forms.Form):
    name = TextField(label="Họ và tên", max_length=100, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(label="Thư điện tử", max_length=254, required=False,
                             widget=forms.EmailInput({"autocomplete": "email"}))  # fmt: skip
    phone = TextField(label="Điện thoại", max_length=20, required=False,
                      validators=[RegexValidator(r"\A\+?[0-9 .()\-]{8,20}\Z", "Số điện thoại có từ 8 chữ số.")],
                      widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}))  # fmt: skip
    subject = TextField(label="Tiêu đề", max_length=150)
    text = TextField(label="Nội dung", min_length=10, max_length=4000, widget=forms.Textarea({"rows": 8}))
    question = TextField(label="Câu hỏi", max_length=20,
                         widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none"}))  # fmt: skip
    consent = forms.BooleanField(label="Tôi đồng ý để cổng lưu và dùng những thông tin này để trả lời tôi.")
    # People do not see it: only a program fills it in.
    website = forms.CharField(label="Xin để trống ô này", required=False,
                              widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"}))  # fmt: skip
    ticket = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        held = str(self.data.get("ticket", ""))[:200]
        self.known = read_ticket(held)
        # Who corrects a mistake is asked the same again, and has waited already.
        self.handed = held if self.known else new_ticket()
        _, first, second = self.known or read_ticket(self.handed)
        self.sum = first + second
        self.fields["question"].label = f"{_NUMBERS[first].capitalize()} cộng {_NUMBERS[second]} bằng mấy?"

    def clean_name(self):
        return _one_line(self.cleaned_data["name"])

    def clean_subject(self):
        return _one_line(self.cleaned_data["subject"])

    def clean_question(self):
        typed = self.cleaned_data["question"].strip().casefold()
        if self.known and typed not in {str(self.sum), _NUMBERS[self.sum]}:
            raise ValidationError(MISTAKES["question"])
        return typed

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("email") or cleaned.get("phone") or {"email", "phone"} & self.errors.keys()):
            self.add_error("email", "Hãy cho biết thư điện tử hoặc số điện thoại để chúng tôi trả lời.")
        if self.known is None:
            # The new question is another one: its answer must not stand there already.
            self.data = {**self.data.dict(), "question": ""}
            self.add_error(None, MISTAKES["ticket"])
        elif self.known[0] < SOONEST:
            self.add_error(None, MISTAKES["soon"])
        return cleaned

    @property
    def is_a_programs(self) -> bool:
        return bool(str(self.data.get("website", "")).strip())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def receive(typed: dict, network: str) -> ContactMessage:
    """Keeps a letter and tells the newsroom's mailbox; raises throttle.Refused."""
    throttle.take("contact", network, whence=network)
    throttle.take("contact-all", "")
    columns = ("name", "email", "phone", "subject", "text")
    message = ContactMessage.objects.create(**{column: typed[column] for column in columns})
    mailbox = site.current().settings.email
    if mailbox and mail.is_set_up():
        try:
            throttle.take("contact-mail", mailbox)
        except throttle.Refused:
            return message  # the front desk counts it all the same
        path = reverse("admin:portal_contactmessage_change", args=[message.pk])
        transaction.on_commit(lambda: mail.later(mail.send, "contact_new", mailbox, {"message": message, "path": path}))
    return message


@transaction.atomic
def answer(message: ContactMessage, person) -> bool:
    """Keeps `message.answer` as its one answer and mails it where that can be; False where somebody was quicker."""
    mailed = bool(message.email) and mail.is_set_up()
    unanswered = ContactMessage.objects.filter(pk=message.pk, answered_at=None)
    if not unanswered.update(answer=message.answer, answered_at=timezone.now(), answered_by=person,
                             state=ContactMessage.State.ANSWERED):  # fmt: skip
        return False
    log.write("contact.answer", "Trả lời thư bạn đọc", message, detail="gửi qua thư điện tử" if mailed else "")
    if mailed:
        transaction.on_commit(lambda: mail.later(_mail_answer, message))
    return True


def _mail_answer(message: ContactMessage) -> None:
    mail.send("contact_answer", message.email, {"message": message})
    ContactMessage.objects.filter(pk=message.pk).update(mailed=True)  # no earlier: a mail server may refuse


def waiting() -> int:
    return ContactMessage.objects.filter(state=ContactMessage.State.NEW).count()


def prune() -> int:
    """Takes out letters older than a year, answered or not: what people wrote of themselves is not kept for ever."""
    return ContactMessage.objects.filter(sent_at__lt=timezone.now() - dt.timedelta(days=KEPT_DAYS)).delete()[0]
