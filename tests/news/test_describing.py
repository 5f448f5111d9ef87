"""What the editor asks as soon as a picture stands in a text: what is known of it, and whether words will do."""
import factories
import pytest

from news.models import Image

pytestmark = pytest.mark.django_db
ADDRESS = "/quan-tri/news/image/mo-ta-trong-bai/"
ALT = "Cầu bắc qua sông Công lúc bình minh"


@pytest.fixture
def writer(client):
    client.force_login(factories.user(None, "Phóng viên"))
    return client


@pytest.fixture
def picture():
    return Image.objects.create(sha256="a" * 64, file="anh/aa/a.jpg", width=640, height=360)


def describe(writer, image, alt=ALT, **sent):
    return writer.post(ADDRESS, {"anh": f"/media/anh/aa/{image.key}.jpg", "alt": alt, **sent}).json()["problem"]


def test_the_editor_learns_what_the_library_says(writer, picture, django_assert_num_queries):
    Image.objects.filter(pk=picture.pk).update(alt=ALT, caption="Cầu mới")
    with django_assert_num_queries(6):  # the person and their rights, then the picture and what took its place
        answer = writer.get(ADDRESS, {"anh": f"/media/anh/aa/{picture.key}-960.avif"}).json()
    assert (answer["alt"], answer["caption"], answer["width"]) == (ALT, "Cầu mới", 640)
    assert writer.get(ADDRESS, {"anh": "/media/anh/aa/" + "b" * 32}).json() == {}
    assert writer.get(ADDRESS).json() == {}


def test_a_first_description_becomes_the_librarys(writer, picture):
    assert describe(writer, picture, caption="Cầu mới") == ""
    picture.refresh_from_db()
    assert (picture.alt, picture.caption) == (ALT, "Cầu mới")


def test_words_for_one_text_leave_the_librarys_alone(writer, picture):
    Image.objects.filter(pk=picture.pk).update(alt=ALT, caption="Cầu mới")
    assert describe(writer, picture, "Người dân đi bộ trên cầu", caption="Sáng nay") == ""
    picture.refresh_from_db()
    assert (picture.alt, picture.caption) == (ALT, "Cầu mới")


@pytest.mark.parametrize(("alt", "sent", "sentence"), [
    ("", {}, "Hãy mô tả ảnh"),
    ("DSC_0042.JPG", {}, "tên tệp"),
    ("lễ khánh thành", {"file_name": "le-khanh-thanh.webp"}, "tên tệp"),
    ("Cầu mới thông xe", {"caption": "Cầu mới, thông xe!"}, "chép lại chú thích"),
    ("Cầu mới thông xe", {"title": "Cầu mới thông xe"}, "tiêu đề"),
    ("Cầu mới", {"decorative": "on"}, "Ảnh trang trí không có mô tả"),
])  # fmt: skip
def test_what_would_hold_a_text_back_is_said_at_once(writer, picture, alt, sent, sentence):
    assert sentence in describe(writer, picture, alt, **sent)
    picture.refresh_from_db()
    assert (picture.alt, picture.decorative, picture.caption) == ("", False, "")


def test_a_picture_may_be_marked_as_decoration_unless_others_have_described_it(writer, picture):
    assert describe(writer, picture, "", decorative="on") == ""
    picture.refresh_from_db()
    assert picture.decorative
    Image.objects.filter(pk=picture.pk).update(alt=ALT, decorative=False)
    assert ALT in describe(writer, picture, "", decorative="on")
    unknown = writer.post(ADDRESS, {"anh": "/media/x.png", "decorative": "on"}).json()
    assert "không có trong thư viện" in unknown["problem"]


def test_somebody_without_the_right_is_told_nothing(client, picture):
    client.force_login(factories.user("khach"))
    assert client.get(ADDRESS, {"anh": picture.file.url}).status_code in {302, 403}
    assert client.post(ADDRESS, {"anh": f"/media/anh/aa/{picture.key}.jpg", "alt": ALT}).status_code in {302, 403}
    picture.refresh_from_db()
    assert picture.alt == ""
