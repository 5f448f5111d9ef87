"""What the cached page is compared with: a bare WSGI function, and a bare Django view, that send as many bytes."""
import io
import os

LENGTH = int(os.environ.get("BENCH_BYTES", "30000"))
BODY = b"x" * LENGTH
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(LENGTH))]


def bare(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]


def environ(path: str) -> dict:
    """A reader's request, as a server hands it on."""
    import serving

    return {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "127.0.0.1",
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
            "REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": serving.CHROME}  # fmt: skip


def view(request):
    from django.http import HttpResponse

    return HttpResponse(BODY)


def __getattr__(name):
    """`targets:django_view`: Django with one view, no middleware and no database."""
    if name != "django_view":
        raise AttributeError(name)
    import django
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.urls import path

    urls = (path("<path:address>", lambda request, address: view(request)),)
    settings.configure(SECRET_KEY="x" * 50, ALLOWED_HOSTS=["*"], ROOT_URLCONF=urls)
    django.setup()
    return WSGIHandler()
