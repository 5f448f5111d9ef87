"""The log: what is written, by whom, from where; and that nobody changes it."""
import csv
import datetime as dt
import io

import factories
import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from news import workflow
from news.models import Article, Category
from news.models.article import State
from news.spreadsheet import cell
from portal import bookkeeping, log, roles
from portal.models import LogEntry, SiteSettings, User

pytestmark = pytest.mark.django_db
LIST = "/quan-tri/portal/logentry/"
EXPORT = f"{LIST}xuat.csv"
PASSWORD = "một câu khác hẳn"  # noqa: S105


@pytest.fixture
def chief(client):
    """Somebody who may do everything, logged in; only what they do from now on is in the log."""
    person = User.objects.create_superuser("quantri", password="mật khẩu rất dài", full_name="Trần Văn Bình")  # noqa: S106
    client.force_login(person)
    TruncatedLog.empty()
    return person


class TruncatedLog:
    @staticmethod
    def empty():
        """What no one may do in the portal: rows of a log go only with their table."""
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE portal_logentry")


def told():
    """(action, target's name, detail) of every entry, oldest first."""
    return list(LogEntry.objects.order_by("pk").values_list("action", "target_name", "detail"))


# ---------------------------------------------------------------- what is written


def test_a_change_of_state_is_told_with_who_when_why_and_from_where(client):
    board = factories.user("tongbientap", "Ban biên tập", full_name="Lê Minh")
    article = factories.article("Khánh thành cầu mới")
    TruncatedLog.empty()
    workflow.perform("withdraw", article, board, "Sai số liệu")
    entry = LogEntry.objects.get()
    assert (entry.actor_id, entry.actor_name) == (board.pk, "Lê Minh (tongbientap)")
    assert (entry.action, entry.label, entry.reason) == ("article.withdraw", "Gỡ bài", "Sai số liệu")
    assert (entry.target_type, entry.target_id) == ("news.article", article.pk)
    assert entry.target_name == "Khánh thành cầu mới"
    assert entry.detail == "Đã xuất bản → Đã gỡ"
    assert abs(entry.at - timezone.now()) < dt.timedelta(minutes=1)


def test_a_change_in_the_admin_is_told_with_the_address_of_the_machine(client, chief):
    client.post("/quan-tri/news/tag/add/", {"name": "cầu đường"}, REMOTE_ADDR="203.0.113.9")
    entry = LogEntry.objects.get(action="tag.create")
    assert (entry.actor_name, entry.address, entry.target_name) == (
        "Trần Văn Bình (quantri)", "203.0.113.9", "cầu đường")  # fmt: skip


@pytest.mark.parametrize(("proxies", "forwarded", "expected"), [
    (0, "198.51.100.7", "203.0.113.9"),
    (1, "198.51.100.7", "198.51.100.7"),
    (1, "8.8.8.8, 198.51.100.7", "198.51.100.7"),
    (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6"),
    (1, "[2001:db8::1]:443", "2001:db8::1"),
    (1, "::ffff:198.51.100.7", "198.51.100.7"),
    (1, "không phải địa chỉ", "203.0.113.9"),
])  # fmt: skip
def test_the_address_is_the_one_that_trusted_proxies_saw(client, chief, settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXIES = proxies
    client.post("/quan-tri/news/tag/add/", {"name": "cầu"}, REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR=forwarded)
    assert LogEntry.objects.get(action="tag.create").address == expected


def test_an_entry_is_gone_with_the_change_that_failed(chief):
    with pytest.raises(RuntimeError), transaction.atomic():
        chief.is_staff = False
        chief.save()
        raise RuntimeError
    assert told() == []


@pytest.mark.django_db(transaction=True)
def test_a_change_that_cannot_be_logged_is_not_made(monkeypatch):
    person = factories.user("lan")

    def full(*args, **kwargs):
        raise DatabaseError("no space left on device")

    monkeypatch.setattr(LogEntry, "save", full)
    person.is_staff = False
    with pytest.raises(DatabaseError):
        person.save()
    settings = SiteSettings(name="Tên khác")
    with pytest.raises(DatabaseError):
        settings.save()
    assert User.objects.get().is_staff
    assert not SiteSettings.objects.exists()


def test_settings_are_told_field_by_field(client, chief):
    SiteSettings.objects.create()
    TruncatedLog.empty()
    old = SiteSettings.objects.get()
    form = {"name": "Cổng thông tin huyện Phú Bình", "organisation": old.organisation, "colour": "#0b5d3b",
            "visits_before": 7, "description": old.description, "responsible": old.responsible,
            "address": old.address}  # fmt: skip
    client.post("/quan-tri/portal/sitesettings/1/change/", form)
    [(action, _, detail)] = told()
    assert action == "sitesettings.change"
    assert detail.splitlines() == [
        "tên cổng: Cổng thông tin điện tử thành phố Sông Công → Cổng thông tin huyện Phú Bình",
        "màu chủ đạo: #a3161a → #0b5d3b",
        "lượt truy cập ban đầu: 0 → 7",
    ]


def test_saving_without_a_change_tells_nothing(client, chief):
    settings = SiteSettings.objects.create()
    TruncatedLog.empty()
    settings.save()
    chief.save()
    assert told() == []


def test_rights_of_an_account_are_told(client, chief):
    lan = factories.user("lan", "Phóng viên", full_name="Hoàng Thị Lan")
    permission = Permission.objects.get(codename="publish_article")
    TruncatedLog.empty()
    form = {"username": "lan", "full_name": "Hoàng Thị Lan", "is_active": "on", "is_superuser": "on",
            "groups": [Group.objects.get(name="Ban biên tập").pk]}  # fmt: skip
    assert client.post(f"/quan-tri/portal/user/{lan.pk}/change/", form).status_code == 302
    lan.user_permissions.add(permission)
    lan.user_permissions.clear()
    assert told() == [
        ("user.change", "Hoàng Thị Lan", "toàn quyền: không → có\nđược vào trang quản trị: có → không"),
        ("user.groups", "Hoàng Thị Lan", "Phóng viên"),
        ("user.groups", "Hoàng Thị Lan", "Ban biên tập"),
        ("user.permissions", "Hoàng Thị Lan", "Xuất bản bài"),
        ("user.permissions", "Hoàng Thị Lan", "Xuất bản bài"),
    ]
    labels = list(LogEntry.objects.order_by("pk").values_list("label", flat=True))
    assert labels[1:] == ["Bỏ khỏi nhóm", "Cho vào nhóm", "Cấp quyền", "Bỏ quyền"]


def test_rights_are_told_from_the_other_end_too(chief):
    lan, group = factories.user("lan"), Group.objects.get(name="Phóng viên")
    TruncatedLog.empty()
    group.user_set.add(lan)
    group.user_set.clear()
    assert told() == [("user.groups", "lan", "Phóng viên")] * 2


def test_rights_of_a_group_are_told(chief):
    group = Group.objects.get(name="Phóng viên")
    TruncatedLog.empty()
    group.permissions.add(Permission.objects.get(codename="publish_article"))
    group.permissions.remove(Permission.objects.get(codename="publish_article"))
    assert told() == [("group.permissions", "Phóng viên", "Xuất bản bài")] * 2


def test_a_group_that_goes_leaves_the_names_of_its_people(chief):
    factories.user("lan", "Phóng viên", full_name="Hoàng Thị Lan")
    TruncatedLog.empty()
    Group.objects.filter(name="Phóng viên").delete()
    assert told() == [("group.delete", "Phóng viên", "Người trong nhóm: Hoàng Thị Lan (lan)")]


def test_what_an_upgrade_gives_a_group_is_told():
    board = Group.objects.get(name="Ban biên tập")
    board.permissions.remove(Permission.objects.get(codename="view_logentry", content_type__app_label="portal"))
    TruncatedLog.empty()
    known = set(roles._codes("default")) - {"portal.view_logentry"}
    with bookkeeping.upgrade("default"):
        roles._known_before["default"] = known
        roles.ensure()
    assert ("group.permissions", "Ban biên tập", "Xem mục nhật ký") in told()
    assert set(LogEntry.objects.values_list("actor_name", flat=True)) == {"hệ thống"}


def test_an_empty_database_begins_with_an_empty_log():
    Group.objects.all().delete()
    TruncatedLog.empty()
    with bookkeeping.upgrade("default"):
        roles.ensure()
    assert Group.objects.count() == len(roles.ROLES)
    assert told() == []


def test_passwords_are_told_without_the_password(client, chief):
    lan = factories.user("lan")
    TruncatedLog.empty()
    new = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    client.post(f"/quan-tri/portal/user/{lan.pk}/password/", new)
    client.post(f"/quan-tri/portal/user/{lan.pk}/password/", {"usable_password": "false", "unset-password": "1"})
    own = {"old_password": "mật khẩu rất dài", "new_password1": PASSWORD, "new_password2": PASSWORD}
    client.post("/quan-tri/password_change/", own)
    labels = list(LogEntry.objects.filter(action="user.password").order_by("pk").values_list("label", "target_name"))
    assert labels == [("Đặt lại mật khẩu", "lan"), ("Tắt đăng nhập bằng mật khẩu", "lan"),
                      ("Đổi mật khẩu của mình", "Trần Văn Bình")]  # fmt: skip
    assert not any(PASSWORD in detail or "$" in detail for _, _, detail in told())


def test_a_hash_that_django_renews_at_a_login_is_no_new_password(client, settings):
    lan = factories.user("lan")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]
    before = lan.password
    client.post("/dang-nhap/", {"username": "lan", "password": "mật khẩu rất dài"})
    lan.refresh_from_db()
    assert lan.password != before
    assert not LogEntry.objects.filter(action="user.password").exists()


def test_a_command_is_told_as_the_system(chief):
    TruncatedLog.empty()
    call_command("createsuperuser", username="moi", email="", interactive=False)
    entry = LogEntry.objects.get()
    assert (entry.action, entry.actor_id, entry.actor_name, entry.address) == ("user.create", None, "hệ thống", None)


def test_an_import_does_not_fill_the_log(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text('{"title": "x", "body": "y", "published": "2024-01-01", "tags": ["a"], "category": "Kinh tế"}')
    from news.importing import run

    run.run([file])
    assert Article.objects.count() == 1
    assert told() == []


@pytest.mark.parametrize(("model", "form", "changed"), [
    ("news/category", {"name": "Giáo dục", "position": 1}, {"position": 2}),
    ("news/tag", {"name": "hội nghị"}, {"name": "đối thoại"}),
    ("news/page", {"title": "Liên hệ", "body": "<p>x</p>", "published": "on", "language": "vi"}, {"body": "<p>y</p>"}),
    ("portal/link", {"label": "Chính phủ", "address": "https://chinhphu.vn", "position": 0}, {"label": "CP"}),
    ("portal/menuitem", {"label": "Trang chủ", "address": "/", "position": 0}, {"address": "/rss/"}),
])  # fmt: skip
def test_the_furniture_of_the_site_is_told_made_changed_and_deleted(client, chief, model, form, changed):
    name = model.split("/")[1]
    assert client.post(f"/quan-tri/{model}/add/", form).status_code == 302
    key = LogEntry.objects.get(action=f"{name}.create").target_id
    assert client.post(f"/quan-tri/{model}/{key}/change/", {**form, **changed}).status_code == 302
    assert client.post(f"/quan-tri/{model}/{key}/delete/", {"post": "yes"}).status_code == 302
    assert [action for action, _, _ in told()] == [f"{name}.{done}" for done in ("create", "change", "delete")]
    assert LogEntry.objects.get(action=f"{name}.change").detail


def test_rows_deleted_together_are_told_one_by_one(client, chief):
    keys = [factories.tag(name).pk for name in ("một", "hai")]
    form = {"action": "delete_selected", "post": "yes", "_selected_action": keys}
    client.post("/quan-tri/news/tag/", form)
    assert sorted(name for _, name, _ in told()) == ["hai", "một"]


# ---------------------------------------------------------------- logins


def test_login_logout_and_what_failed_are_told(client):
    lan = factories.user("lan", full_name="Hoàng Thị Lan")
    TruncatedLog.empty()
    client.post("/dang-nhap/", {"username": "lan", "password": "sai"}, REMOTE_ADDR="203.0.113.9")
    client.post("/dang-nhap/", {"username": "lan", "password": "mật khẩu rất dài"}, REMOTE_ADDR="203.0.113.9")
    client.post("/dang-xuat/", REMOTE_ADDR="203.0.113.9")
    entries = LogEntry.objects.order_by("pk").values_list("action", "actor", "actor_name", "target_name", "address")
    person = (lan.pk, "Hoàng Thị Lan (lan)", "Hoàng Thị Lan", "203.0.113.9")
    assert list(entries) == [("auth.failed", None, "khách", "lan", "203.0.113.9"),
                             ("auth.login", *person), ("auth.logout", *person)]  # fmt: skip
    assert "sai" not in str(list(LogEntry.objects.values_list()))


@pytest.mark.parametrize(("typed", "kept"), [
    ("lan\n01-01-2026 quantri: Xuất bản", "lan\\n01-01-2026 quantri: Xuất bản"),
    ("a\r\tb", "a\\r\\tb"), ("a\u202egnp.exe", "a\\u202egnp.exe"), ("a\u2028b", "a\\u2028b"), ("a\x00b", "a\\x00b"),
    ("a\ud800b", "a\\ud800b"), ("Nguyễn Văn Ất", "Nguyễn Văn Ất"),
])  # fmt: skip
def test_no_name_makes_two_lines(typed, kept):
    bookkeeping.login_failed({"username": typed})
    assert LogEntry.objects.get().target_name == kept


def test_a_name_that_is_too_long_is_cut():
    bookkeeping.login_failed({"username": "\n" * 10_000})
    assert len(LogEntry.objects.get().target_name) == 300


# ---------------------------------------------------------------- nobody changes it


def test_a_superuser_changes_and_deletes_nothing_in_the_admin(client, chief):
    entry = log.write("thu", "Thử", chief)
    before = LogEntry.objects.values().get()
    page = f"{LIST}{entry.pk}"
    form = {"label": "Khác", "reason": "Khác", "post": "yes", "_save": "1"}
    assert client.post(f"{LIST}add/", form).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{page}/change/", form).status_code == 403
    assert client.get(f"{page}/delete/").status_code == 403
    assert client.post(f"{page}/delete/", form).status_code == 403
    for action in ("delete_selected", "", "khac"):
        chosen = {"action": action, "_selected_action": [entry.pk], "post": "yes", "index": 0}
        client.post(LIST, chosen)
    edits = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": entry.pk, "form-0-label": "Khác", "_save": 1}
    client.post(LIST, edits)
    assert LogEntry.objects.values().get() == before
    html = client.get(f"{page}/change/").content.decode()
    assert "Thử" in html
    assert "name=\"_save\"" not in html
    assert "deletelink" not in html


@pytest.mark.parametrize("tamper", [
    lambda: LogEntry.objects.all().delete(),
    lambda: LogEntry.objects.get().delete(),
    lambda: LogEntry.objects.update(label="Khác"),
    lambda: LogEntry.objects.update(actor_name="Người khác", address=None),
    lambda: LogEntry.objects.bulk_update([LogEntry(pk=LogEntry.objects.get().pk, reason="Khác")], ["reason"]),
    lambda: connection.cursor().execute("UPDATE portal_logentry SET at = now() - interval '1 day'"),
    lambda: connection.cursor().execute("DELETE FROM portal_logentry"),
])  # fmt: skip
def test_not_even_a_shell_changes_it_and_it_says_so_in_one_line(tamper):
    log.write("thu", "Thử", reason="Vì thế", address="203.0.113.9")
    before = LogEntry.objects.values().get()
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        tamper()
    assert str(refused.value).splitlines()[0] == "portal_logentry is append-only"
    assert LogEntry.objects.values().get() == before


def test_an_address_may_be_taken_out():
    log.write("thu", "Thử", address="203.0.113.9")
    LogEntry.objects.update(address=None)
    assert LogEntry.objects.get().address is None


def test_an_account_that_is_deleted_leaves_its_entries(client, chief):
    lan = factories.user("lan", full_name="Hoàng Thị Lan")
    lan_key = lan.pk
    TruncatedLog.empty()
    workflow.perform("submit", factories.draft(lan), factories.user(None, "Biên tập viên"))
    log.write("thu", "Thử", lan, actor=lan)
    assert client.post(f"/quan-tri/portal/user/{lan.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=lan_key).exists()
    assert LogEntry.objects.filter(actor=lan_key, actor_name="Hoàng Thị Lan (lan)").exists()
    entry = LogEntry.objects.get(action="user.delete")
    assert (entry.target_id, entry.target_name) == (lan_key, "Hoàng Thị Lan")
    html = client.get(LIST, {"nguoi": lan_key}).content.decode()
    assert "Hoàng Thị Lan (lan)" in html
    kept = LogEntry.objects.get(action="thu")
    assert client.get(f"{LIST}{kept.pk}/change/").status_code == 200


# ---------------------------------------------------------------- reading it


@pytest.fixture
def entries(client, chief):
    TruncatedLog.empty()
    lan = factories.user("lan", full_name="Hoàng Thị Lan")
    TruncatedLog.empty()
    log.write("article.publish", "Xuất bản", factories.article("Đại hội Đảng bộ thành phố"), actor=lan)
    log.write("article.withdraw", "Gỡ bài", factories.article("Lịch cắt nước"), actor=lan, reason="Sai giờ")
    log.write("tag.create", "Thêm từ khóa", factories.tag("hội nghị"))
    return lan


def listed(client, **query):
    return [entry.action for entry in client.get(LIST, query).context["cl"].result_list]


@pytest.mark.parametrize(("query", "found"), [
    ({}, ["tag.create", "article.withdraw", "article.publish"]),
    ({"q": "dai hoi dang bo"}, ["article.publish"]),
    ({"q": "Đại hội"}, ["article.publish"]),
    ({"q": "ĐẠI HỘI đ"}, ["article.publish"]),
    ({"q": "hoi"}, ["tag.create", "article.publish"]),
    ({"q": "hoang thi lan"}, ["article.withdraw", "article.publish"]),
    ({"q": "sai gio"}, ["article.withdraw"]),
    ({"q": "khong co gi"}, []),
    ({"viec": "article.withdraw"}, ["article.withdraw"]),
    ({"nguoi": "0"}, ["tag.create"]),
    ({"nguoi": "lan"}, ["article.withdraw", "article.publish"]),
    ({"tu-ngay": "01-01-2026"}, ["tag.create", "article.withdraw", "article.publish"]),
    ({"den-ngay": "01/01/2026"}, []),
    ({"tu-ngay": "2026-01-01", "den-ngay": "31-12-2199", "viec": "tag.create"}, ["tag.create"]),
    ({"tu-ngay": "hôm qua", "den-ngay": "32-13-2026"}, ["tag.create", "article.withdraw", "article.publish"]),
])  # fmt: skip
def test_entries_are_found(client, entries, query, found):
    if query.get("nguoi") == "lan":
        query = {"nguoi": entries.pk}
    assert listed(client, **query) == found


def test_a_day_holds_its_first_and_its_last_second(client, chief):
    midnight = timezone.make_aware(dt.datetime(2026, 3, 24))
    for number, at in enumerate([-1, 0, 86_399, 86_400]):
        LogEntry.objects.create(action=str(number), label="x", at=midnight + dt.timedelta(seconds=at))
    assert listed(client, **{"tu-ngay": "24-03-2026", "den-ngay": "24-03-2026"}) == ["2", "1"]


@pytest.mark.parametrize("query", ["viec=%F0%9F", "nguoi=abc", "nguoi=99999999999999999999", "p=-1", "p=99999", "o=1.2",
                                   "o=-3", "_facets=1", "all=", "e=1", "khong_co=1", "tu-ngay=%ff", "action__regex=(",
                                   "q=" + "a+" * 3000, "q='", "actor__is_superuser=1"])  # fmt: skip
def test_no_question_to_the_log_is_too_odd(client, entries, query):
    assert client.get(f"{LIST}?{query}").status_code in (200, 302, 400)
    assert client.get(f"{EXPORT}?{query}").status_code in (200, 302, 400)


def test_the_list_costs_the_same_however_long_the_log_is(client, entries, django_assert_num_queries):
    def count():
        with django_assert_num_queries(6):  # session, person, actions, people, how many, the entries
            client.get(LIST)

    client.get(LIST)
    count()
    LogEntry.objects.bulk_create([LogEntry(action=f"a{n % 7}", label="x", actor_id=n % 5 + 1000, actor_name=f"n{n % 5}")
                                  for n in range(300)])  # fmt: skip
    count()


def test_no_statement_counts_the_whole_log(client, entries, django_assert_max_num_queries, monkeypatch):
    from news.admin import paging

    monkeypatch.setattr(paging, "COUNTED", 2)
    with django_assert_max_num_queries(12) as seen:
        client.get(LIST)
    counting = [query["sql"] for query in seen.captured_queries if "COUNT(" in query["sql"]]
    assert len(counting) == 1
    assert "LIMIT 3" in counting[0]


@pytest.mark.parametrize(("role", "status"), [("Phóng viên", 403), ("Biên tập viên", 403), ("Ban biên tập", 200),
                                              ("Quản trị", 200)])  # fmt: skip
def test_the_log_is_for_those_who_may_read_it(client, role, status):
    client.force_login(factories.user(None, role))
    assert client.get(LIST).status_code == status
    assert client.get(EXPORT).status_code == status


def test_strangers_are_sent_to_the_login(client):
    assert client.get(LIST).status_code == 302
    assert client.get(EXPORT).status_code == 302


# ---------------------------------------------------------------- taking it away


def rows_of(response):
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def test_the_file_holds_what_the_filters_leave_and_that_it_was_taken_is_told(client, entries):
    response = client.get(EXPORT, {"viec": "article.withdraw"})
    assert "no-store" in response["Cache-Control"]
    assert response.getvalue().startswith(b"\xef\xbb\xbf")
    heading, *rows = rows_of(client.get(EXPORT, {"viec": "article.withdraw"}))
    assert heading[:3] == ["Lúc", "Người làm", "Việc"]
    assert [row[1:4] + row[5:7] for row in rows] == [
        ["Hoàng Thị Lan (lan)", "Gỡ bài", "bài viết", "Lịch cắt nước", "Sai giờ"]]  # fmt: skip
    taken = LogEntry.objects.filter(action="log.export")
    assert taken.count() == 2
    assert taken.first().actor_name == "Trần Văn Bình (quantri)"
    assert taken.first().detail == "Việc: Gỡ bài"


def test_the_file_is_complete_beyond_what_a_list_shows(client, chief, monkeypatch):
    from news.admin import paging
    from portal import admin_log

    monkeypatch.setattr(paging, "COUNTED", 10)
    monkeypatch.setattr(admin_log, "CHUNK", 7)
    LogEntry.objects.bulk_create([LogEntry(action="a", label=str(number)) for number in range(28)])
    rows = rows_of(client.get(EXPORT, {"viec": "a"}))[1:]
    assert [row[2] for row in rows] == [str(number) for number in range(27, -1, -1)]


@pytest.mark.parametrize(("typed", "kept"), [
    ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"), ("+1", "'+1"), ("-2+3", "'-2+3"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("\n=1", "'\n=1"), ("  =1", "'  =1"), ("＝1", "'＝1"), ("a=1", "a=1"),
    ("Đại hội", "Đại hội"), ("", ""), (None, ""), (-5, -5),
])  # fmt: skip
def test_no_cell_is_a_formula(typed, kept):
    assert cell(typed) == kept


def test_what_somebody_typed_stays_one_cell(client, chief):
    name = 'a","=cmd|\' /C calc\'!A1\nb'
    log.write("thu", "Thử", target_name=name)
    heading, *rows = rows_of(client.get(EXPORT, {"viec": "thu"}))
    assert [len(row) for row in rows] == [len(heading)]


def test_states_that_readers_see_are_all_told(client):
    """From a draft to its end, every step leaves one entry."""
    writer, board = factories.user("lan", "Phóng viên"), factories.user("minh", "Ban biên tập")
    TruncatedLog.empty()
    article = workflow.save(Article(title="Tin mới", body="<p>x</p>", category=factories.category()), writer)
    for step, person in [("submit", writer), ("return", board), ("submit", writer), ("approve", board),
                         ("publish", board), ("withdraw", board), ("trash", board), ("untrash", board)]:  # fmt: skip
        workflow.perform(step, article, person, "lý do")
    assert [action for action, _, _ in told()] == [f"article.{step}" for step in (
        "create", "submit", "return", "submit", "approve", "publish", "withdraw", "trash", "untrash")]  # fmt: skip
    assert article.state == State.WITHDRAWN
    assert Category.objects.count() == 1
