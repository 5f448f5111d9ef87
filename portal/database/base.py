"""Whether a connection still lives, without asking the server for each page."""
import select
import time

from django.db.backends.postgresql import base

IDLE = 5.0  # seconds: what has not been heard of for so long is asked


class DatabaseWrapper(base.DatabaseWrapper):
    """Django asks each request's connection `SELECT 1`. A server that stops, or ends a connection, says so or hangs up.

    So where nothing has come on a line that was in use a moment ago, it stands. What this does not see is a machine
    that vanished without a word since: a query then fails after `tcp_user_timeout`, as the question would have done.
    """

    _known_at = 0.0

    def is_usable(self):
        now = time.monotonic()
        doubtful = self.errors_occurred or now - self._known_at > IDLE or not self._is_silent()
        if doubtful and not super().is_usable():
            return False
        self._known_at = now
        return True

    def _is_silent(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        line = select.poll()
        line.register(self.connection.fileno(), select.POLLIN)
        return not line.poll(0)
