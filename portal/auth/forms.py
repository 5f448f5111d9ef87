"""Forms of the pages around an account; what they are called and say is Vietnamese, what browsers fill in is named."""
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from portal.auth import passwords
from portal.models import User
from portal.models.text import nfc


def password_field(label: str, new: bool = False) -> forms.CharField:
    attributes = {"autocomplete": "new-password" if new else "current-password"}
    return forms.CharField(label=label, strip=False, max_length=passwords.LONGEST,
                           widget=forms.PasswordInput(attrs=attributes))  # fmt: skip


class TextField(forms.CharField):
    def to_python(self, value):
        return nfc(super().to_python(value))


class LoginForm(forms.Form):
    username = TextField(label="Tên đăng nhập", max_length=150, error_messages={"required": "Hãy nhập tên đăng nhập."})
    password = password_field("Mật khẩu")
    ticket = forms.CharField(required=False, max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].error_messages["required"] = "Hãy nhập mật khẩu."


class CodeForm(forms.Form):
    code = forms.CharField(label="Mã xác thực", max_length=40, widget=forms.TextInput(attrs={
        "autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "none", "spellcheck": "false"}),
        help_text="Sáu chữ số trong ứng dụng xác thực, hoặc một mã dự phòng.")  # fmt: skip


class PasswordForm(forms.Form):
    password = password_field("Mật khẩu")


class NewPasswordForm(forms.Form):
    """A new password, typed twice; `person` is whose names it must not be made of."""

    new_password1 = password_field("Mật khẩu mới", new=True)
    new_password2 = password_field("Nhập lại mật khẩu mới", new=True)

    def __init__(self, person, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        self.least = passwords.least_length(person)
        field = self.fields["new_password1"]
        field.widget.attrs |= {"data-strength": self.least, "minlength": self.least}
        field.help_text = (f"Ít nhất {self.least} ký tự. Một câu dài, dễ nhớ, không có tên của bạn là tốt nhất; "
                           "không cần chữ hoa hay ký hiệu.")  # fmt: skip

    def clean_new_password2(self):
        first, second = self.cleaned_data.get("new_password1"), self.cleaned_data["new_password2"]
        if first and nfc(first) != nfc(second):
            raise ValidationError("Hai lần nhập không giống nhau.")
        return second

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("new_password1"):
            try:
                password_validation.validate_password(nfc(cleaned["new_password1"]), self.person)
            except ValidationError as error:
                self.add_error("new_password1", error)
        return cleaned

    def save(self):
        self.person.set_password(self.cleaned_data["new_password1"])
        self.person.save(update_fields=["password"])


class ChangePasswordForm(NewPasswordForm):
    old_password = password_field("Mật khẩu đang dùng")
    field_order = ["old_password", "new_password1", "new_password2"]


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["full_name", "pen_name"]


class EmailForm(forms.Form):
    email = forms.EmailField(label="Địa chỉ thư điện tử", max_length=254,
                             widget=forms.EmailInput(attrs={"autocomplete": "email"}))  # fmt: skip
