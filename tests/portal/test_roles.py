import pytest
from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from portal import roles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", roles.ROLES)
def test_each_role_is_a_group_with_all_its_permissions(name):
    group = Group.objects.get(name=name)
    held = {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}
    assert held == roles.ROLES[name]


def test_a_role_that_an_administrator_changed_stays_changed():
    group = Group.objects.get(name="Phóng viên")
    group.permissions.clear()
    roles.ensure()
    assert not group.permissions.exists()


def test_a_role_that_is_missing_is_made_again():
    Group.objects.filter(name="Biên tập viên").delete()
    roles.ensure()
    assert Group.objects.get(name="Biên tập viên").permissions.count() == len(roles.EDITOR)


def test_only_the_board_and_above_publish():
    publishers = {name for name, codes in roles.ROLES.items() if "news.publish_article" in codes}
    assert publishers == {"Ban biên tập", "Quản trị"}


def test_a_permission_that_an_upgrade_brings_reaches_the_roles_it_is_for():
    Permission.objects.filter(codename="replace_article").delete()
    Group.objects.get(name="Phóng viên").permissions.clear()  # an administrator's own decision
    roles.remember()
    create_permissions(apps.get_app_config("news"), verbosity=0)
    roles.ensure()
    holders = set(Group.objects.filter(permissions__codename="replace_article").values_list("name", flat=True))
    assert holders == {"Biên tập viên", "Ban biên tập", "Quản trị"}
    assert not Group.objects.get(name="Phóng viên").permissions.exists()
