"""What the tests of the door share."""
import re
import time

from django_otp.oath import TOTP

from portal.auth import factor

PASSWORD = "mật khẩu rất dài"  # noqa: S105 - what factories give everybody
NEW = "con cò bay lả bay la"
LOGIN, CODE, ACCOUNT = "/dang-nhap/", "/dang-nhap/ma-xac-thuc/", "/tai-khoan/"


def code_for(key, steps=0):
    totp = TOTP(factor.secret(key))
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06}"


def enrol(person):
    """(key, recovery codes) of somebody who gets a second factor; the code that proved it belongs to the past."""
    key = factor.new_key()
    return key, factor.enable(person, key, code_for(key, -1))


def log_in(client, name, password=PASSWORD, **extra):
    address = {"REMOTE_ADDR": extra.pop("address", "203.0.113.9")}
    agent = {"HTTP_USER_AGENT": extra.pop("agent")} if "agent" in extra else {}
    return client.post(LOGIN, {"username": name, "password": password, **extra}, **address, **agent)


def leave(client):
    """As a person does, who keeps the browser's other cookies (Django's `client.logout` does not)."""
    client.post("/dang-xuat/")


def is_in(client):
    return client.get(ACCOUNT).status_code == 200


def link_in(letter):
    return re.search(r"https?://[^/\s]+(/\S+)", letter.body.partition("\n\n")[2].replace("\n", " \n"))[1]
