"""What tests of the newsroom's pages share: addresses, and a form's fields as a browser would send them."""
from news import text
from news.admin.articles.form import sent

REPORTER, EDITOR, BOARD, ADMINISTRATOR = "Phóng viên", "Biên tập viên", "Ban biên tập", "Quản trị"
LIST = "/quan-tri/news/article/"


def address(article, page="change"):
    return f"{LIST}{article.pk}/{page}/"


def fields(article, **changed):
    """The form of an article as it would be sent unchanged, but for `changed`."""
    data = {name: values if len(values) != 1 else values[0] for name, values in sent(text.newest(article)).items()}
    return {**data, "started_from": article.version, **changed}
