from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from portal import contact as letters
from portal import origin
from portal.auth.throttle import Refused
from portal.views.people import too_many


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request):
    """A letter to the newsroom; what was typed stays there whatever is wrong with it."""
    form, refused = letters.ContactForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_a_programs:
        return redirect("contact_sent")  # it learns nothing
    if request.method == "POST" and form.is_valid():
        try:
            letters.receive(form.cleaned_data, origin.network(request))
            return redirect("contact_sent")
        except Refused as error:
            refused = error
    page = render(request, "contact.html", {"form": form, "refused": refused, "kept_days": letters.KEPT_DAYS})
    return too_many(request, page, refused) if refused else page


@require_safe
def sent(request):
    return render(request, "contact_sent.html")
