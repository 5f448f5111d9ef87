"""Headers that Django has no setting for, and what must never be kept or found."""
from django.conf import settings

PERMISSIONS = ", ".join(f"{feature}=()" for feature in (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope", "hid",
    "idle-detection", "magnetometer", "microphone", "midi", "payment", "publickey-credentials-create",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
))  # fmt: skip
# Whatever is answered there, a redirect, an error or a file that does not exist too.
PRIVATE = ("/quan-tri/", "/tai-khoan/", "/dang-nhap/", "/dang-xuat/")


class HeadersMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        # /dang-nhap without its slash is on the way there.
        if f"{request.path_info}/".startswith(PRIVATE):
            if "no-store" not in response.get("Cache-Control", ""):
                response["Cache-Control"] = "private, no-store"
            if not self._is_the_door(request):
                response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    @staticmethod
    def _is_the_door(request):
        """Who looks for the way in finds the true one, not an impostor's; each page's own way to it stays unlisted."""
        return request.path_info == "/dang-nhap/" and not request.META.get("QUERY_STRING") and request.method != "POST"


class BodyLimitMiddleware:
    """Refuses a body by its declared length before a byte of it is read; a form's fields have Django's own limits."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        allowed = settings.BODY_BYTES_STAFF if request.path_info.startswith("/quan-tri/") else settings.BODY_BYTES
        if not (length.isascii() and length.isdigit()) or int(length[:20]) > allowed:
            from portal.views import errors

            return errors.too_large(request)
        return self.get_response(request)
