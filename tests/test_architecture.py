"""The house rules that a machine can see (README.md tells them)."""
import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
TOP_LEVEL = {"manage.py", "pyproject.toml", "README.md", "portal", "news", "stats", "templates", "static", "tests",
             "docs", "LICENSE", "CHANGELOG.md", "requirements.lock"}  # fmt: skip
# The modules of portal that put the others together; nobody else there knows of them.
COMPOSING = {
    "portal.urls", "portal.listeners", "portal.figures", "portal.firstrun", "portal.dashboard", "portal.demo",
    "portal.views.home", "portal.views.feeds", "portal.views.errors", "portal.views.media",
    "portal.views.site_map", "portal.views.operations", "portal.bookkeeping", "portal.origin",
    "portal.log", "portal.admin_log", "portal.log_filters", "portal.site", "portal.shell", "portal.emblem",
    "portal.pagecache.application", "portal.pagecache.due",
    "portal.auth.passwords", "portal.auth.outbound", "portal.collecting",
}  # fmt: skip


def modules(package):
    for path in sorted((ROOT / package).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield name.removesuffix(".__init__"), path


def imported(path):
    """Every module that a file imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 or "demo" in path.parts, f"{path}: relative import"
            if node.level == 0:
                # `from stats import queries` names a module as much as `import stats.queries` does.
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def strangers(name, path):
    room = name.split(".")[0]
    for target in imported(path):
        other = target.split(".")[0]
        if other not in {"portal", "news", "stats", "tests"} or other == room:
            continue
        if room == "portal" and name in COMPOSING:
            continue
        if room == "news" and (target == "stats.queries" or target.startswith("stats.queries.")):
            continue
        yield f"{name} imports {target}"


@pytest.mark.parametrize("room", ["portal", "news", "stats"])
def test_imports_point_one_way(room):
    assert [line for name, path in modules(room) for line in strangers(name, path)] == []


def test_the_rule_on_imports_can_fail(tmp_path):
    file = tmp_path / "collector.py"
    file.write_text("def run():\n    from news.models import Article\n    return Article\n")
    assert list(strangers("stats.collector", file)) == ["stats.collector imports news.models.Article"]


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_nothing_strange_stands_at_the_top_level():
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    tops = {line.split("/")[0] for line in listing.splitlines()}
    assert {top for top in tops if not top.startswith(".")} <= TOP_LEVEL


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?![^>]*\btype="application/(?:ld\+)?json")|<style|\sstyle=|\son[a-z]+=""", re.I
)


def inline_parts(text):
    return INLINE.findall(re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.S))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_template_holds_script_or_style(template):
    assert inline_parts(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("bad", ["<script>x()</script>", "<p style='color:red'>", "<a onclick=x()>", "<STYLE>"])
def test_the_rule_on_inline_parts_can_fail(bad):
    assert inline_parts(bad)


def test_modules_stay_small_enough_to_read():
    long = {name: len(path.read_text(encoding="utf-8").splitlines()) for room in ("portal", "news", "stats")
            for name, path in modules(room) if "migrations" not in name}  # fmt: skip
    assert {name: lines for name, lines in long.items() if lines > 260} == {}


def test_the_style_is_clean():
    done = subprocess.run([sys.executable, "-m", "ruff", "check", "."], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_nothing_is_loaded_from_another_host():
    pattern = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//|url\(["']?(?:https?:)?//|@import|from ["']https?://""")
    sources = [*TEMPLATES, *(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js")]
    assert {str(path) for path in sources if pattern.search(path.read_text(encoding="utf-8"))} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/chuyen-muc/thoi-su/", "/tim-kiem/", "/tim-kiem/?q=x", "/so-do-cong/",
                                     "/dang-nhap/", "/khong-co/", "/luu-tru/2021/3/24/"])  # fmt: skip
def test_a_page_has_one_main_heading(client, address):
    import factories

    factories.article(tags=["hội nghị"])
    assert client.get(address).content.decode().count("<h1") == 1


@pytest.mark.django_db
def test_an_article_has_one_main_heading_whatever_its_editor_typed(client):
    import factories

    article = factories.article(body="<h1>Một</h1><p>x</p><h1>Hai</h1>")
    assert client.get(article.get_absolute_url()).content.decode().count("<h1") == 1
