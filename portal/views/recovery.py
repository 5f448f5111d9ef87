"""A forgotten password: a letter with a link to whoever owns the mailbox, and the same answer to everybody."""
from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.auth.tokens import default_token_generator
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from portal import origin
from portal import site as portal_site
from portal.auth import mail, throttle
from portal.auth.forms import EmailForm, NewPasswordForm
from portal.models import User
from portal.views.people import too_many

MOST_ACCOUNTS = 5  # of one mailbox that are written to


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request):
    """The work for a known and an unknown address is the same: both are left to the background."""
    form, refused, sent = EmailForm(request.POST or None), None, False
    if request.method == "POST" and form.is_valid():
        network = origin.network(request)
        try:
            throttle.take("mail-from", network, whence=network)
            mail.later(write_to, form.cleaned_data["email"])
            sent = True
        except throttle.Refused as error:
            refused = error
    page = render(request, "people/forgotten.html", {"form": form, "refused": refused, "sent": sent})
    return too_many(request, page, refused) if refused else page


def write_to(email: str) -> None:
    try:
        throttle.take("mail-to", email)
    except throttle.Refused:
        return  # the mailbox has had enough letters, whoever asks for them
    for person in User.objects.filter(email__iexact=email, is_active=True).order_by("pk")[:MOST_ACCOUNTS]:
        if person.has_usable_password():
            token = default_token_generator.make_token(person)
            path = reverse("reset_password", args=[urlsafe_base64_encode(force_bytes(person.pk)), token])
            mail.send("reset", person.email, {"person": person, "link": settings.SITE_URL + path})


class ResetView(auth.PasswordResetConfirmView):
    """Django's: the token is taken out of the address before the form is shown, so that it goes to no other page."""

    template_name = "people/reset.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("login")

    def get_context_data(self, **kwargs):
        # Django's view says `title` and `form`; every page here means the portal's own `site` too.
        return {**super().get_context_data(**kwargs), "site": portal_site.current()}

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        kwargs["person"] = kwargs.pop("user")
        return kwargs


reset = ResetView.as_view()
