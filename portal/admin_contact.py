"""Letters of visitors, for those who answer them."""
from django import forms
from django.contrib import admin, messages

from portal import contact
from portal.auth import mail
from portal.models import ContactMessage
from portal.models.text import nfc

TYPED = ["subject", "name", "email", "phone", "text", "sent_at"]
ANSWERED = ["answer", "answered_at", "answered_by", "mailed"]


class LetterForm(forms.ModelForm):
    """Who has not answered may close a letter, or open it again; an answer sets the state itself."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "state" in self.fields:
            self.fields["state"].choices = [choice for choice in ContactMessage.State.choices
                                            if choice[0] != ContactMessage.State.ANSWERED]  # fmt: skip
        if "answer" in self.fields:
            mailed = self.instance.email and mail.is_set_up()
            self.fields["answer"].help_text = "Lưu là trả lời, và không sửa được nữa. " + (
                f"Câu trả lời được gửi đến {self.instance.email}." if mailed
                else "Cổng không gửi thư được: hãy trả lời qua điện thoại hoặc hộp thư của mình, rồi ghi lại ở đây."
            )  # fmt: skip


@admin.register(ContactMessage)
class ContactMessageAdmin(admin.ModelAdmin):
    form = LetterForm
    list_display = ["subject", "name", "sent_at", "state", "answered_by"]
    list_select_related = ["answered_by"]
    list_filter = ["state"]
    search_fields = ["subject__unaccent", "name__unaccent", "text__unaccent", "email", "phone"]
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def get_readonly_fields(self, request, obj=None):
        return [*TYPED, *ANSWERED, "state"] if obj and obj.answered_at else [*TYPED, "answered_at"]

    def get_fieldsets(self, request, obj=None):
        answered = obj and obj.answered_at
        return [("Thư", {"fields": TYPED}),
                ("Trả lời", {"fields": ["state", *ANSWERED] if answered else ["answer", "state"]}),
                ("Tòa soạn", {"fields": ["note"]})]  # fmt: skip

    def save_model(self, request, obj, form, change):
        if "note" in form.changed_data:
            obj.save(update_fields=["note"])
        if "state" in form.changed_data:
            ContactMessage.objects.filter(pk=obj.pk, answered_at=None).update(state=obj.state)
        if "answer" in form.changed_data and obj.answer.strip() and not contact.answer(obj, request.user):
            self.message_user(request, "Một người khác vừa trả lời thư này; câu trả lời của bạn chưa được gửi.",
                              messages.WARNING)  # fmt: skip

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, nfc(search_term)[:200])
