"""The form that an article is written in, and its fields as a browser would send them."""
import re
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from news import richtext, states, text
from news.admin.tools import number
from news.models import Article
from news.models.choices import AFTER_READERS
from news.widgets import SlugWidget

RELATED = 4
Sent = dict[str, list[str]]  # a form's fields as a browser sends them: name → values


class ArticleForm(forms.ModelForm):
    # The version that was opened, or the form's own key where there is none yet.
    started_from = forms.IntegerField(label="phiên bản đã mở", widget=forms.HiddenInput, required=False)
    form_token = forms.UUIDField(label="mã phiếu", widget=forms.HiddenInput, required=False)
    correction = forms.CharField(
        label="Ghi chú đính chính", max_length=300, required=False,
        widget=forms.Textarea({"rows": 2, "class": "vLargeTextField"}),
        help_text="Bạn đọc thấy dưới bài, sau “Cập nhật lần cuối”. Sửa lỗi gõ thì để trống.",
    )  # fmt: skip

    class Meta:
        model = Article
        fields = [name for name in text.FIELDS if name != text.CORRECTION]
        widgets = {
            "title": forms.TextInput({"class": "vTextField article-title"}),
            "slug": SlugWidget("title"),
            "lead": forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
            "internal_note": forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
            "review_on": AdminDateWidget,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["started_from"] = self.instance.version
            if self.instance.pending_id:
                self.initial.update(initial(text.newest(self.instance)))
        if not self.instance.has_had_readers:
            self.fields.pop("correction", None)
        if "genre" in self.fields:
            self.fields["genre"].required = False  # it has a default
        if "related" in self.fields:  # nobody learns another's drafts by their numbers
            self.fields["related"].queryset = Article.objects.filter(state__in=AFTER_READERS)
        offer(self)

    def clean(self):
        cleaned = super().clean()
        # Two posts of one form must not become two articles: states.why_not_edit speaks before anything is written.
        if self.instance.pk and (why := states.why_not_edit(self.instance, self.user)):
            raise ValidationError(why)
        related = cleaned.get("related")
        if related is not None:
            if len(related) > RELATED:
                self.add_error("related", f"Chọn tối đa {RELATED} bài liên quan.")
            if self.instance in related:
                self.add_error("related", "Bài không thể liên quan đến chính nó.")
        if cleaned.get("also_in") is not None and cleaned.get("category"):
            cleaned["also_in"] = [category for category in cleaned["also_in"] if category != cleaned["category"]]
        cleaned["genre"] = cleaned.get("genre") or self.instance.genre
        for name in ("publish_at", "expire_at"):
            cleaned[name] = self._to_the_second(name, cleaned.get(name))
        if self.instance.state == Article.State.PUBLISHED and "publish_at" in cleaned and not cleaned["publish_at"]:
            self.add_error("publish_at", "Bài đã xuất bản phải có ngày đăng.")
        return cleaned

    def _to_the_second(self, name, typed):
        """The form shows minutes: a moment that was not touched keeps its seconds."""
        stored = self.initial.get(name)  # Django's own way to it cuts off what is below a second
        if not (typed and stored):
            return typed
        return stored if typed in (stored.replace(microsecond=0), stored.replace(second=0, microsecond=0)) else typed

    @property
    def many(self) -> dict[str, list[int]]:
        """Ids of what was chosen in the fields of many rows."""
        return {
            field.name: [row.pk for row in self.cleaned_data[field.name]]
            for field in text.MANY
            if field.name in self.cleaned_data
        }

    @property
    def new_text(self) -> text.Text:
        """The text that a valid form holds."""
        return text.of(self.instance, self.many, self.cleaned_data.get("correction", ""))

    @property
    def differs(self) -> bool:
        """Whether what was typed is anything else than what is stored (or, for a new article, than an empty form)."""
        return any(not _same(name, self) for name in self.changed_data if name not in {"started_from", "form_token"})


def _same(name: str, form: ArticleForm) -> bool:
    """Editors write the same HTML with other line breaks than importers do."""
    field = form.fields[name]
    sent = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    stored = form.get_initial_for_field(field, name)
    if name == "body":
        return _canonical(sent) == _canonical(stored)
    return isinstance(sent, str) and sent.replace("\r\n", "\n").strip() == str(stored or "").strip()


def _canonical(html: Any) -> str:
    try:
        clean = richtext.sanitise(str(html or ""))
    except richtext.TextTooLongError:
        return str(html)
    return re.sub(r"\s+", " ", re.sub(r">\s+|\s+<", lambda match: match[0].strip(), clean)).strip()


def initial(content: text.Text) -> dict[str, Any]:
    """A text as a form's initial values."""
    values: dict[str, Any] = {}
    for name, field in text.FIELDS.items():
        value = content[name]
        if value and field.kind == "moment":
            value = timezone.localtime(parse_datetime(value))
        elif value and field.kind == "date":
            value = parse_date(value)
        elif field.kind == "many":
            value = text.existing(field, value)
        values[name] = value
    return values


def sent(content: text.Text) -> Sent:
    """A text as a browser would send it."""
    data: Sent = {}
    for name, value in initial(content).items():
        kind = text.FIELDS[name].kind
        if kind == "moment":
            data[f"{name}_0"] = [value.strftime("%d-%m-%Y") if value else ""]
            data[f"{name}_1"] = [value.strftime("%H:%M:%S").removesuffix(":00") if value else ""]
        elif kind == "date":
            data[name] = [value.strftime("%d-%m-%Y") if value else ""]
        elif kind == "many":
            data[name] = [str(key) for key in value]
        else:
            data[name] = ["" if value is None else str(value)]
    return data


def query_dict(data: Sent) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, values in data.items():
        made.setlist(name, [str(value) for value in values])
    return made


def show(form: ArticleForm, data: Sent) -> None:
    """Fills an unbound form with fields as a browser sent them; HTML is sanitised before it reaches the editor."""
    sent_fields = query_dict(data)
    for name, field in form.fields.items():
        if name in {"started_from", "form_token"}:
            continue
        value = field.widget.value_from_datadict(sent_fields, {}, name)
        if name == "body":
            value = richtext.for_editor(value or "")
        form.initial[name] = value
    offer(form)


def offer(form: ArticleForm) -> None:
    """Lets what is in the trash be kept where the text has it already, and be chosen nowhere: none is lost unseen."""
    for name in ("image", "attachments"):
        if name in form.fields:
            value = form.initial.get(name) or []
            values = value if isinstance(value, list) else [value]
            keys = [key for one in values if (key := number(str(getattr(one, "pk", one)))) is not None]
            field = form.fields[name]
            field.queryset = field.queryset.model.objects.filter(Q(deleted_at=None) | Q(pk__in=keys))
