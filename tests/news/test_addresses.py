"""Addresses made without `reverse` are those that `reverse` makes."""
import pytest
from django.test import override_settings
from django.urls import NoReverseMatch, reverse, set_script_prefix

from news.addresses import address


@pytest.mark.parametrize(("name", "parts"), [
    ("article", ("hoi-nghi", 5)), ("article", ("x0x", 990_001)), ("article", ("", 7)), ("article", ("a b%/ế?#", 12)),
    ("category", ("thoi-su",)), ("tag", ("2016-2021",)), ("home", ()),
])  # fmt: skip
def test_an_address_is_the_one_that_reverse_makes(name, parts):
    if name == "article" and "/" in str(parts[0]):
        parts = (parts[0].replace("/", ""), parts[1])
    assert address(name, *parts) == reverse(name, args=parts)


def test_a_name_that_is_none_is_refused():
    with pytest.raises(NoReverseMatch):
        address("khong-co", 1)


def test_an_article_without_a_key_has_no_address():
    with pytest.raises(NoReverseMatch):
        address("article", "hoi-nghi", None)


@override_settings(FORCE_SCRIPT_NAME="/cong")
def test_a_portal_below_a_path_keeps_it():
    set_script_prefix("/cong/")
    try:
        assert address("tag", "hoi-nghi") == "/cong/tu-khoa/hoi-nghi/"
    finally:
        set_script_prefix("/")
