"""The four roles of a newsroom, as groups that hold real permissions.

A group is filled when it is made and left alone afterwards, so that an administrator may change it in the admin.
"""
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import translation

_CRUD = {"add": "Thêm", "change": "Sửa", "delete": "Xóa", "view": "Xem"}


def _all(app: str, *models: str) -> set[str]:
    return {f"{app}.{action}_{model}" for action in _CRUD for model in models}


# Own articles only: what lifts that limit is news.change_any_article.
REPORTER = {"news.add_article", "news.change_article", "news.view_article", "news.view_category", "news.view_tag",
            "news.add_tag", "news.add_image", "news.view_image", "news.change_image"}  # fmt: skip
EDITOR = REPORTER | {"news.change_any_article", "news.return_article", "news.delete_article", "news.change_tag"}
BOARD = (
    EDITOR
    | {"news.approve_article", "news.publish_article", "news.withdraw_article", "news.delete_tag", "news.delete_image"}
    | _all("news", "category", "page")
    | {"portal.view_sitesettings"}
)
ADMINISTRATOR = (
    BOARD
    | _all("portal", "user", "menuitem", "link")
    | {"portal.change_sitesettings", "portal.view_sitesettings", "auth.view_group"}
)
ROLES = {
    "Phóng viên": REPORTER,
    "Biên tập viên": EDITOR,
    "Ban biên tập": BOARD,
    "Quản trị": ADMINISTRATOR,
}


@transaction.atomic
def ensure(using: str = "default") -> None:
    """Makes the missing groups with their permissions; needs the permissions of every app to be there."""
    _name_permissions(using)
    missing = set(ROLES) - set(Group.objects.using(using).filter(name__in=ROLES).values_list("name", flat=True))
    if not missing:
        return
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }
    for name in missing:
        group = Group.objects.using(using).create(name=name)
        group.permissions.set([known[code] for code in ROLES[name] if code in known])


def _name_permissions(using: str) -> None:
    """Django stores `Can add …` in the database, in English whatever the language."""
    stock = list(Permission.objects.using(using).filter(name__startswith="Can ").select_related("content_type"))
    with translation.override("vi"):  # commands run without a language
        for permission in stock:
            action = permission.codename.partition("_")[0]
            permission.name = f"{_CRUD[action]} {permission.content_type.name}"[:255]
    Permission.objects.using(using).bulk_update(stock, ["name"], batch_size=500)
