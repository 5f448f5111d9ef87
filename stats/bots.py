"""Tells people's browsers from programs, and phones from computers, by the User-Agent alone."""
import re
from enum import IntEnum
from functools import lru_cache

from crawleruseragents import is_crawler

LONGEST = 512  # characters looked at: the patterns' cost grows with the text, and no browser needs more


class Client(IntEnum):
    """What asked; the three devices have the numbers of `DeviceDay.Device`."""

    BOT = 0
    COMPUTER = 1
    PHONE = 2
    TABLET = 3


# What crawler-user-agents 1.67 lets through: bare library names, health checks and load generators.
_PROGRAM = re.compile(
    r"""
    ^\s*$ | ^-$ | ^mozilla/\d(\.\d+)?\s*(\(compatible;?\))?$
    | ^(java|php|ruby|perl|dart|bun|deno|node|undici|got|rust|swift)\b
    | ^(postmanruntime|insomnia|k6|wrk|hey|ab|apachebench|vegeta|oha|gatling|locust|siege|jmeter|artillery)\b
    | kube-probe | prometheus | blackbox | grafana | telegraf | consul\ health | haproxy | varnish | nagios | icinga
    | elb-healthchecker | googlehc | googlestackdriver | datadog | newrelic | synthetics | lighthouse | health-?check
    | powershell | microsoft\ office | cfnetwork/.*darwin
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TABLET = re.compile(r"iPad|Tablet|PlayBook|Kindle|Silk/(?!.*Mobile)|Android(?!.*Mobile)")
_PHONE = re.compile(r"Mobi|iPhone|iPod|Android|Windows Phone|Opera Mini|UCBrowser|BlackBerry|Nokia|J2ME")


def client(user_agent: str) -> Client:
    """Classifies a User-Agent header; only its first 512 characters count, and results are kept in a bounded cache."""
    return _client(user_agent[:LONGEST])


@lru_cache(maxsize=2048)
def _client(user_agent: str) -> Client:
    # The library's own lower-casing mode: its `case_insensitive` pattern takes CUBOT phones for bots.
    if _PROGRAM.search(user_agent) or is_crawler(user_agent, False):
        return Client.BOT
    if _TABLET.search(user_agent):
        return Client.TABLET
    if _PHONE.search(user_agent):
        return Client.PHONE
    return Client.COMPUTER
