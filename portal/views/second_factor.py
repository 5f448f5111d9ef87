"""Setting up a second factor, new recovery codes, giving it up; the password is asked for before each."""
from django.contrib import messages
from django.shortcuts import redirect, render

from portal import site
from portal.auth import factor, mail, passwords, throttle
from portal.auth.again import password_again
from portal.auth.forms import CodeForm, PasswordForm
from portal.views.account import check_password, form_page, own
from portal.views.people import too_many

NEW_KEY = "new_factor_key"  # in the session, until a code has proved it


@own
@password_again
def set_up(request):
    person = request.user
    if factor.has(person):
        return redirect("account")
    key = request.session.get(NEW_KEY)
    if key is None:
        key = request.session[NEW_KEY] = factor.new_key()
    form, refused = CodeForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        try:
            taken = throttle.take("code", f"new {person.pk}")
            codes = factor.enable(person, key, form.cleaned_data["code"])
            if codes:
                del request.session[NEW_KEY]
                throttle.give_back(throttle.Attempt((taken,)))
                mail.tell(person, "factor_enabled")
                return render(request, "people/recovery_codes.html", {"codes": codes, "first": True})
            form.add_error("code", "Mã chưa đúng: hãy xem lại giờ trên điện thoại, chờ mã mới rồi nhập.")
        except throttle.Refused as error:
            refused = error
    page = render(request, "people/set_up_factor.html", {
        "form": form, "refused": refused, "key": factor.spelled(key),
        "picture": factor.picture(key, person, site.current().settings.name)})  # fmt: skip
    return too_many(request, page, refused) if refused else page


@own
@password_again
def recovery_codes(request):
    """New ones; the old are void. Nobody sees codes twice."""
    if not factor.has(request.user):
        return redirect("account")
    if request.method != "POST":
        return render(request, "people/recovery_codes.html")
    codes = factor.renew_recovery_codes(request.user)
    mail.tell(request.user, "recovery_renewed")
    return render(request, "people/recovery_codes.html", {"codes": codes})


@own
def give_up(request):
    """Only with the password, which alone has to be long enough again."""
    person = request.user
    if not factor.has(person):
        return redirect("account")
    if factor.required(person):
        messages.error(request, "Tài khoản có quyền xuất bản hoặc quản trị phải giữ xác thực hai bước.")
        return redirect("account")
    form, refused = PasswordForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["password"]
        try:
            if not check_password(request, typed):
                form.add_error("password", "Mật khẩu chưa đúng.")
            elif not passwords.stands_alone(typed):
                form.add_error("password", f"Mật khẩu của bạn ngắn hơn {passwords.ALONE} ký tự nên cần bước thứ hai. "
                                           "Hãy đổi mật khẩu dài hơn trước.")  # fmt: skip
            else:
                factor.remove(person, "Tắt xác thực hai bước")
                mail.tell(person, "factor_removed")
                messages.success(request, "Đã tắt xác thực hai bước.")
                return redirect("account")
        except throttle.Refused as error:
            refused = error
    return form_page(request, form, "Tắt xác thực hai bước", "Tắt", refused=refused)
