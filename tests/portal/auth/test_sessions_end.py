"""Sessions end: by themselves, by their owners, with another password, with the job; unused accounts are closed."""
import datetime as dt
import time

import factories
import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from door import ACCOUNT, LOGIN, NEW, PASSWORD, is_in, leave, log_in

from portal.auth import retention, sessions
from portal.models import LogEntry, SignIn, User

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
END = "/tai-khoan/phien/ket-thuc/"


@pytest.fixture
def lan(db):
    return factories.user("lan", full_name="Hoàng Thị Lan")


@pytest.fixture
def browsers(client, lan):
    """Three in which lan is logged in."""
    found = [client, type(client)(), type(client)()]
    for number, browser in enumerate(found):
        log_in(browser, "lan", address=f"198.51.100.{number}", agent=FIREFOX)
    return found


def age(client, **seconds):
    session = client.session
    for name, by in seconds.items():
        session[name] -= by
    session.save()


def test_own_sessions_are_listed_with_device_time_and_place(browsers):
    page = browsers[0].get(ACCOUNT).content.decode()
    assert page.count("Firefox trên Linux") == 3
    assert page.count("(máy này)") == 1
    assert "198.51.100.2" in page
    assert f"{timezone.localtime():%d-%m-%Y}" in page
    keys = Session.objects.values_list("pk", flat=True)
    assert not any(key in page for key in keys)  # a page never holds what opens a session


def test_nobody_elses_sessions_are_listed(browsers, client):
    other = type(client)()
    other.force_login(factories.user("mai"))
    assert "Firefox trên Linux" not in other.get(ACCOUNT).content.decode()


def handles(client):
    return {row.session_id: row.handle for row in client.get(ACCOUNT).context["sessions"]}


def test_one_of_ones_own_sessions_is_ended(browsers):
    first, second, _ = browsers
    first.post(END, {"session": handles(first)[second.session.session_key]})
    assert [is_in(browser) for browser in browsers] == [True, False, True]
    assert LogEntry.objects.filter(action="auth.ended").count() == 1


def test_all_others_are_ended(browsers):
    browsers[1].post(END)
    assert [is_in(browser) for browser in browsers] == [False, True, False]


def test_ending_the_one_in_hand_logs_out(browsers):
    first = browsers[0]
    assert first.post(END, {"session": handles(first)[first.session.session_key]}).url == LOGIN
    assert [is_in(browser) for browser in browsers] == [False, True, True]


def test_nobody_ends_somebody_elses_session(browsers, client):
    other = type(client)()
    other.force_login(factories.user("mai"))
    mine = handles(browsers[0])
    for value in [*mine, *mine.values(), "", "x", "\0"]:
        other.post(END, {"session": value})
    assert all(is_in(browser) for browser in browsers)


def test_a_session_without_use_ends(client, lan, settings):
    log_in(client, "lan")
    age(client, seen=settings.SESSION_IDLE_SECONDS - 5)
    assert is_in(client)  # and is noted as seen
    assert time.time() - client.session["seen"] < 5
    age(client, seen=settings.SESSION_IDLE_SECONDS)
    assert not is_in(client)
    assert not Session.objects.exists()
    assert not SignIn.objects.exists()


def test_a_session_ends_after_its_hours_however_busy(client, lan, settings):
    log_in(client, "lan")
    age(client, started=settings.SESSION_ABSOLUTE_SECONDS)
    assert not is_in(client)


def test_being_seen_is_noted_once_a_minute_at_most(client, lan, django_assert_max_num_queries):
    client.force_login(lan)
    client.get(ACCOUNT)
    before = client.session["seen"]
    client.get(ACCOUNT)
    assert client.session["seen"] == before


def test_the_limits_cost_no_query(client, lan, django_assert_num_queries):
    client.force_login(lan)
    client.get("/tai-khoan/ho-so/")
    with django_assert_num_queries(3):  # session, account, the form's row
        client.get("/tai-khoan/ho-so/")


def test_another_password_ends_all_sessions_but_the_one_in_hand(browsers):
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert browsers[0].post("/tai-khoan/mat-khau/", form).url == ACCOUNT
    assert [is_in(browser) for browser in browsers] == [True, False, False]
    assert SignIn.objects.count() == Session.objects.count() == 1


def test_a_password_set_by_somebody_else_ends_all(browsers, lan):
    lan.set_password(NEW)
    lan.save()
    assert not any(is_in(browser) for browser in browsers)
    assert Session.objects.count() == 0


@pytest.mark.parametrize("field", ["is_active", "is_staff"])
def test_who_is_closed_or_leaves_the_staff_loses_every_session_at_once(browsers, lan, field):
    setattr(lan, field, False)
    lan.save(update_fields=[field])
    assert not any(is_in(browser) for browser in browsers)
    assert Session.objects.count() == 0


def test_what_the_log_and_the_admin_change_of_a_person_ends_nothing_else(browsers, lan):
    lan.full_name = "Hoàng Thị Lan Anh"
    lan.save()
    assert all(is_in(browser) for browser in browsers)


def test_logging_out_takes_the_session_off_the_list(client, lan):
    log_in(client, "lan")
    leave(client)
    assert not SignIn.objects.exists()


@pytest.mark.parametrize(("agent", "name"), [
    (FIREFOX, "Firefox trên Linux"),
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537 Edg/1",
     "Edge trên Windows"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1",
     "Safari trên iPhone"),
    ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/130 Chrome/124 Safari/537",
     "Cốc Cốc trên Windows"),
    ("", ""), ("<script>alert(1)</script>\n" + "x" * 500, "scriptalert1/script" + "x" * 41),
])  # fmt: skip
def test_a_device_is_named_as_people_call_it(agent, name):
    assert sessions.device(agent) == name


# ---------------------------------------------------------------- asking again


USERS = "/quan-tri/portal/user/"
DELICATE = ["/tai-khoan/thu-dien-tu/", "/tai-khoan/hai-buoc/", f"{USERS}add/", f"{USERS}{{}}/change/",
            f"{USERS}{{}}/delete/", f"{USERS}{{}}/password/", f"{USERS}{{}}/hai-buoc/", "/quan-tri/auth/group/add/"]


@pytest.mark.parametrize("address", DELICATE)
def test_delicate_acts_ask_for_the_password_again(admin_client, admin_user, lan, address):
    address = address.format(lan.pk)
    assert admin_client.get(address).status_code == 200
    age(admin_client, confirmed=16 * 60)
    asked = admin_client.get(address)
    assert asked.url == f"/tai-khoan/xac-nhan/?next={address.replace('/', '%2F')}"
    age(admin_client, confirmed=3600)
    assert admin_client.post(address, {}).url == asked.url
    wrong = admin_client.post(asked.url, {"password": "sai", "next": address})
    assert wrong.status_code == 200
    assert admin_client.post(asked.url, {"password": "password", "next": address}).url == address
    assert admin_client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/quan-tri/portal/user/", "/quan-tri/auth/group/"])
def test_no_list_deletes_accounts_or_groups_without_the_password(admin_client, lan, address):
    kept = lan if "user" in address else Group.objects.create(name="Thử")
    age(admin_client, confirmed=3600)
    admin_client.post(address, {"action": "delete_selected", "_selected_action": kept.pk, "post": "yes"})
    assert type(kept).objects.filter(pk=kept.pk).exists()


def test_a_screen_left_open_is_no_place_to_guess(client, lan):
    client.force_login(lan)
    for address in ("/tai-khoan/xac-nhan/", "/tai-khoan/mat-khau/"):
        form = {"password": "sai", "old_password": "sai", "new_password1": NEW, "new_password2": NEW}
        statuses = [client.post(address, form).status_code for _ in range(6)]
        assert statuses[-1] == 429
    assert lan.check_password(PASSWORD)


# ---------------------------------------------------------------- accounts that nobody uses


def unused(person, days):
    moment = timezone.now() - dt.timedelta(days=days)
    User.objects.filter(pk=person.pk).update(date_joined=moment, last_login=moment)


def test_an_account_unused_for_45_days_closes_at_its_next_login(client, lan):
    unused(lan, 46)
    assert "đã đóng vì lâu không dùng" in log_in(client, "lan").content.decode()
    assert not is_in(client)
    assert not User.objects.get(pk=lan.pk).is_active
    assert LogEntry.objects.filter(action="user.idle", target_id=lan.pk).exists()


def test_who_guesses_is_not_told_that_an_account_is_unused(client, lan):
    unused(lan, 46)
    assert "lâu không dùng" not in log_in(client, "lan", "sai").content.decode()
    assert User.objects.get(pk=lan.pk).is_active


def test_a_command_closes_them_and_an_administrator_opens_one_again(client, lan, capsys):
    used = factories.user("mai")
    unused(lan, 46)
    unused(used, 44)
    call_command("close_idle_accounts")
    assert "closed: lan" in capsys.readouterr().out
    assert [User.objects.get(pk=row.pk).is_active for row in (lan, used)] == [False, True]
    call_command("account", "lan", "--open")
    log_in(client, "lan")
    assert is_in(client)


# ---------------------------------------------------------------- what is kept for a while only


def test_addresses_leave_the_log_after_90_days_and_the_entries_stay(lan, capsys):
    from portal import log

    for days in (0, 89, 91, 400):
        entry = log.write("thu", f"{days}", lan, address="203.0.113.9")
        LogEntry.objects.filter(pk=entry.pk)
    newest = timezone.now() + dt.timedelta(days=91)
    before = LogEntry.objects.count()
    assert retention.prune_addresses(timezone.now()) == 0
    assert retention.prune_addresses(newest) == 4
    assert LogEntry.objects.count() == before
    assert not LogEntry.objects.filter(address__isnull=False).exists()
    call_command("prune_log_addresses")
    assert "0 addresses taken out" in capsys.readouterr().out


def test_everything_is_swept_after_a_login_once_a_day(client, lan, settings, monkeypatch):
    from portal.auth import mail

    swept = []
    settings.MAIL_IN_BACKGROUND = True
    monkeypatch.setattr(retention, "_done_at", 0.0)
    monkeypatch.setattr(mail, "later", lambda work, *arguments: swept.append(work))
    for _ in range(3):
        log_in(client, "lan")
        leave(client)
    assert swept == [retention.sweep]
    assert set(retention.sweep()) == {"addresses", "attempts", "sessions", "accounts", "letters"}
