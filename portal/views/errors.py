"""Error pages that look like the site and need no database: they must work on the worst of days."""
from django.db import DatabaseError
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

from news import redirects
from portal import figures, site
from portal.auth.bodies import RETRY_SECONDS, Crowded, SlowBody

MESSAGES = {
    400: ("Yêu cầu không hợp lệ", "Địa chỉ hoặc dữ liệu gửi lên có chỗ không đọc được. Hãy kiểm tra lại địa chỉ."),
    403: ("Bạn không có quyền xem trang này", "Hãy đăng nhập bằng tài khoản có quyền, hoặc quay lại trang chủ."),
    408: ("Dữ liệu gửi lên đến quá chậm", "Đường truyền đang chậm hoặc bị ngắt. Xin gửi lại sau ít phút."),
    404: ("Không tìm thấy trang", "Trang có thể đã được chuyển đi, đã gỡ, hoặc địa chỉ gõ chưa đúng."),
    413: ("Dữ liệu gửi lên quá lớn", "Hãy gửi tệp nhỏ hơn hoặc ít tệp hơn mỗi lần."),
    503: ("Cổng thông tin đang bận", "Nhiều người đang gửi dữ liệu cùng lúc. Xin gửi lại sau ít giây."),
    500: ("Cổng thông tin đang gặp trục trặc", "Chúng tôi đã ghi nhận và sẽ khắc phục. Xin thử lại sau ít phút."),
}


def page(status: int, title: str, text: str) -> HttpResponse:
    body = render_to_string("error.html", {
        "site": site.remembered(), "figures": figures.current(), "status": status, "title": title, "text": text,
    })  # fmt: skip
    response = HttpResponse(body, status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request, exception=None):
    if not isinstance(exception, SlowBody):
        return page(400, *MESSAGES[400])
    status = 503 if isinstance(exception, Crowded) else 408
    response = page(status, *MESSAGES[status])
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


@requires_csrf_token
def forbidden(request, exception=None):
    return page(403, *MESSAGES[403])


def not_found(request, exception=None):
    """Where nothing answers, the former portal may have: its address leads on. A database that is away leaves a 404."""
    try:
        new = redirects.target(request.path, request.META.get("QUERY_STRING", ""))
    except DatabaseError:
        new = None
    if new is not None and request.method in {"GET", "HEAD"}:
        return HttpResponsePermanentRedirect(new)
    return page(404, *MESSAGES[404])


def too_large(request):
    return page(413, *MESSAGES[413])


def server_error(request):
    return page(500, *MESSAGES[500])


def csrf_failure(request, reason=""):
    return page(403, "Phiên làm việc đã hết hạn", "Hãy quay lại, tải lại trang rồi gửi lần nữa.")
