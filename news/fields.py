"""Model fields that keep text as the portal wants it, whatever the way in: form, import, shell or bulk_create."""
from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from news import pictures, richtext
from news.richtext.features import HELP
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


class RichTextFormField(forms.CharField):
    """What a form hands on is sanitised before anybody's code sees it."""

    def to_python(self, value):
        try:
            return str(richtext.sanitise(super().to_python(value)))
        except richtext.TextTooLongError as error:
            raise ValidationError(str(error)) from None


class RichTextField(TextField):
    """HTML that an editor wrote, sanitised on every write.

    `update()` with an expression of the database (`Concat`, `Replace`) is the one way that no field sees: the command
    `resanitise` mends what came that way.
    """

    def clean_text(self, value):
        return richtext.sanitise(value)

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        # bulk_create calls no save(): readers would get an empty page.
        if value and getattr(model_instance, "rendered", None) == "":
            model_instance.rendered = pictures.render_images(richtext.render(value))
        return value

    def clean(self, value, model_instance):
        try:
            return super().clean(richtext.sanitise(value or ""), model_instance)
        except richtext.TextTooLongError as error:
            raise ValidationError(str(error)) from None

    def get_db_prep_save(self, value, connection):
        # Also the way of update() and bulk_update(). Not get_prep_value: a lookup's words are no text to be stored.
        value = richtext.sanitise(value) if isinstance(value, str) else value
        return super().get_db_prep_save(value, connection)

    def formfield(self, **kwargs):
        from news.widgets import RichTextWidget

        own = {"form_class": RichTextFormField, "widget": RichTextWidget, "help_text": self.help_text or HELP}
        return super().formfield(**{**own, **kwargs})
