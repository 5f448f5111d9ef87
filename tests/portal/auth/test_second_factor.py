"""The second step: set up by its owner alone, asked for before anybody is in, used once."""
import datetime as dt
import re
import threading

import factories
import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from door import ACCOUNT, CODE, LOGIN, PASSWORD, code_for, enrol, is_in, log_in

from portal.auth import factor, sessions
from portal.models import LogEntry, RecoveryCode, SecondFactor, User

pytestmark = pytest.mark.django_db
SET_UP = "/tai-khoan/hai-buoc/"


@pytest.fixture
def lan(db):
    return factories.user("lan", "Ban biên tập", email="lan@example.org")


def send_code(client, code):
    return client.post(CODE, {"code": code})


# ---------------------------------------------------------------- setting it up


def test_it_is_set_up_with_a_picture_drawn_here_and_codes_shown_once(client, lan, django_capture_on_commit_callbacks):
    client.force_login(lan)
    page = client.get(SET_UP)
    assert 'src="data:image/png;base64,' in page.content.decode()
    key = client.session["new_factor_key"]
    assert factor.spelled(key) in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(SET_UP, {"code": code_for(key)})
    codes = re.findall(r"<code>([a-z2-7-]{19})</code>", done.content.decode())
    assert len(set(codes)) == 10
    assert "no-store" in done["Cache-Control"]
    assert SecondFactor.objects.get().user == lan
    assert not any(code in str(list(RecoveryCode.objects.values_list())) for code in codes)
    assert mail.outbox[0].subject == "Đã bật xác thực hai bước"
    assert LogEntry.objects.filter(action="factor.enable", target_id=lan.pk).exists()
    assert not any(code in client.get(ACCOUNT).content.decode() for code in codes)


def test_the_database_alone_makes_no_code(lan, settings):
    enrol(lan)
    kept = SecondFactor.objects.get().key
    bare = bytes.fromhex(kept.removeprefix(factor.DERIVED))
    assert factor.secret(kept) != bare
    assert len(factor.secret(kept)) == factor.KEY_BYTES
    made = factor.secret(kept)
    settings.SECRET_KEY = "x" * 50
    assert factor.secret(kept) not in (made, bare)


def test_two_people_share_no_key_and_recovery_codes_outlive_another_secret(lan, settings):
    key, codes = enrol(lan)
    other, _ = enrol(factories.user("mai"))
    assert factor.secret(key) != factor.secret(other)
    settings.SECRET_KEY = "x" * 50
    assert factor.use(lan, codes[0]) == "recovery"


def test_a_key_from_before_seeds_still_opens(lan):
    old = "3132333435363738393031323334353637383930"
    SecondFactor.objects.create(user=lan, key=old)
    assert factor.spelled(old) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    assert factor.use(lan, code_for(old)) == "totp"


def test_a_wrong_code_sets_nothing_up(client, lan):
    client.force_login(lan)
    client.get(SET_UP)
    for code in ("000000", "abc", "", "１２３４５６", "0" * 500, "\0"):
        client.post(SET_UP, {"code": code})
    assert not SecondFactor.objects.exists()


def test_who_has_one_sets_up_no_other(client, lan):
    key, _ = enrol(lan)
    client.force_login(lan)
    assert client.get(SET_UP).url == ACCOUNT
    client.post(SET_UP, {"code": code_for(key)})
    assert SecondFactor.objects.get().key == key


def test_the_picture_says_what_applications_read(lan):
    portal = "Cổng thông tin điện tử thành phố Sông Công"
    assert factor.picture(factor.new_key(), lan, portal).startswith("data:image/png")


# ---------------------------------------------------------------- logging in with it


def test_a_password_alone_no_longer_opens(client, lan):
    key, _ = enrol(lan)
    response = log_in(client, "lan", next="/quan-tri/news/article/")
    assert response.url == CODE
    assert not is_in(client)
    assert 'autocomplete="one-time-code"' in client.get(CODE).content.decode()
    assert send_code(client, code_for(key)).url == "/quan-tri/news/article/"
    assert is_in(client)


def test_half_way_in_nothing_opens_and_nothing_can_be_enrolled(client, lan):
    enrol(lan)
    log_in(client, "lan")
    for address in ("/quan-tri/", ACCOUNT, SET_UP, "/tai-khoan/mat-khau/", "/tai-khoan/ma-du-phong/",
                    "/tai-khoan/hai-buoc/tat/", "/tai-khoan/xac-nhan/", "/tai-khoan/thu-dien-tu/",
                    "/quan-tri/portal/user/"):  # fmt: skip
        for response in (client.get(address), client.post(address, {"code": "1", "password": PASSWORD})):
            assert response.status_code == 302, address
            assert response.url.startswith((LOGIN, "/quan-tri/login/?next=")), address
    assert "Đăng nhập" in client.get("/").content.decode()
    assert SecondFactor.objects.count() == 1


def test_a_code_works_once(client, lan):
    key, _ = enrol(lan)
    code = code_for(key)
    log_in(client, "lan")
    send_code(client, code)
    client.logout()
    log_in(client, "lan")
    assert send_code(client, code).status_code == 200
    assert not is_in(client)


@pytest.mark.parametrize(("steps", "opens"), [(-3, False), (-1, False), (0, True), (1, True), (3, False)])
def test_a_telephones_clock_may_be_half_a_minute_off(client, lan, steps, opens):
    key, _ = enrol(lan)  # its own code used up the step before
    log_in(client, "lan")
    send_code(client, code_for(key, steps))
    assert is_in(client) is opens


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_one_code_at_once_one_gets_in(lan):
    key, recovery = enrol(lan)
    for code in (code_for(key), recovery[0]):
        used, barrier = [], threading.Barrier(8)

        def use(code=code, used=used, barrier=barrier):
            barrier.wait()
            used.append(factor.use(lan, code))
            connections.close_all()

        threads = [threading.Thread(target=use) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(kind is not None for kind in used) == 1


def test_codes_are_not_guessed(client, lan):
    enrol(lan)
    log_in(client, "lan")
    statuses = [send_code(client, f"{number:06}").status_code for number in range(6)]
    assert statuses == [200] * 5 + [429]
    other = type(client)()
    log_in(other, "lan", address="192.0.2.77")
    assert send_code(other, "123456").status_code == 429


def test_a_recovery_code_opens_once_and_is_told(client, lan, django_capture_on_commit_callbacks):
    _, codes = enrol(lan)
    log_in(client, "lan")
    with django_capture_on_commit_callbacks(execute=True):
        send_code(client, codes[0].upper().replace("-", " "))
    assert is_in(client)
    assert "còn 9 mã" in mail.outbox[-1].body
    client.logout()
    log_in(client, "lan")
    send_code(client, codes[0])
    assert not is_in(client)
    assert LogEntry.objects.filter(action="factor.recovery").count() == 1


def test_the_half_way_state_ends_after_ten_minutes_and_with_another_password(client, lan, monkeypatch):
    key, _ = enrol(lan)
    log_in(client, "lan")
    session = client.session
    held = session["half_logged_in"]
    session["half_logged_in"] = {**held, "until": 0}
    session.save()
    assert send_code(client, code_for(key)).url == LOGIN
    log_in(client, "lan")
    lan.set_password("một câu khác hẳn")
    lan.save()
    assert send_code(client, code_for(key)).url == LOGIN
    assert not is_in(client)


def test_the_half_way_session_has_a_new_key(client, lan):
    enrol(lan)
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    log_in(client, "lan")
    assert client.cookies["sessionid"].value != session.session_key


# ---------------------------------------------------------------- who needs it


@pytest.mark.parametrize(("role", "needs"), [("Phóng viên", False), ("Biên tập viên", False), ("Ban biên tập", True),
                                             ("Quản trị", True)])  # fmt: skip
def test_who_may_publish_or_administer_needs_one(role, needs):
    assert factor.required(factories.user(None, role)) is needs


def test_a_setting_widens_it(settings):
    reader, writer = User.objects.create_user("docgia"), factories.user("lan", "Phóng viên")
    settings.SECOND_FACTOR_FOR = "staff"
    assert (factor.required(reader), factor.required(writer)) == (False, True)
    settings.SECOND_FACTOR_FOR = "everyone"
    assert factor.required(reader)


def test_a_newcomer_has_days_of_grace_and_is_told(client, lan):
    log_in(client, "lan")
    lan.refresh_from_db()
    assert dt.timedelta(days=6) < lan.second_factor_due - timezone.now() <= dt.timedelta(days=7)
    assert "bật xác thực hai bước trước ngày" in client.get("/quan-tri/").content.decode()


def test_after_the_grace_a_password_alone_neither_opens_nor_enrols(client, lan):
    User.objects.filter(pk=lan.pk).update(second_factor_due=timezone.now() - dt.timedelta(minutes=1))
    page = log_in(client, "lan").content.decode()
    assert "quá hạn" in page
    assert not is_in(client)
    assert client.get(SET_UP).status_code == 302
    assert "quá hạn" not in log_in(client, "lan", "sai").content.decode()


def test_who_has_to_keep_it_cannot_give_it_up_and_others_need_a_long_password(client, lan):
    enrol(lan)
    client.force_login(lan)
    client.post("/tai-khoan/hai-buoc/tat/", {"password": PASSWORD})
    assert factor.has(lan)
    writer = factories.user("mai", "Phóng viên")
    enrol(writer)
    client.force_login(writer)
    client.post("/tai-khoan/hai-buoc/tat/", {"password": "sai"})
    assert factor.has(writer)
    writer.set_password("gạo tám 9")
    writer.save()
    client.force_login(writer)
    client.post("/tai-khoan/hai-buoc/tat/", {"password": "gạo tám 9"})
    assert factor.has(writer)
    writer.set_password(PASSWORD)
    writer.save()
    client.force_login(writer)
    client.post("/tai-khoan/hai-buoc/tat/", {"password": PASSWORD})
    assert not factor.has(writer)
    assert not RecoveryCode.objects.filter(user=writer).exists()


def test_new_recovery_codes_void_the_old(client, lan):
    _, old = enrol(lan)
    client.force_login(lan)
    client.post("/tai-khoan/ma-du-phong/")
    assert factor.use(lan, old[0]) is None
    assert RecoveryCode.objects.count() == 10


# ---------------------------------------------------------------- when the telephone is lost


def test_an_administrators_reset_is_logged_mailed_and_ends_every_session(
    client, admin_client, lan, django_capture_on_commit_callbacks
):
    enrol(lan)
    client.force_login(lan)
    page = f"/quan-tri/portal/user/{lan.pk}/hai-buoc/"
    assert "gặp trực tiếp" in admin_client.get(page).content.decode()
    assert factor.has(lan)
    with django_capture_on_commit_callbacks(execute=True):
        assert admin_client.post(page).status_code == 302
    assert not factor.has(lan)
    assert not is_in(client)
    assert LogEntry.objects.get(action="factor.remove").actor_name == "admin"
    assert mail.outbox[-1].to == ["lan@example.org"]
    assert "đặt lại" in mail.outbox[-1].subject


def test_nobody_else_resets_it_and_a_superusers_only_a_superuser(client, lan):
    root = User.objects.create_superuser("goc", password=PASSWORD)
    enrol(lan)
    enrol(root)
    client.force_login(factories.user("mai", "Ban biên tập"))
    assert client.post(f"/quan-tri/portal/user/{lan.pk}/hai-buoc/").status_code == 403
    client.force_login(factories.user("sep", "Quản trị"))
    assert client.post(f"/quan-tri/portal/user/{root.pk}/hai-buoc/").status_code == 403
    assert client.post(f"/quan-tri/portal/user/{lan.pk}/hai-buoc/").status_code == 302
    assert client.post("/quan-tri/portal/user/999999/hai-buoc/").status_code == 404
    assert factor.has(root)


def test_nobody_resets_their_own_and_so_gives_themselves_grace_without_end(admin_client, admin_user):
    enrol(admin_user)
    answer = admin_client.post(f"/quan-tri/portal/user/{admin_user.pk}/hai-buoc/", follow=True)
    assert "người quản trị khác" in answer.content.decode()
    assert factor.has(admin_user)
    assert is_in(admin_client)
    admin_user.refresh_from_db()
    assert admin_user.second_factor_due is None


def test_an_operator_resets_it_from_the_command_line(lan):
    enrol(lan)
    call_command("account", "lan", "--reset-second-factor")
    assert not factor.has(lan)
    assert sessions.of(lan) == []
