"""A text goes on to others only when its pictures speak to everybody and nothing of it lies in the trash."""
import factories
import newsroom
import pytest
from django.utils import timezone

from news import images, readiness, states, workflow
from news.models import Article, Attachment, Image
from news.models.article import State

pytestmark = pytest.mark.django_db
ALT = "Cầu bắc qua sông Công lúc bình minh"


@pytest.fixture
def bare():
    """A picture of the library that nobody has described."""
    return images.ingest(factories.picture_bytes(colour=(1, 2, 3)), alt="")


@pytest.fixture
def reporter():
    return factories.user(None, newsroom.REPORTER)


def body(image, alt="", caption=""):
    return f'<p>Chữ.</p><figure><img src="{image.file.url}" alt="{alt}"><figcaption>{caption}</figcaption></figure>'


def file(**values):
    about = {"sha256": "a" * 64, "file": "rieng/tep/aa/a", "title": "Mẫu đơn", "size": 1, "kind": "pdf", **values}
    return Attachment.objects.create(**about)


def trashed(item):
    type(item).objects.filter(pk=item.pk).update(deleted_at=timezone.now())
    return item


def refusal(article, action="submit"):
    with pytest.raises(workflow.RefusedError) as refused:
        workflow.perform(action, article, article.owner)
    return str(refused.value)


def test_nobody_sends_on_a_picture_without_a_description(bare, reporter):
    article = factories.draft(reporter, body=body(factories.image()) + body(bare))
    assert refusal(article) == "Ảnh thứ 2 trong nội dung: Hãy mô tả ảnh, hoặc đánh dấu “Ảnh trang trí”."
    Image.objects.filter(pk=bare.pk).update(decorative=True)
    assert workflow.perform("submit", article, reporter).state == State.WAITING


@pytest.mark.parametrize(("alt", "why"), [
    ("IMG_2034.jpg", "tên tệp"), ("Lễ khánh thành cầu", "chép lại"), ("cầu mới khánh thành", "chép lại"), (ALT, None),
])  # fmt: skip
def test_what_a_text_itself_says_of_a_picture_is_held_to_the_same(bare, alt, why):
    found = readiness.of_body(factories.draft(body=body(bare, alt, "Lễ khánh thành cầu.")).body, "Cầu mới khánh thành")
    assert (why in found) if why else found == ""


def test_the_lead_picture_needs_one_that_is_no_copy_of_what_stands_beside_it(bare, reporter):
    article = factories.draft(reporter, title="Cầu mới thông xe", image=bare)
    assert refusal(article).startswith("Ảnh đại diện: Hãy mô tả")
    for alt, why in (("Cầu mới thông xe", "chép lại"), ("Đoàn xe qua cầu", "chép lại"), (ALT, "")):
        Image.objects.filter(pk=bare.pk).update(alt=alt)
        Article.objects.filter(pk=article.pk).update(caption="Đoàn xe qua cầu")
        assert why in readiness.problem(Article.objects.get(pk=article.pk))
    assert workflow.perform("submit", Article.objects.get(), reporter).state == State.WAITING


def test_a_change_that_waits_is_judged_not_what_readers_have(bare):
    chief = factories.user(None, newsroom.BOARD)
    article = factories.pending_change(State.APPROVED, owner=chief, body=body(bare))
    assert "Ảnh thứ 1" in refusal(article, "publish")
    told = {action.name: why for action, why in states.choices_for(article, chief)}
    assert "Ảnh thứ 1" in told["publish"]  # beside the button, before anybody presses it


@pytest.mark.parametrize("what", ["lead", "body", "listed file", "linked file"])
def test_nothing_of_a_text_that_goes_on_lies_in_the_trash(reporter, what):
    picture, document = trashed(factories.image()), trashed(file())
    values = {"lead": {"image": picture}, "body": {"body": body(picture)},
              "linked file": {"body": f'<p><a href="{document.get_absolute_url()}">Mẫu</a></p>'}}  # fmt: skip
    article = factories.draft(reporter, **values.get(what, {}))
    if what == "listed file":
        article.attachments.add(document)
    assert "thùng rác" in refusal(article)


def test_what_is_in_the_trash_is_kept_where_it_was_chosen_and_chosen_nowhere(client, reporter):
    picture, document = trashed(factories.image()), trashed(file())
    article = factories.draft(reporter, image=picture)
    article.attachments.add(document)
    client.force_login(reporter)
    page = client.get(newsroom.address(article)).content.decode()
    assert f'<option value="{picture.pk}" selected>' in page and f'<option value="{document.pk}" selected>' in page
    assert client.post(newsroom.address(article), newsroom.fields(article, title="Tên khác")).status_code == 302
    article.refresh_from_db()
    assert (article.title, article.image, *article.attachments.all()) == ("Tên khác", picture, document)
    other = factories.draft(reporter)
    for chosen in ({"image": picture.pk}, {"attachments": [document.pk]}):
        assert client.post(newsroom.address(other), newsroom.fields(other, **chosen)).status_code == 200


def test_a_page_that_everybody_sees_needs_described_pictures_too(admin_client, bare):
    form = {"title": "Giới thiệu", "slug": "", "body": body(bare), "published": "on", "language": "vi"}
    assert "Ảnh thứ 1" in admin_client.post("/quan-tri/news/page/add/", form).content.decode()
    assert admin_client.post("/quan-tri/news/page/add/", {**form, "published": ""}).status_code == 302


def test_a_text_without_pictures_costs_one_query(django_assert_num_queries):
    article = factories.draft()
    with django_assert_num_queries(1):
        assert readiness.problem(article) == ""
