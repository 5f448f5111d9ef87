import pytest
from django.contrib.auth.models import Group

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
