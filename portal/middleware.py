from django.core.exceptions import BadRequest


class TidyAddressMiddleware:
    """Turns away addresses that no database text can hold, before any view meets them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # One answer for all: a NUL, plain or escaped, in the path or the query.
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)
