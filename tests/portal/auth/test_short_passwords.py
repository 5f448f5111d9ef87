"""14 characters, or 8 beside a second factor: whoever has fewer gets in with a longer one, and in no other way."""
import contextlib
import io

import factories
import pytest
from django.contrib.auth.management.commands import changepassword
from django.core import mail
from django.core.management import CommandError, call_command
from door import ACCOUNT, CODE, LOGIN, NEW, PASSWORD, code_for, enrol, is_in, log_in

from portal.auth import entry, factor
from portal.models import LogEntry, User

pytestmark = pytest.mark.django_db
SHORT = "gạo tám 9xk"  # 11 characters
LONGER = "/dang-nhap/mat-khau-dai-hon/"


@pytest.fixture
def lan():
    person = factories.user("lan", "Phóng viên", email="lan@example.org")
    person.set_password(SHORT)
    person.save()
    mail.outbox.clear()
    return person


def choose(client, first=NEW, second=None):
    return client.post(LONGER, {"new_password1": first, "new_password2": second or first})


def test_a_short_password_leads_to_a_longer_one_and_opens_nothing_before(client, lan):
    answer = log_in(client, "lan", SHORT, next="/quan-tri/news/article/")
    assert answer["Location"] == LONGER
    assert 'data-strength="14"' in client.get(LONGER).content.decode()
    assert not is_in(client)
    for path in ("/quan-tri/", ACCOUNT, "/tai-khoan/hai-buoc/", "/tai-khoan/mat-khau/"):
        assert client.get(path).status_code == 302
    assert choose(client)["Location"] == "/quan-tri/news/article/"
    assert is_in(client)


def test_the_longer_one_is_kept_logged_and_told_by_mail(client, lan, django_capture_on_commit_callbacks):
    log_in(client, "lan", SHORT)
    with django_capture_on_commit_callbacks(execute=True):
        choose(client)
    assert User.objects.get(pk=lan.pk).check_password(NEW)
    assert LogEntry.objects.filter(action="user.password", target_id=lan.pk).exists()
    assert [letter.to for letter in mail.outbox] == [["lan@example.org"]]


@pytest.mark.parametrize(("first", "second"), [
    (SHORT, None), ("mười ba ký tự", None), ("12345678901234567", None), ("lan lan lan lan lan", None), (NEW, PASSWORD),
])  # fmt: skip
def test_what_is_no_good_password_lets_nobody_in(client, lan, first, second):
    log_in(client, "lan", SHORT)
    assert choose(client, first, second).status_code == 200
    assert not is_in(client)
    assert User.objects.get(pk=lan.pk).check_password(SHORT)


def test_nobody_chooses_a_password_without_the_old_one(client, lan):
    assert choose(client)["Location"] == LOGIN
    log_in(client, "lan", "sai")
    assert choose(client)["Location"] == LOGIN
    assert User.objects.get(pk=lan.pk).check_password(SHORT)


def test_the_step_has_ten_minutes(client, lan, monkeypatch):
    log_in(client, "lan", SHORT)
    later = entry.time.time() + entry.HALF_LASTS + 1
    monkeypatch.setattr(entry.time, "time", lambda: later)
    assert choose(client)["Location"] == LOGIN


def test_beside_a_second_factor_a_short_one_is_enough(client, lan):
    key, _ = enrol(lan)
    assert log_in(client, "lan", SHORT)["Location"] == CODE
    client.post(CODE, {"code": code_for(key)})
    assert is_in(client)


def test_the_steps_do_not_stand_in_for_each_other(client, lan):
    enrol(lan)
    log_in(client, "lan", SHORT)
    assert choose(client)["Location"] == LOGIN  # the code cannot be left out by choosing a password
    assert not is_in(client)
    factor.remove(lan, "Thử")
    log_in(client, "lan", SHORT)
    assert client.get(CODE)["Location"] == LOGIN
    enrol(lan)  # in another browser, meanwhile
    assert choose(client)["Location"] == LOGIN
    assert not is_in(client)


def test_marks_typed_as_characters_of_their_own_make_no_password_longer(client, lan):
    import unicodedata

    assert len(unicodedata.normalize("NFD", "ệệệệ gạo 9xk")) >= 14
    lan.set_password("ệệệệ gạo 9xk")
    lan.save()
    assert log_in(client, "lan", unicodedata.normalize("NFD", "ệệệệ gạo 9xk"))["Location"] == LONGER


def test_who_lost_the_telephone_needs_a_longer_password(client, lan):
    enrol(lan)
    factor.reset(lan)
    assert log_in(client, "lan", SHORT)["Location"] == LONGER


def test_who_is_overdue_is_told_so_and_gets_no_other_way(client, lan, settings):
    settings.SECOND_FACTOR_FOR, settings.SECOND_FACTOR_GRACE_DAYS = "everyone", 0
    assert "quá hạn" in log_in(client, "lan", SHORT).content.decode()
    assert choose(client)["Location"] == LOGIN


# ---------------------------------------------------------------- every other way to a password


def test_an_administrator_gives_nobody_a_short_one(admin_client, admin_user, lan):
    session = admin_client.session
    session["confirmed"] = int(entry.time.time())
    session.save()
    added = admin_client.post("/quan-tri/portal/user/add/", {
        "username": "mai", "usable_password": "true", "password1": SHORT, "password2": SHORT})  # fmt: skip
    assert "ít nhất 14" in added.content.decode()
    changed = admin_client.post(f"/quan-tri/portal/user/{lan.pk}/password/", {
        "usable_password": "true", "password1": "cò bay 8xk", "password2": "cò bay 8xk"})  # fmt: skip
    assert "ít nhất 14" in changed.content.decode()
    assert not User.objects.filter(username="mai").exists()


@pytest.mark.parametrize(("enrolled", "given"), [(False, False), (True, True)])
def test_the_command_takes_a_short_one_beside_a_second_factor_alone(lan, monkeypatch, enrolled, given):
    if enrolled:
        enrol(lan)
    monkeypatch.setattr(changepassword.getpass, "getpass", lambda prompt: "cò bay 8xk")
    with contextlib.suppress(CommandError):
        call_command("changepassword", "lan", stdout=io.StringIO(), stderr=io.StringIO())
    assert User.objects.get(pk=lan.pk).check_password("cò bay 8xk") is given


def test_a_superuser_made_with_a_short_one_is_led_to_a_longer(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", SHORT)  # Django looks at no rule here
    call_command("createsuperuser", username="goc", email="", interactive=False, stdout=io.StringIO())
    assert log_in(client, "goc", SHORT)["Location"] == LONGER
    assert not is_in(client)
