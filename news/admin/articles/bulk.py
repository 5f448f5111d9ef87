"""One step for many articles at once: each goes through the workflow, and each refusal is told in a line of its own."""
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.template.response import TemplateResponse

from news import states, text, workflow
from news.admin.tools import number
from news.models import Article, Category
from news.models.choices import Did

MOST = 500  # articles in one go
TOLD = 50  # refusals that are told one by one


def _step(name: str):
    """The admin's action for one of the workflow's: asks for a reason first where the workflow wants one."""
    action = states.ACTIONS[name]

    def run(model_admin, request, queryset):
        asks = action.needs_reason or action.did == Did.TRASH
        if asks and "_confirmed" not in request.POST:
            return _ask(model_admin, request, queryset, name, action.label, reason=action.needs_reason,
                        public=action.did == Did.WITHDRAW)  # fmt: skip
        given = {key: request.POST.get(key, "").replace("\0", "")[:500] for key in ("reason", "public_reason")}
        return _each(model_admin, request, queryset, action.done,
                     lambda article: workflow.perform(name, article, request.user, **given))  # fmt: skip

    run.short_description = action.label
    run.__name__ = f"bulk_{name}"
    return run


def move(model_admin, request, queryset):
    """Gives the articles another category; what readers have gets it as a change that waits."""
    category = None
    if "_confirmed" in request.POST:
        category = Category.objects.filter(pk=number(request.POST.get("category"))).first()
        if category is None:
            messages.error(request, "Hãy chọn chuyên mục.")
    if category is None:
        return _ask(model_admin, request, queryset, "move", "Chuyển chuyên mục", categories=Category.objects.all())

    def write(article):
        content = text.newest(article)
        text.put({**content, "category": category.pk}, article)
        many = {field.name: content[field.name] for field in text.MANY}
        many["also_in"] = [key for key in many["also_in"] if key != category.pk]
        workflow.save(article, request.user, many, correction=content[text.CORRECTION], did=Did.MOVE,
                      reason=f"Chuyển sang {category}")  # fmt: skip

    return _each(model_admin, request, queryset, f"Đã chuyển sang {category}", write)


move.short_description = "Chuyển chuyên mục…"
move.__name__ = "bulk_move"


def purge(model_admin, request, queryset):
    if "_confirmed" not in request.POST:
        return _ask(model_admin, request, queryset, "purge", "Xóa hẳn, không lấy lại được")
    return _each(model_admin, request, queryset, "Đã xóa hẳn", lambda article: workflow.purge(article, request.user))


purge.short_description = "Xóa hẳn khỏi thùng rác…"
purge.__name__ = "bulk_purge"

STEPS = ("submit", "approve", "publish", "return", "withdraw", "discard", "trash", "untrash")
ACTIONS = [*(_step(name) for name in STEPS), move, purge]


def _each(model_admin, request, queryset, done: str, step) -> None:
    """Runs `step` for each article in a transaction of its own and tells the outcome."""
    keys = list(queryset.values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        messages.error(request, f"Mỗi lần làm được tối đa {MOST} bài: hãy chọn ít hơn.")
        return
    count, refused = 0, []
    for article in Article.objects.select_related("pending").filter(pk__in=keys).order_by("pk"):
        title = article.title  # the text of a change may have another one
        try:
            with transaction.atomic():
                step(article)
            count += 1
        except workflow.RefusedError as reason:
            refused.append(f"“{title}”: {reason}")
    if count:
        messages.success(request, f"{done}: {count} bài.")
    for line in refused[:TOLD]:
        messages.warning(request, line)
    if len(refused) > TOLD:
        messages.warning(request, f"… và {len(refused) - TOLD} bài khác không làm được.")


def _ask(model_admin, request, queryset, name: str, label: str, **asked) -> TemplateResponse:
    shown = ("title", "state", "pending_state", "publish_at", "expire_at", "deleted_at")
    chosen = list(queryset.select_related(None).only(*shown)[: MOST + 1])
    for article in chosen[:MOST]:
        article.used = workflow.uses(article) if name == "trash" else []
    return TemplateResponse(request, "admin/news/article/bulk.html", {
        **model_admin.admin_site.each_context(request), "title": label, "opts": model_admin.opts,
        "articles": chosen[:MOST], "too_many": len(chosen) > MOST, "most": MOST, "action": f"bulk_{name}",
        "checkbox": ACTION_CHECKBOX_NAME, "label": label.split(",")[0], **asked,
    })  # fmt: skip
