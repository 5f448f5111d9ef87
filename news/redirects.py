"""Old addresses of the former portal: asked for only where nothing else answers."""
from urllib.parse import unquote, urlsplit

from news.models import Redirect
from news.vietnamese import nfc

LONGEST = 500  # characters of an address
STEPS = 5  # from an old address to an old address: nothing real needs more


def normal(address: str) -> str:
    """One spelling of an old address: its path and query, decoded, in small letters, without a slash at the end."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    path = nfc(unquote(parts.path)).lower().rstrip("/") or "/"
    query = nfc(unquote(parts.query)).lower()
    whole = f"{path}?{query}" if query else path
    return "" if "\0" in whole or len(whole) > LONGEST else whole


def problem(old: str, new: str) -> str:
    """Why a pair cannot be taken, in Vietnamese; an empty text if it can."""
    if not old.startswith("/") or old == "/":
        return "Địa chỉ cũ phải là một đường dẫn, chẳng hạn /tin-tuc/bai.aspx?id=5."
    if not new.startswith("/") or new.startswith("//") or "\\" in new or not new.isprintable() or len(new) > LONGEST:
        return "Địa chỉ mới phải là đường dẫn trên cổng này, bắt đầu bằng một dấu /."
    step = normal(new)
    for _ in range(STEPS):
        if step == old:
            return "Địa chỉ mới dẫn trở lại chính địa chỉ cũ."
        following = Redirect.objects.filter(old=step).values_list("new", flat=True).first()
        if following is None:
            return ""
        step = normal(following)
    return "Địa chỉ mới đi qua quá nhiều địa chỉ cũ khác."


def target(path: str, query: str) -> str | None:
    """Where an address leads that nothing answers: with its query, else without; one query of the database."""
    whole = normal(f"{path}?{query}" if query else path)
    bare = normal(path)
    if not whole or bare == "/":
        return None
    found = dict(Redirect.objects.filter(old__in={whole, bare}).values_list("old", "new"))
    new = found.get(whole) or found.get(bare)
    return None if new is None or normal(new) in {whole, bare} else new
