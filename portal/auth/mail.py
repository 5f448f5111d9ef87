"""Letters of the portal, sent outside the response: no answer's time tells whether somebody was written to."""
import contextlib
import logging
import queue
import random
import threading
import time
from collections.abc import Callable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import Error, close_old_connections, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from portal import origin, site

logger = logging.getLogger(__name__)
WAITING = 500  # pieces of work; more than this is an attack, and is dropped
PAUSE = (1.0, 3.0)  # seconds, at random
_random = random.SystemRandom()
_work: queue.Queue = queue.Queue(maxsize=WAITING)
_starting = threading.Lock()
_worker: threading.Thread | None = None


def later(work: Callable, *arguments) -> None:
    """Does something after the response, one after another; what a killed process leaves undone is asked for again."""
    if not settings.MAIL_IN_BACKGROUND:
        _do(work, arguments)
        return
    global _worker
    with _starting:
        if _worker is None or not _worker.is_alive():  # a fork has none
            _worker = threading.Thread(target=_run, name="mail", daemon=True)
            _worker.start()
    try:
        _work.put_nowait((work, arguments))
    except queue.Full:
        logger.error("too many letters wait: one was dropped")


def _run() -> None:
    while True:
        waiting = [_work.get()]
        # What a letter costs may not fall on the requests that follow: their time would tell that one was sent.
        time.sleep(_random.uniform(*PAUSE))
        with contextlib.suppress(queue.Empty):
            while True:
                waiting.append(_work.get_nowait())
        close_old_connections()
        for work, arguments in waiting:
            _do(work, arguments)
        close_old_connections()


def _do(work: Callable, arguments) -> None:
    try:
        work(*arguments)
    except (SMTPException, OSError, Error) as error:
        # Neither the letter nor whom it was for: it may hold a way into an account.
        logger.error("a letter could not be sent (%s): check EMAIL_URL", type(error).__name__)


def is_set_up() -> bool:
    """Whether a letter reaches anybody: without EMAIL_URL it is written to the console."""
    return not settings.EMAIL_BACKEND.endswith("console.EmailBackend")


def tell(person, name: str, *, to: str = "", **context) -> None:
    """Sends `people/mail/<name>.txt` (first line: subject) once the change it tells of is kept."""
    address = to or person.email
    if not address:
        return
    # The moment and the place are those of the request, not of the sending.
    context = {"person": person, "at": timezone.now(), "address": origin.address(), **context}
    transaction.on_commit(lambda: later(send, name, address, context))


def send(name: str, to: str, context: dict) -> None:
    about = {"portal": site.current().settings.name, "site_url": settings.SITE_URL, **context}
    subject, _, body = render_to_string(f"people/mail/{name}.txt", about).strip().partition("\n")
    EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[to]).send()
