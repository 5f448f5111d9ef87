from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal import origin
from portal.auth import reports, throttle


@csrf_exempt  # a browser sends these by itself, with no token and no cookie
@require_POST
def policy_reports(request):
    """Takes what browsers refused; answers 204 whatever it was, 429 to who sends too many."""
    network = origin.network(request)
    try:
        throttle.take("report", network, whence=network)
    except throttle.Refused as refused:
        return HttpResponse(status=429, headers={"Retry-After": str(refused.seconds)})
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if length <= reports.LONGEST:
        reports.store(reports.read(request.body))
    return HttpResponse(status=204)
