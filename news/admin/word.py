"""The admin's page `Nhập từ Word`."""
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from news import richtext, uploads, workflow
from news.docx import drafting, reading
from news.models import Category


class WordForm(forms.Form):
    document = forms.FileField(
        label="Tài liệu Word",
        help_text=f"Tệp .docx, tối đa {reading.MAX_BYTES // 1024 // 1024} MB. "
        "Dòng tiêu đề đầu tài liệu thành tiêu đề bài.",
        widget=forms.FileInput({"accept": ".docx"}),
        max_length=200,
    )
    category = forms.ModelChoiceField(Category.objects.all(), label="Chuyên mục")

    def clean_document(self):
        document = self.cleaned_data["document"]
        if document.size > reading.MAX_BYTES:
            raise ValidationError(reading.SENTENCES["too_large"])
        return document


def import_view(model_admin, request):
    """Asks for a document and a category, and leads to the draft that the document became."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    form = WordForm(request.POST, request.FILES) if request.method == "POST" else WordForm()
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["document"]
        try:
            uploads.count(request.user, upload.size)
            article, remarks = drafting.draft(
                upload.read(), upload.name, form.cleaned_data["category"], request.user
            )
        except ValidationError as error:
            form.add_error("document", error)
        except (reading.DocxError, richtext.TextTooLongError, workflow.RefusedError) as error:
            form.add_error("document", str(error))
        else:
            messages.success(request, f"Đã tạo bản nháp “{article}” từ tài liệu. Hãy đọc lại trước khi gửi duyệt.")
            for remark in remarks:
                messages.warning(request, remark)
            return HttpResponseRedirect(reverse("admin:news_article_change", args=[article.pk]))
    return TemplateResponse(request, "admin/news/import_word.html", {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": "Nhập từ Word",
        "form": form,
        "adminform": admin.helpers.AdminForm(form, [(None, {"fields": ["document", "category"]})], {}),
        "has_view_permission": model_admin.has_view_permission(request),
    })  # fmt: skip
