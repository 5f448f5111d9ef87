"""The address that a request came from."""
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

LONGEST = 64  # characters of an address worth reading; IPv6 with a zone and a port needs fewer


def network(environ: dict, trusted_proxies: int) -> str:
    """The client's IPv4 address or IPv6 /64 network as text; "" where there is none to read.

    With N trusted proxies it is the Nth entry from the right of X-Forwarded-For: each of them appended the address it
    saw, and whatever stands further left was written by the client. Fewer entries mean that the request went around
    them, so the peer's own address counts.
    """
    return _read(environ, trusted_proxies, _network)


def client(environ: dict, trusted_proxies: int) -> str:
    """The client's whole address, read by the same rule; "" where there is none."""
    return _read(environ, trusted_proxies, _whole)


def _read(environ: dict, trusted_proxies: int, form: Callable[[str], str]) -> str:
    if trusted_proxies:
        entries = environ.get("HTTP_X_FORWARDED_FOR", "").rsplit(",", trusted_proxies)
        if len(entries) > trusted_proxies or (len(entries) == trusted_proxies and entries[0].strip()):
            found = form(entries[-trusted_proxies].strip()[:LONGEST])
            if found:
                return found
    return form(environ.get("REMOTE_ADDR", "")[:LONGEST])


def _whole(text: str) -> str:
    address = _parse(text)
    if address is None:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)


@lru_cache(maxsize=4096)
def _network(text: str) -> str:
    address = _parse(text)
    if address is None:
        return ""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is None:
            return str(IPv6Address(int(address) >> 64 << 64))
        address = address.ipv4_mapped
    return str(address)


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    """Reads `1.2.3.4`, `1.2.3.4:80`, `::1`, `[::1]:80` and `fe80::1%eth0`."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None
