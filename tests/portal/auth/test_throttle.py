"""Attempts are counted before any hash: who guesses is stopped, and nobody can lock a colleague out."""
import datetime as dt
import threading

import factories
import pytest
from django.core.management import call_command
from django.db import connections
from door import LOGIN, is_in, leave, log_in

from portal.auth import throttle
from portal.models import LogEntry, Throttle

pytestmark = pytest.mark.django_db


@pytest.fixture
def hashes(monkeypatch):
    """How many passwords were hashed or compared."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    done = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *args: done.append(1) or encode(self, *args))
    return done


def later(seconds):
    """As if everything that was counted had been counted `seconds` earlier."""
    for row in Throttle.objects.all():
        row.since -= dt.timedelta(seconds=seconds)
        if row.until:
            row.until -= dt.timedelta(seconds=seconds)
        row.save()


def fail(client, name, times, address="203.0.113.9"):
    return [log_in(client, name, "sai", address=address).status_code for _ in range(times)]


def test_the_sixth_guess_is_refused_before_any_hash(client, hashes):
    factories.user("lan")
    assert fail(client, "lan", 5) == [200] * 5
    hashes.clear()
    response = log_in(client, "lan")
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 61
    assert "quá nhiều lần thử" in response.content.decode()
    assert hashes == []
    assert not is_in(client)


def test_unknown_names_are_refused_alike(client):
    assert fail(client, "khongco", 6) == [200] * 5 + [429]


def test_what_is_refused_makes_the_wait_no_longer(client):
    factories.user("lan")
    fail(client, "lan", 5)
    first = int(log_in(client, "lan")["Retry-After"])
    for _ in range(20):
        assert int(log_in(client, "lan")["Retry-After"]) <= first


def test_after_the_wait_the_right_password_opens_and_the_next_block_is_longer(client):
    factories.user("lan")
    fail(client, "lan", 5)
    later(61)
    assert fail(client, "lan", 1) == [200]
    assert int(log_in(client, "lan")["Retry-After"]) > 61
    later(121)
    log_in(client, "lan")
    assert is_in(client)


def test_success_begins_anew(client):
    factories.user("lan")
    for _ in range(4):
        fail(client, "lan", 4)
        assert log_in(client, "lan").status_code == 302
        client.logout()
        client.cookies.clear()  # no browser that is known
        Throttle.objects.exclude(key__startswith="pair").delete()


def test_spraying_twenty_names_from_one_address_is_stopped(client):
    statuses = [log_in(client, f"nguoi{number}", "sai").status_code for number in range(20)]
    assert statuses[:15] == [200] * 15
    assert set(statuses[15:]) == {429}


def test_an_attackers_own_account_does_not_wash_an_address_clean(client):
    factories.user("kegian")
    statuses = []
    for number in range(20):
        statuses.append(log_in(client, f"nguoi{number}", "sai").status_code)
        log_in(client, "kegian")
        client.logout()
        client.cookies.clear()
    assert statuses[-1] == 429


def test_addresses_of_one_ipv6_network_are_one(client):
    statuses = [log_in(client, f"nguoi{number}", "sai", address=f"2001:db8::{number:x}").status_code
                for number in range(16)]  # fmt: skip
    assert statuses[-1] == 429


def test_a_forged_forwarded_address_is_not_believed(client):
    form = {"username": "lan", "password": "sai"}
    statuses = [client.post(LOGIN, form, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}").status_code
                for number in range(6)]  # fmt: skip
    assert statuses[-1] == 429


def test_names_are_one_whatever_their_capitals_and_marks(client):
    fail(client, "Lan", 2)
    fail(client, " lan ", 2)
    fail(client, "LAN", 1)
    assert fail(client, "lan", 1) == [429]


# ---------------------------------------------------------------- nobody is locked out


def hammer(client, name, machines=20):
    for number in range(machines):
        fail(client, name, 2, address=f"198.51.100.{number}")


def test_a_name_under_attack_waits_some_seconds_and_then_opens(client, monkeypatch):
    factories.user("lan")
    hammer(client, "lan")
    refused = log_in(client, "lan", address="192.0.2.1")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) <= throttle.SLOWEST + 1
    ticket = refused.context["ticket"]
    assert f'name="ticket" value="{ticket}"' in refused.content.decode()
    now = throttle.time.time()
    monkeypatch.setattr(throttle.time, "time", lambda: now + throttle.SLOWEST + 1)
    hammer(client, "lan")  # goes on meanwhile
    log_in(client, "lan", address="192.0.2.1", ticket=ticket)
    assert is_in(client)


def test_a_ticket_is_for_one_name_and_one_machine(client, monkeypatch):
    factories.user("lan")
    hammer(client, "lan")
    ticket = log_in(client, "lan", address="192.0.2.1").context["ticket"]
    now = throttle.time.time()
    monkeypatch.setattr(throttle.time, "time", lambda: now + throttle.SLOWEST + 1)
    assert log_in(client, "lan", address="192.0.2.2", ticket=ticket).status_code == 429
    assert log_in(client, "lan", address="192.0.2.1", ticket=ticket[:-1] + "x").status_code == 429
    monkeypatch.setattr(throttle.time, "time", lambda: now + throttle.TICKET_LASTS + 5)
    assert log_in(client, "lan", address="192.0.2.1", ticket=ticket).status_code == 429


def test_a_browser_that_is_known_is_stopped_by_no_stranger_and_no_neighbour(client):
    factories.user("lan")
    log_in(client, "lan")
    leave(client)
    device = client.cookies["device"].value
    stranger = type(client)()
    hammer(stranger, "lan")
    for number in range(20):
        fail(stranger, f"nguoi{number}", 1)  # from behind the same address
    fail(stranger, "lan", 6)
    assert log_in(stranger, "lan").status_code == 429
    client.cookies["device"] = device
    assert log_in(client, "lan").status_code == 302


def test_a_stolen_device_cookie_guesses_no_more_than_five_times_and_for_its_name_alone(client):
    for name in ("lan", "mai"):
        factories.user(name)
    log_in(client, "lan")
    leave(client)
    assert fail(client, "lan", 6) == [200] * 5 + [429]
    assert Throttle.objects.filter(key__startswith="device").count() == 1
    fail(client, "mai", 1)
    assert Throttle.objects.filter(key__startswith="device").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_hundred_guesses_at_once_are_no_more_than_a_hundred_in_a_row():
    allowed, barrier = [], threading.Barrier(20)

    def guess():
        barrier.wait()
        for _ in range(5):
            try:
                throttle.take("pair", "lan\n203.0.113.9")
                allowed.append(1)
            except throttle.Refused:
                pass
        connections.close_all()

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(allowed) == 5


# ---------------------------------------------------------------- what is kept


def test_the_table_names_nobody(client):
    factories.user("lan")
    fail(client, "lan", 2)
    assert "lan" not in str(list(Throttle.objects.values_list())).replace("plan", "")
    assert "203.0.113.9" not in str(list(Throttle.objects.values_list()))


def test_an_operator_releases_a_name_and_an_address(client, capsys):
    factories.user("lan")
    fail(client, "lan", 5)
    call_command("release_login", "Lan", "2001:db8::7")
    assert log_in(client, "lan").status_code == 302
    client.logout()
    client.cookies.clear()
    for number in range(16):
        log_in(client, f"nguoi{number}", "sai")
    call_command("release_login", "203.0.113.9")
    assert log_in(client, "lan").status_code == 302
    assert LogEntry.objects.filter(action="auth.released").count() == 3


def test_a_block_is_logged_once(client):
    fail(client, "lan", 9)
    assert LogEntry.objects.filter(action="auth.throttled").count() == 1


def test_old_counts_are_forgotten(client):
    fail(client, "lan", 1)
    later(86_401)
    assert throttle.prune() == 3


def test_counting_costs_few_queries(client, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(throttle, "PRUNE_ONE_IN", 10**9)
    factories.user("lan")
    log_in(client, "lan", "sai")
    with django_assert_num_queries(6):  # name, pair, address, name, account, log (in its transaction)
        log_in(client, "lan", "sai")
