"""The four roles of a newsroom, as groups that hold real permissions.

A group is filled when it is made and left alone afterwards, so that an administrator may change it in the admin; only
a permission that did not exist before this upgrade is given to the roles that it is meant for.
"""
from django.contrib.auth.models import Group, Permission
from django.db import connections, transaction
from django.utils import translation

_CRUD = {"add": "Thêm", "change": "Sửa", "delete": "Xóa", "view": "Xem"}


def _all(app: str, *models: str) -> set[str]:
    return {f"{app}.{action}_{model}" for action in _CRUD for model in models}


# Own articles only: what lifts that limit is news.change_any_article.
REPORTER = {"news.add_article", "news.change_article", "news.view_article", "news.delete_article",
            "news.view_category", "news.view_tag", "news.add_tag", "news.add_image", "news.view_image",
            "news.change_image", "news.add_attachment", "news.view_attachment", "news.change_attachment"}  # fmt: skip
EDITOR = REPORTER | {"news.change_any_article", "news.return_article", "news.replace_article", "news.change_tag",
                     "portal.view_contactmessage", "portal.change_contactmessage"}  # fmt: skip
BOARD = (
    EDITOR
    | {"news.approve_article", "news.override_approval", "news.publish_article", "news.withdraw_article",
       "news.purge_article", "news.export_fees", "news.delete_tag", "news.delete_image",
       "news.delete_attachment"}
    | _all("news", "category", "page", "placement", "alertbanner", "abbreviation", "topic", "redirect")
    | {f"news.{action}_{report}" for action in ("view", "change") for report in ("outbounddomain", "gamblingmention")}
    | {"portal.view_sitesettings", "portal.view_logentry", "portal.delete_contactmessage"}
)
ADMINISTRATOR = (
    BOARD
    | _all("portal", "user", "menuitem", "link")
    | {"portal.change_sitesettings", "portal.view_sitesettings", "portal.view_policyreport", "auth.view_group"}
)
ROLES = {
    "Phóng viên": REPORTER,
    "Biên tập viên": EDITOR,
    "Ban biên tập": BOARD,
    "Quản trị": ADMINISTRATOR,
}


_known_before: dict[str, set[str]] = {}  # by database: what existed when this run of migrate began


def remember(using: str = "default") -> None:
    """Notes which permissions there are before migrations run, so that `ensure` can tell the new ones."""
    present = Permission._meta.db_table in connections[using].introspection.table_names()
    _known_before[using] = set(_codes(using)) if present else set()


@transaction.atomic
def ensure(using: str = "default") -> None:
    """Makes the missing groups with their permissions; needs the permissions of every app to be there."""
    _name_permissions(using)
    known = _codes(using)
    new = known.keys() - _known_before.pop(using, known.keys())
    for group in Group.objects.using(using).filter(name__in=ROLES):
        group.permissions.add(*(known[code] for code in ROLES[group.name] & new))
    missing = set(ROLES) - set(Group.objects.using(using).filter(name__in=ROLES).values_list("name", flat=True))
    for name in missing:
        group = Group.objects.using(using).create(name=name)
        group.permissions.set([known[code] for code in ROLES[name] if code in known])


def _codes(using: str) -> dict[str, Permission]:
    return {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.using(using).select_related("content_type")
    }


def _name_permissions(using: str) -> None:
    """Django stores `Can add …` in the database, in English whatever the language."""
    stock = list(Permission.objects.using(using).filter(name__startswith="Can ").select_related("content_type"))
    with translation.override("vi"):  # commands run without a language
        for permission in stock:
            action = permission.codename.partition("_")[0]
            permission.name = f"{_CRUD[action]} {permission.content_type.name}"[:255]
    Permission.objects.using(using).bulk_update(stock, ["name"], batch_size=500)
