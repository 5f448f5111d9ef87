from django.core.validators import RegexValidator
from django.db import models

from news.fields import CharField


class Abbreviation(models.Model):
    """A short form that readers can have spelled out wherever it stands in a text."""

    short = CharField("chữ viết tắt", max_length=20, unique=True,
                      validators=[RegexValidator(r"\w", "Chữ viết tắt phải có chữ cái hoặc chữ số.")],
                      help_text="Viết đúng như trong bài, phân biệt chữ hoa và chữ thường.")  # fmt: skip
    long = CharField("viết đầy đủ", max_length=150)
    active = models.BooleanField("dùng", default=True)

    class Meta:
        verbose_name = "chữ viết tắt"
        verbose_name_plural = "chữ viết tắt"
        ordering = ["short"]

    def __str__(self):
        return f"{self.short}: {self.long}"

    def clean(self):
        super().clean()
        self.short, self.long = " ".join(self.short.split()), " ".join(self.long.split())
