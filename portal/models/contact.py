"""What visitors write to the newsroom through the contact form; nothing of it is ever published."""
from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.models.text import CharField, TextField


class ContactMessage(models.Model):
    class State(models.TextChoices):
        NEW = "moi", "Chưa trả lời"
        ANSWERED = "da-tra-loi", "Đã trả lời"
        CLOSED = "dong", "Không cần trả lời"

    name = CharField("họ và tên", max_length=100)
    email = models.EmailField("thư điện tử", blank=True)
    phone = CharField("điện thoại", max_length=20, blank=True)
    subject = CharField("tiêu đề", max_length=150)
    text = TextField("nội dung", max_length=4000)
    sent_at = models.DateTimeField("gửi lúc", default=timezone.now)
    state = models.CharField("tình trạng", max_length=10, choices=State.choices, default=State.NEW)
    note = TextField("ghi chú nội bộ", blank=True, max_length=2000, help_text="Chỉ tòa soạn thấy.")
    answer = TextField("câu trả lời", blank=True, max_length=8000)
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+",
                                    verbose_name="người trả lời")  # fmt: skip
    mailed = models.BooleanField("đã gửi qua thư điện tử", default=False)

    class Meta:
        verbose_name = "thư bạn đọc"
        verbose_name_plural = "thư bạn đọc"
        ordering = ["-sent_at", "-pk"]
        default_permissions = ("view", "change", "delete")
        indexes = [
            models.Index(fields=["state", "-sent_at"], name="contact_by_state"),
            models.Index(fields=["-sent_at", "-id"], name="contact_by_time"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(state="da-tra-loi") | models.Q(answered_at__isnull=False),
                                   name="an_answer_has_its_time"),
        ]  # fmt: skip

    def __str__(self):
        # What a visitor typed goes to no log, no address and no message: those are kept for longer.
        return f"Thư số {self.pk}"
