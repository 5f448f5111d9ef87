"""An editor never meets English: every page of the admin is opened as a browser would and its words are read.

A word is taken for English when Django's own messages, or our models and fields, use it and it cannot be a Vietnamese
syllable written without marks ("cho", "an" and "in" can; "save", "home" and "editing" cannot). What that misses, such
as a lone "No", is caught by comparing each piece of text with Django's whole messages.
"""

import ast
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import django
import factories
import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext

from news import links
from news.models import Abbreviation
from portal.models import Link, MenuItem, SiteSettings, User

pytestmark = pytest.mark.django_db

# Names, formats and keys that Vietnamese newsrooms write the same way.
ALLOWED = set(
    re.findall(
        r"\S+",
        """
    argon argon2id byte command control csrf gb gif html http https id ip ipv jpeg jpg json kb ldap mac mailto mb ok pb
    pdf png rss sa tb tel url uuid web webp website
""",
    )
)
SAME_IN_BOTH = {"RSS", "IPv4", "IPv6", "…", ":", ":?.!", ", ", "%(class_name)s %(instance)s", "%s KB", "%s MB", "%s GB",
                "%s TB", "%s PB", "%(size)d byte", "%(truncated_text)s…"}  # fmt: skip
NEVER_SHOWN = re.compile(
    r"DEBUG|docs\.djangoproject|Django (Documentation|Community)|^Topics, |^Tutorial|Get started|Connect, get"
    r"|install worked|Referer|CSRF cookie|disable cookies|^Field of type"
)

# ---------------------------------------------------------------- what English is


def django_messages(app, domain="django"):
    """(context, msgid, plural or None) of every message in one of Django's own catalogues, but names of languages."""
    path = Path(django.__file__).parent / app / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
    found, entry, field, source = [], {}, None, ""
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if match := re.match(r'(msgctxt|msgid|msgid_plural|msgstr\S*) (".*")', line):
            field = match[1]
            entry[field] = ast.literal_eval(match[2])
        elif line.startswith('"'):
            entry[field] += ast.literal_eval(line)
        elif line.startswith("#:"):
            source += line
        elif not line:
            if entry.get("msgid") and "global_settings.py" not in source:
                found.append((entry.get("msgctxt"), entry["msgid"], entry.get("msgid_plural")))
            entry, source = {}, ""
    return found


DOMAINS = [("contrib/admin", "django"), ("contrib/auth", "django"), ("conf", "django"),
           ("contrib/contenttypes", "django"), ("contrib/admin", "djangojs")]  # fmt: skip
MESSAGES = [message for app, domain in DOMAINS for message in django_messages(app, domain)]

_ONSET = "(?:b|ch?|d|gh?|gi|h|kh?|l|m|n|ngh?|nh|ph?|qu|r|s|th?|tr|v|x)?"
_OPEN = ("a|e|i|o|u|y|ai|ao|au|ay|eo|eu|ia|ieu|iu|oa|oai|oay|oe|oeo|oi|ua|uai|uay|ue|ui|uo|uoi|uou|uu|uy|uya|uyu|"
         "ye|yeu|ya")  # fmt: skip
_CLOSED = "(?:a|e|i|ie|o|oa|oe|oo|u|ua|ue|uo|uy|uye|y|ye)(?:m|n|ng|nh)"
# Without a mark a syllable cannot end in c, ch, p or t: those always carry one.
SYLLABLE = re.compile(f"{_ONSET}(?:{_OPEN}|{_CLOSED})")
WORD = re.compile(r"[^\W\d_]+(?:_[^\W\d_]+)*")
NOT_WORDS = re.compile(r"\S+@\S+|[a-z]+://\S+|\S*\*\S*|%\(\w+\)\w|%\w|\{\w*\}|<[^>]*>|&\w+;|[A-Z-]*\[\S+")


def words_of(text):
    return [word.lower() for word in WORD.findall(NOT_WORDS.sub(" ", text))]


def _names_in_code():
    """`Article` and `publish_at` are English too, and show where a verbose name is missing."""
    for model in apps.get_models():
        yield from re.findall("[A-Z][a-z]+", model.__name__)
        for field in model._meta.get_fields():
            yield from field.name.split("_")


ENGLISH = {
    word
    for text in [*(part for _, *forms in MESSAGES for part in forms if part), *_names_in_code(), "can", "the", "none"]
    for word in words_of(text)
    if len(word) > 1 and not SYLLABLE.fullmatch(word)
} - ALLOWED
WHOLE = {message.lower().strip(" .:") for _, message, _ in MESSAGES if message not in SAME_IN_BOTH} - ALLOWED - {""}


def english_in(text):
    """The English words of one piece of visible text; the whole of it where Django says just that in English."""
    if not text.isascii() or text.lower().strip(" .:") not in WHOLE:
        return [word for word in words_of(text) if word.isascii() and (word in ENGLISH or "_" in word)]
    return [text]


class Visible(HTMLParser):
    """What a person sees or hears of a page, and where its links lead."""

    SPOKEN = ("title", "aria-label", "placeholder", "alt", "aria-description")
    NO_WORDS = ("script", "style", "code")  # a key of random letters may spell a word
    BUTTONS = ("submit", "button", "reset")

    def __init__(self, page):
        super().__init__()
        self.texts, self.links, self.silent = [], [], 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.silent += tag in self.NO_WORDS
        self.texts += [attrs[name] for name in self.SPOKEN if attrs.get(name)]
        if tag == "input" and attrs.get("type") in self.BUTTONS:
            self.texts.append(attrs.get("value") or "")
        if "selectfilter" in (attrs.get("class") or ""):
            self.texts.append(attrs["data-field-name"])  # the browser makes headings of it
        if tag == "a" and attrs.get("href"):
            self.links.append(attrs["href"])

    def handle_endtag(self, tag):
        self.silent -= tag in self.NO_WORDS

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.texts.append(" ".join(data.split()))

    @property
    def english(self):
        return sorted({word for text in self.texts for word in english_in(text)})


# ---------------------------------------------------------------- the newsroom that is read


@pytest.fixture
def rows():
    """One of everything, so that no page stays empty."""
    category = factories.category("Đời sống đô thị")
    factories.category("Giao thông", parent=category)
    picture = factories.image()
    factories.page("Liên hệ", body='<p>Xem <a href="https://chinhphu.vn/">Cổng Chính phủ</a>, cảnh giác nhà cái.</p>')
    Abbreviation.objects.get_or_create(short="UBND", defaults={"long": "Ủy ban nhân dân"})
    links.drain()
    MenuItem.objects.create(label="Trang chủ", address="/")
    Link.objects.create(label="Chính phủ", address="https://chinhphu.vn")
    SiteSettings.objects.get_or_create(pk=1)
    writer = factories.user("lan", "Phóng viên", full_name="Hoàng Thị Lan")
    for state in ("waiting", "returned", "approved", "withdrawn"):
        factories.article(category=category, owner=writer, state=state)
    return {
        "category": category,
        "draft": factories.draft(owner=writer, category=category, tags=["hội nghị", "đô thị"]),
        "published": factories.article(category=category, image=picture),
        "writer": writer,
    }


@pytest.fixture
def chief(client):
    person = User.objects.create_superuser("quantri", password="mật khẩu rất dài", full_name="Trần Văn Bình")  # noqa: S106
    client.force_login(person)
    return client


class Reader:
    """Opens pages and remembers what was English on them."""

    def __init__(self, client):
        self.client, self.found, self.seen = client, {}, {}

    def look(self, response, name):
        assert response.status_code in (200, 403, 404), f"{name}: {response.status_code}"
        page = Visible(response.getvalue().decode())  # a file may be sent in pieces
        self.seen[name] = page
        if page.english:
            self.found[name] = page.english
        return page

    def get(self, address):
        return self.look(self.client.get(address, follow=True), address)

    def post(self, address, data=None, name=""):
        return self.look(self.client.post(address, data or {}, follow=True), f"POST {address} {name}")

    def crawl(self, start, below, alike=2):
        """Follows every link under `below`; of pages that differ in numbers or queries alone, `alike` of them."""
        waiting, opened, kinds = [start], set(), Counter()
        while waiting:
            address = waiting.pop(0).replace("&amp;", "&")
            path, _, query = address.partition("?")
            if path.endswith(("/add/", "/change/", "/delete/", "/history/")):
                address, query = path, ""  # the list's filters, carried along
            kind = re.sub(r"\d+", "0", path), bool(query)
            if address in opened or kinds[kind] >= alike:
                continue
            kinds[kind] += 1
            opened.add(address)
            for link in self.get(address).links:
                target = urljoin(address, link).split("#")[0]
                if target.startswith(below) and not target.startswith((f"{below}r/", f"{below}logout")):
                    waiting.append(target)
        return opened


def test_no_page_of_the_admin_speaks_english(chief, rows):
    reader = Reader(chief)
    opened = reader.crawl("/quan-tri/", "/quan-tri/")
    for model in ("article", "category", "image", "page", "tag"):
        for page in ("changelist", "add"):
            assert reverse(f"admin:news_{model}_{page}") in opened
    kinds = {re.sub(r"\d+", "0", address.partition("?")[0]) for address in opened}
    for page in ("history", "change", "preview", "share"):
        assert reverse(f"admin:news_article_{page}", args=[0]) in kinds
    assert reverse("admin:news_article_calendar") in kinds
    for address in ("/quan-tri/password_change/", "/quan-tri/portal/user/add/?_popup=1", "/quan-tri/news/tag/?_popup=1",
                    "/quan-tri/news/article/99999/change/", "/quan-tri/khong-co/", "/quan-tri/news/article/?p=abc",
                    f"/quan-tri/portal/user/{rows['writer'].pk}/password/", "/quan-tri/news/article/?q=khong+co+gi",
                    f"/quan-tri/news/category/{rows['category'].pk}/delete/",
                    "/quan-tri/news/article/tim-va-thay/", "/quan-tri/news/article/tim-va-thay/cac-lan/",
                    "/quan-tri/news/article/tim-va-thay/?find=UBND&replace=x&fields_in=lead",
                    "/quan-tri/news/article/tim-va-thay/?find=&fields_in=x&category=x&state=x",
                    f"/quan-tri/news/article/{rows['draft'].pk}/so-sanh/",
                    f"/quan-tri/news/article/{rows['draft'].pk}/xung-dot/",
                    f"/quan-tri/news/article/{rows['published'].pk}/delete/"):  # fmt: skip
        reader.get(address)
    assert not reader.found


@pytest.mark.parametrize("role", ["Phóng viên", "Quản trị"])
def test_no_page_that_a_role_sees_speaks_english(client, rows, role):
    """Those who may only look meet other words than those who may change."""
    client.force_login(factories.user(None, role, full_name="Nguyễn Thị Mai"))
    reader = Reader(client)
    reader.crawl("/quan-tri/", "/quan-tri/", alike=1)
    for address in ("/quan-tri/auth/group/", f"/quan-tri/auth/group/{Group.objects.first().pk}/change/",
                    "/quan-tri/portal/sitesettings/1/change/", "/quan-tri/news/category/"):  # fmt: skip
        reader.get(address)
    assert not reader.found


def test_no_error_of_a_form_is_in_english(chief, rows):
    reader = Reader(chief)
    empty = ["news/article", "news/category", "news/image", "news/page", "news/tag", "portal/user", "portal/link",
             "portal/menuitem", "auth/group"]  # fmt: skip
    for form in empty:
        page = reader.post(f"/quan-tri/{form}/add/", name="empty")
        assert any("Mục này không được để trống." in text for text in page.texts), form
    wrong = {"title": "x" * 300, "lead": "x" * 2000, "slug": "a b/c", "category": "9999", "tags": "9999",
             "image": "9999", "publish_at_0": "32-13-2021", "publish_at_1": "25:99",
             "expire_at_0": "hôm qua"}  # fmt: skip
    reader.post("/quan-tri/news/article/add/", wrong, "wrong")
    reader.post("/quan-tri/news/article/add/", {**wrong, "title": "a\0b", "publish_at_1": ""}, "worse")
    same = {"name": "Đời sống đô thị", "slug": "doi-song-do-thi", "position": "-1"}
    reader.post("/quan-tri/news/category/add/", same, "same")
    reader.post("/quan-tri/news/category/add/", {"name": "Khác", "slug": "?", "position": "một", "parent": "0"}, "text")
    for username, first, second in [("có dấu", "123", "1234"), ("lan", "lan", "lan"), ("moi", "password", "password")]:
        account = {"username": username, "usable_password": "true", "password1": first, "password2": second}
        reader.post("/quan-tri/portal/user/add/", account, username)
    reader.post("/lien-he/", {}, "empty")
    reader.post("/lien-he/", {"name": "x" * 200, "email": "x", "phone": "x", "text": "x", "question": "x"}, "wrong")
    reader.post("/quan-tri/password_change/", {"old_password": "sai", "new_password1": "a", "new_password2": "b"})
    reader.post("/quan-tri/password_change/", {}, "empty")
    reader.post("/quan-tri/portal/link/add/", {"label": "x", "address": "javascript:alert(1)", "position": "99999999"})
    reader.post("/quan-tri/portal/sitesettings/1/change/", {"email": "khong phai thu", "visits_before": "-5",
                                                            "colour": "đỏ"}, "wrong")  # fmt: skip
    assert not reader.found


def test_no_message_after_an_action_is_in_english(chief, rows):
    reader = Reader(chief)
    tag = {"name": "cầu đường", "slug": ""}
    for button in ("_save", "_continue", "_addanother"):
        reader.post("/quan-tri/news/tag/add/", {**tag, "name": f"cầu {button[1:2]}", button: "1"}, button)
    article = f"/quan-tri/news/article/{rows['draft'].pk}"
    values = {"title": "Tên bài đã đổi", "body": "<p>Chữ.</p>", "category": rows["category"].pk,
              "publish_at_0": "24-03-2021", "publish_at_1": "10:21"}  # fmt: skip
    reader.post(f"{article}/change/", {**values, "version": 1, "started_from": 1, "_continue": "1"}, "save")
    reader.post(f"{article}/change/", {**values, "version": 1, "started_from": 1, "_continue": "1"}, "stale")
    for action in ("submit", "return", "approve", "publish", "withdraw"):
        rows["draft"].refresh_from_db()
        opened = {"version": rows["draft"].version, "started_from": rows["draft"].version}
        reader.post(f"{article}/change/", {**values, **opened, "_action": action}, action)
        reader.post(f"{article}/change/", {**values, **opened, "_action": action, "reason": "Sai số liệu"}, "stale")
    reader.get(f"{article}/history/")
    reader.get("/quan-tri/")
    chosen = {"_selected_action": [rows["category"].pk], "index": "0", "select_across": "0"}
    reader.post("/quan-tri/news/category/", {**chosen, "action": "delete_selected"}, "asks")
    reader.post("/quan-tri/news/category/", {"action": "delete_selected", "index": "0"}, "nothing chosen")
    reader.post("/quan-tri/news/category/", {**chosen, "action": ""}, "no action")
    position = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": rows["category"].pk, "_save": "1"}
    reader.post("/quan-tri/news/category/", {**position, "form-0-position": "7"}, "edits in the list")
    reader.post("/quan-tri/news/category/", {**position, "form-0-position": "x"}, "wrong in the list")
    page = factories.page("Sẽ xóa")
    reader.get(f"/quan-tri/news/page/{page.pk}/delete/")
    reader.post(f"/quan-tri/news/page/{page.pk}/delete/", {"post": "yes"}, "deletes")
    pages = {"action": "delete_selected", "post": "yes", "_selected_action": [factories.page("Nữa").pk]}
    reader.post("/quan-tri/news/page/", pages, "deletes several")
    password = {"usable_password": "false", "unset-password": "1"}
    reader.post(f"/quan-tri/portal/user/{rows['writer'].pk}/password/", password, "disables")
    reader.get(f"/quan-tri/portal/user/{rows['writer'].pk}/change/")
    reader.get(f"/quan-tri/portal/user/{rows['writer'].pk}/password/")
    new = {"old_password": "mật khẩu rất dài", "new_password1": "một câu khác hẳn", "new_password2": "một câu khác hẳn"}
    reader.post("/quan-tri/password_change/", new, "changed")
    assert not reader.found
    assert len(reader.seen) > 20


def test_login_and_logout_speak_vietnamese(client, rows):
    reader = Reader(client)
    reader.get("/dang-nhap/")
    reader.get("/quan-tri/")
    reader.post("/dang-nhap/", {"username": "lan", "password": "sai"}, "wrong")
    reader.post("/dang-nhap/", {}, "empty")
    client.force_login(rows["writer"])
    reader.post("/quan-tri/logout/", {}, "left")
    assert not reader.found


def test_autocomplete_answers_in_vietnamese(chief, rows):
    for field in ("tags", "image"):
        asked = {"app_label": "news", "model_name": "article", "field_name": field}
        answer = chief.get("/quan-tri/autocomplete/", asked)
        assert answer.status_code == 200
        for result in answer.json()["results"]:
            assert not english_in(result["text"])


def test_browser_catalogue_leaves_nothing_untranslated(chief):
    script = chief.get(reverse("admin:jsi18n")).content.decode()
    catalogue = json.loads(re.search(r"const newcatalog = (\{.*?\n  \});", script, re.DOTALL)[1])
    for context, message, _ in django_messages("contrib/admin", "djangojs"):
        text = catalogue.get(f"{context}\4{message}" if context else message)
        assert text, message
        for form in [text] if isinstance(text, str) else text:
            assert form != message
            assert not english_in(form), form


@pytest.mark.parametrize(("app", "domain"), DOMAINS[:-1])
def test_no_message_of_django_is_left_untranslated(app, domain):
    """Pages show some of them only on a bad day."""
    left = []
    for context, message, plural in django_messages(app, domain):
        if NEVER_SHOWN.search(message) or message in SAME_IN_BOTH:
            continue
        if plural:
            text = npgettext(context, message, plural, 2) if context else ngettext(message, plural, 2)
        else:
            text = pgettext(context, message) if context else gettext(message)
        if text in (message, plural) or english_in(text):
            left.append((message, text))
    assert not left


# ---------------------------------------------------------------- can this test fail?


@pytest.mark.parametrize("page", [
    '<input type="submit" value="Save and continue editing">',
    "<p>Hãy bấm Save để lưu.</p>",
    '<a href="/" title="View on site">Xem</a>',
    '<img alt="Search">',
    '<input placeholder="Start typing to filter…">',
    "<option>Tin bài | bài viết | Can add bài viết</option>",
    "<td>Đã sửa Nội dung và started_from.</td>",
    "<button>No</button>",
    "<button>Go</button>",
    "<th>Article</th>",
    "<p>Cách đây 3 hours</p>",
    "<p>Log in</p>",
])  # fmt: skip
def test_english_is_noticed(page):
    assert Visible(page).english


@pytest.mark.parametrize("page", [
    "<p>Chung tay cho em Lan, an toan giao thong, tin trong nam, in an, the le</p>",
    "<script>Save and continue editing</script><style>.save{color:red}</style>",
    '<input type="text" value="Save">',
    '<a href="/quan-tri/news/article/add/">Thêm bài viết</a>',
    "<p>JPEG, PNG, WebP hoặc GIF, tối đa 20 MB. https://example.org/save, lan@example.org</p>",
    "<p>24-03-2021 10:21</p>",
])  # fmt: skip
def test_vietnamese_without_marks_is_left_alone(page):
    assert not Visible(page).english
