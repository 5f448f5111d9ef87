"""What several admin pages of news share."""
from csp.decorators import csp_update
from django.conf import settings
from django.utils.decorators import method_decorator

from news.search import MAX_QUERY
from news.vietnamese import nfc

# CKEditor writes inline script and style, so its pages get a policy of their own.
_relaxed = csp_update(settings.EDITOR_SECURITY_POLICY, REPORT_ONLY=settings.POLICY_REPORT_ONLY)
with_editor_policy = method_decorator(_relaxed, name="changeform_view")


def number(text: str | None, digits: int = 18) -> int | None:
    """A key or a version as a form sends it; None for anything that no form of ours offers."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= digits else None


class FoldedSearchMixin:
    """Search without marks: `search_fields` use the unaccent lookup, the question is composed first."""

    show_full_result_count = False

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, nfc(search_term).replace("\0", "")[:MAX_QUERY])
