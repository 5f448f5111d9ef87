from stats import background, bots, recording, staff


class VisitMiddleware:
    """Counts what Django answers. Stands first, asks nobody, and leaves `Vary` alone."""

    def __init__(self, get_response):
        self.get_response = get_response
        bots.client("warm-up")  # compiles the patterns now, not during somebody's request
        background.prepare()

    def __call__(self, request):
        response = self.get_response(request)
        environ = request.META
        if staff.MARK in environ:
            staff.mark(request, response)
        if recording.COUNTED in environ:
            return response
        value = recording.record(environ, response.status_code, response.headers.get("Content-Type", ""))
        if value:
            recording.set_cookie(response, value)
        return response
