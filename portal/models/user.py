from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models, transaction

from portal.models.text import CharField, nfc


class User(AbstractUser):
    """Someone with an account; a Vietnamese name is one text, family name first."""

    first_name = None
    last_name = None
    full_name = CharField("họ và tên", max_length=150, blank=True)
    pen_name = CharField("bút danh", max_length=150, blank=True, help_text="Ghi dưới bài viết của người này.")
    office = CharField("đơn vị công tác", max_length=200, blank=True)
    second_factor_due = models.DateTimeField("phải bật xác thực hai bước trước", null=True, editable=False)
    opened_at = models.DateTimeField("mở lại lúc", null=True, editable=False)  # after it was closed; see auth.idle

    renewing = False  # while Django may write an old hash anew: the password is the same

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["username"]

    def __str__(self):
        return self.get_full_name()

    # The log hears of a save when it is done: what it writes is kept with the change, or neither is.
    @transaction.atomic
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        if User.objects.filter(username__iexact=self.username).exclude(pk=self.pk).exists():
            raise ValidationError({"username": "Tên đăng nhập này đã có người dùng."})

    # A keyboard that sends combining marks must not change what a password is.
    def set_password(self, raw_password):
        super().set_password(None if raw_password is None else nfc(raw_password))

    def check_password(self, raw_password):
        self.renewing = True
        try:
            return super().check_password(None if raw_password is None else nfc(raw_password))
        finally:
            self.renewing = False

    def get_full_name(self):
        return self.full_name or self.username

    def get_short_name(self):
        """A Vietnamese name is said by its last word: Hoàng Thị Mai is called Mai."""
        return self.get_full_name().split()[-1]
