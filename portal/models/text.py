"""Text fields of this app, in Unicode's composed form whatever keyboard it came from."""
import unicodedata

from django.db import models


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


class CharField(models.CharField):
    def to_python(self, value):
        value = super().to_python(value)
        return nfc(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        return self.to_python(super().get_prep_value(value))


class TextField(models.TextField):
    def to_python(self, value):
        value = super().to_python(value)
        return nfc(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        return self.to_python(super().get_prep_value(value))
