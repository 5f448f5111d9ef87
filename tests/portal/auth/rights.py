"""Who may open what: the decision for every address of the portal. Whoever adds an address decides here.

Eight kinds of people, each in the letters below: N nobody, M a member without staff rights, S staff without a role, R
Phóng viên, E Biên tập viên, B Ban biên tập, A Quản trị, X a superuser. The reporter owns the article that is tried.
"""

ALL, PEOPLE, STAFF, WRITERS, EDITORS = "NMSREBAX", "MSREBAX", "SREBAX", "REBAX", "EBAX"
BOARD, ADMINS, ROOT, NOBODY = "BAX", "AX", "X", ""

# Lists and forms that Django makes for a model: list, add, delete, open (change and history), save.
MODELS = {
    "news/article": (WRITERS, WRITERS, NOBODY, WRITERS, WRITERS),
    "news/placement": (BOARD, NOBODY, NOBODY, STAFF, STAFF),
    "news/alertbanner": (BOARD, BOARD, BOARD, BOARD, BOARD),
    "news/image": (WRITERS, WRITERS, NOBODY, WRITERS, WRITERS),
    "news/attachment": (WRITERS, WRITERS, NOBODY, WRITERS, WRITERS),
    "news/category": (WRITERS, BOARD, BOARD, WRITERS, BOARD),
    "news/tag": (WRITERS, WRITERS, BOARD, WRITERS, EDITORS),
    "news/page": (BOARD, BOARD, BOARD, BOARD, BOARD),
    "news/abbreviation": (BOARD, BOARD, BOARD, BOARD, BOARD),
    "news/outbounddomain": (BOARD, NOBODY, NOBODY, BOARD, BOARD),
    "news/gamblingmention": (BOARD, NOBODY, NOBODY, BOARD, BOARD),
    "news/topic": (BOARD, BOARD, BOARD, BOARD, BOARD),
    "news/redirect": (BOARD, BOARD, BOARD, BOARD, BOARD),
    "portal/logentry": (BOARD, NOBODY, NOBODY, BOARD, NOBODY),
    "portal/user": (ADMINS, ADMINS, ADMINS, ADMINS, ADMINS),
    "auth/group": (ADMINS, ROOT, ROOT, ADMINS, ROOT),
    "portal/policyreport": (ADMINS, NOBODY, NOBODY, ADMINS, NOBODY),
    "portal/sitesettings": (BOARD, NOBODY, NOBODY, BOARD, ADMINS),
    "portal/contactmessage": (EDITORS, NOBODY, BOARD, EDITORS, EDITORS),
    "portal/menuitem": (ADMINS, ADMINS, ADMINS, ADMINS, ADMINS),
    "portal/link": (ADMINS, ADMINS, ADMINS, ADMINS, ADMINS),
}  # fmt: skip
HISTORY = {"news/placement": BOARD}  # has no form of its own: who opens it is led to the front page's

# The others: who may ask, and where it differs, who may send.
OTHERS = {
    "": ALL,
    "chuyen-muc/<slug:slug>/": ALL,
    "^bai-viet/(?:(?P<slug>[^/]*)-)?(?P<pk>[0-9]{1,18})/$": ALL,
    "tu-khoa/<slug:slug>/": ALL,
    "luu-tru/": ALL,
    "^luu-tru/(?P<year>[0-9]{4})/$": ALL,
    "^luu-tru/(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})/$": ALL,
    "^luu-tru/(?P<year>[0-9]{4})/(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})/$": ALL,
    "xem-truoc/<str:token>/": ALL,
    "trang/<slug:slug>/": ALL,
    "tim-kiem/": ALL,
    "rss/": ALL,
    "rss/<slug:slug>/": ALL,
    "so-do-cong/": ALL,
    "sw.js": ALL,
    "ngoai-tuyen/": ALL,
    "en/": ALL,
    "lien-he/": ALL,
    "lien-he/da-gui/": ALL,
    ".well-known/security.txt": ALL,
    "^sitemap-bai-viet-(?P<part>[0-9]{1,12})\\.xml$": ALL,
    "sitemap-tin-moi.xml": ALL,
    "sitemap-trang.xml": ALL,
    "sitemap.xml": ALL,
    "atom/": ALL,
    "atom/<slug:slug>/": ALL,
    "cong.webmanifest": ALL,
    "dong-su-kien/": ALL,
    "dong-su-kien/<slug:slug>/": ALL,
    "oembed.json": ALL,
    "tim-kiem/goi-y.json": ALL,
    "tin-doc-nhieu/": ALL,
    "quan-tri/news/article/don-doan-dan/": (STAFF, WRITERS),
    "dang-nhap/": ALL,
    "dang-nhap/ma-xac-thuc/": ALL,
    "dang-nhap/mat-khau-dai-hon/": ALL,
    "dang-xuat/": ALL,
    "tai-khoan/": PEOPLE,
    "tai-khoan/ho-so/": PEOPLE,
    "tai-khoan/mat-khau/": PEOPLE,
    "tai-khoan/xac-nhan/": PEOPLE,
    "tai-khoan/thu-dien-tu/": PEOPLE,
    "tai-khoan/thu-dien-tu/<str:token>/": PEOPLE,
    "tai-khoan/phien/ket-thuc/": (ALL, PEOPLE),
    "tai-khoan/hai-buoc/": PEOPLE,
    "tai-khoan/hai-buoc/tat/": PEOPLE,
    "tai-khoan/ma-du-phong/": PEOPLE,
    "tai-khoan/quen-mat-khau/": ALL,
    "tai-khoan/dat-lai-mat-khau/<uidb64>/<token>/": ALL,
    "bao-cao-chinh-sach/": ALL,
    "quan-tri/dang-nhap/": ALL,
    "quan-tri/thong-ke/truy-cap.csv": STAFF,
    "quan-tri/": STAFF,
    "quan-tri/login/": NOBODY,
    "quan-tri/logout/": ALL,
    "quan-tri/password_change/": STAFF,
    "quan-tri/password_change/done/": STAFF,
    "quan-tri/autocomplete/": (NOBODY, STAFF),
    "quan-tri/jsi18n/": STAFF,
    "quan-tri/r/<path:content_type_id>/<path:object_id>/": WRITERS,  # as the row itself
    "^tep/(?P<pk>[0-9]{1,18})/(?P<name>[^/]+)$": ALL,  # while readers have its article; else as the article itself
    # Who may not send is told so only when sending: 405 before.
    "quan-tri/news/image/tai-len/": (STAFF, WRITERS),
    "quan-tri/news/image/<int:pk>/thung-rac/": (STAFF, BOARD),
    "quan-tri/news/image/<int:pk>/khoi-phuc/": (STAFF, BOARD),
    "quan-tri/news/image/<int:pk>/thay/": WRITERS,
    "quan-tri/news/image/chon/": (WRITERS, STAFF),
    "quan-tri/news/image/mo-ta/": WRITERS,
    "quan-tri/news/image/mo-ta-trong-bai/": WRITERS,
    "quan-tri/news/attachment/tai-len/": (STAFF, WRITERS),
    "quan-tri/news/attachment/<int:pk>/thung-rac/": (STAFF, BOARD),
    "quan-tri/news/attachment/<int:pk>/khoi-phuc/": (STAFF, BOARD),
    "quan-tri/news/attachment/chon/": (WRITERS, STAFF),
    "quan-tri/news/article/lich/": WRITERS,
    "quan-tri/news/article/tim-va-thay/": EDITORS,
    "quan-tri/news/article/tim-va-thay/cac-lan/": EDITORS,
    "quan-tri/news/article/tim-va-thay/cac-lan/<int:object_id>/hoan-tac/": EDITORS,
    "quan-tri/news/article/nhap-tu-word/": WRITERS,
    "quan-tri/news/article/tu-luu/": WRITERS,
    "quan-tri/news/article/tu-luu/bo/": WRITERS,
    "quan-tri/news/article/xem-truoc/": WRITERS,
    "quan-tri/news/article/<int:object_id>/tu-luu/": WRITERS,
    "quan-tri/news/article/<int:object_id>/tu-luu/bo/": WRITERS,
    "quan-tri/news/article/<int:object_id>/roi/": WRITERS,
    "quan-tri/news/article/<int:object_id>/xem-truoc/": WRITERS,
    "quan-tri/news/article/<int:object_id>/chia-se/": WRITERS,
    "quan-tri/news/article/<int:object_id>/xung-dot/": WRITERS,
    "quan-tri/news/article/<int:object_id>/so-sanh/": WRITERS,
    "quan-tri/news/article/<int:object_id>/khoi-phuc/": WRITERS,
    "quan-tri/news/feesheet/xuat.csv": BOARD,
    "quan-tri/news/feesheet/": BOARD,
    "quan-tri/portal/logentry/xuat.csv": BOARD,
    "quan-tri/portal/user/<int:pk>/hai-buoc/": ADMINS,
    "quan-tri/portal/user/<id>/password/": ADMINS,
    "quan-tri/^(?P<app_label>news|portal|auth)/$": WRITERS,
    "quan-tri/(?P<url>.*)$": NOBODY,
    "thong-ke/truy-cap.json": ALL,
    "giao-dien/<str:colour>.css": ALL,
    "media/<path:path>": ALL,
    "robots.txt": ALL,
    "favicon.ico": ALL,
    "healthz": ALL,
    "readyz": ALL,
}  # fmt: skip


def _decisions():
    for route, who in OTHERS.items():
        yield route, who if isinstance(who, tuple) else (who, who)
    for model, (listed, added, deleted, opened, saved) in MODELS.items():
        one = f"quan-tri/{model}/<path:object_id>/"
        yield f"quan-tri/{model}/", (listed, listed)
        yield f"quan-tri/{model}/add/", (added, added)
        yield f"{one}delete/", (deleted, deleted)
        yield f"{one}change/", (opened, saved)
        yield f"{one}history/", (HISTORY.get(model, opened),) * 2
        yield one, (STAFF, STAFF)  # leads to the form, which looks at rights itself


DECISIONS = dict(_decisions())
