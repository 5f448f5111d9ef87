"""Model fields that keep text as the portal wants it, whatever the way in: form, import, shell or bulk_create."""
from django.core.exceptions import ValidationError
from django.db import models

from news import richtext
from news.vietnamese import nfc


class _Clean:
    """Cleans a value on the instance when it is saved, and in queries on its way to the database."""

    def clean_text(self, value: str) -> str:
        return nfc(value)

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = self.clean_text(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return nfc(value) if isinstance(value, str) else value


class CharField(_Clean, models.CharField):
    """A CharField in Unicode's composed form."""


class TextField(_Clean, models.TextField):
    """A TextField in Unicode's composed form."""


class RichTextField(TextField):
    """HTML that an editor wrote, sanitised on every write."""

    def clean_text(self, value):
        return richtext.sanitise(value)

    def clean(self, value, model_instance):
        try:
            return super().clean(richtext.sanitise(value or ""), model_instance)
        except richtext.TextTooLongError as error:
            raise ValidationError(str(error)) from None

    def get_prep_value(self, value):
        # Also the way of update(): cleaning twice changes nothing, cleaning never would.
        value = super().get_prep_value(value)
        return richtext.sanitise(value) if isinstance(value, str) else value

    def formfield(self, **kwargs):
        from news.widgets import RichTextWidget

        return super().formfield(**{"widget": RichTextWidget, **kwargs})
