"""What machines ask: is the process alive, is it ready, how many are reading."""
import tempfile

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from news.views import sitemaps
from portal import figures, site
from portal.colour import parse_hex
from stats import queries as stats


@require_safe
def healthz(request):
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def readyz(request):
    """200 where all is well, else 503; one line for each thing looked at."""
    spool = stats.health()
    checks = {
        "database": _database(),
        "media": _media(),
        "spool": None if spool["spool_writable"] else "cannot be written: visits are being lost",
    }
    body = "".join(f"{name}: {problem or 'ok'}\n" for name, problem in checks.items())
    # To know, not to fail on: a loss that has passed makes no host unfit to answer.
    body += "".join(f"{name}: {'unknown' if value is None else value}\n" for name, value in spool.items())
    status = 503 if any(checks.values()) else 200
    return HttpResponse(body, status=status, content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def visit_figures(request):
    """The counter's figures; asking for them also brings the visit's cookie back, which confirms the visit."""
    request.META[stats.CONFIRM] = True
    now = figures.current()
    data = {"online": now.online, "today": now.today, "month": now.month, "total": now.total}
    return JsonResponse(data, headers={"Cache-Control": "no-store"})


@require_safe
def robots(request):
    # Results are without end; the page of the search form is like any other.
    closed = ["/quan-tri/", "/tim-kiem/?", "/tim-kiem/goi-y.json", "/thong-ke/", "/xem-truoc/"]
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@require_safe
def latest_news(request):
    return sitemaps.latest(request, site.current().settings.name)


@require_safe
def security(request):
    """Whom to tell of a hole (RFC 9116); good for half a year at least, and never stale."""
    now = timezone.now()
    expires = f"{now.year + 1}-01-01T00:00:00Z" if now.month <= 6 else f"{now.year + 1}-07-01T00:00:00Z"
    email = site.current().settings.email
    lines = [
        f"Contact: mailto:{email}" if email else f"Contact: {request.build_absolute_uri(reverse('contact'))}",
        f"Expires: {expires}", "Preferred-Languages: vi, en",
        f"Canonical: {request.build_absolute_uri(request.path)}", "",
    ]  # fmt: skip
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def manifest(request):
    """What a phone needs to keep the portal among its apps."""
    settings = site.current().settings
    icons = [{"src": static(f"images/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
             for size in (192, 512)]  # fmt: skip
    data = {
        "name": settings.name, "short_name": settings.name.removeprefix("Cổng thông tin điện tử ")[:30], "lang": "vi",
        "description": settings.description, "start_url": reverse("home"), "scope": "/", "display": "browser",
        "background_color": "#ffffff", "theme_color": settings.colour, "icons": icons,
    }  # fmt: skip
    return JsonResponse(data, content_type="application/manifest+json")


@require_safe
def favicon(request):
    """For those who ask without reading the page, which names the icon."""
    return redirect(static("images/favicon.svg"))


@require_safe
def own_colours(request, colour):
    """A style sheet with the colour chosen in the admin; its address holds the colour, so it may be kept for ever."""
    if parse_hex(f"#{colour}") is None:
        raise Http404
    response = HttpResponse(f":root{{--brand:#{colour}}}\n", content_type="text/css")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _database() -> str | None:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return "does not answer"
    return f"{len(waiting)} migrations to run: manage.py migrate" if waiting else None


def _media() -> str | None:
    try:
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT):
            return None
    except OSError as error:
        return f"cannot be written ({error.strerror})"
