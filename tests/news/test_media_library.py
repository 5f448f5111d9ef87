"""The library: where pictures are used, trash, replacing, descriptions, and a check that mends while people work."""
import json
import os
import time

import factories
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from news import audience, images, library, pictures, storing, usage, workflow
from news.models import Image, Replaced, UploadTally, Use
from portal import site
from portal.models import Generation

pytestmark = pytest.mark.django_db
ALT = "Cầu bắc qua sông Công lúc bình minh"


def body(image, alt=""):
    return f'<p>Chữ.</p><figure><img src="{image.file.url}" alt="{alt}"></figure>'


def upload(name="cau.jpg", **options):
    return SimpleUploadedFile(name, factories.picture_bytes(**options), "image/jpeg")


def age(path, seconds=7200):
    os.utime(path, (time.time() - seconds,) * 2)


@pytest.fixture
def image():
    return factories.image()


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def get(client, address):
    response = client.get(address)
    return response.status_code


# ---------------------------------------------------------------- in texts


def test_a_picture_in_a_text_becomes_one_of_every_width(image):
    article = factories.article(body=body(image))
    assert '<source type="image/avif"' in article.rendered
    assert f'alt="{image.alt}"' in article.rendered  # the library's, where the text has none
    assert 'loading="lazy"' in article.rendered
    assert "style=" not in article.rendered
    assert "<picture>" not in article.body


def test_an_editors_own_description_stays(image):
    assert 'alt="Ba &quot;cây&quot; cầu"' in factories.article(body=body(image, "Ba &quot;cây&quot; cầu")).rendered


def test_rendering_twice_changes_nothing(image):
    once = pictures.render_images(body(image))
    assert pictures.render_images(once) == once


@pytest.mark.parametrize("html", [
    "", "<p>Không ảnh</p>", '<img src="/media/anh/zz/x.jpg" alt="">',
    f'<img src="/media/anh/00/{"0" * 32}.jpg" alt="x">',
    '<img alt="không nguồn">',
])  # fmt: skip
def test_what_is_no_picture_of_the_library_stays_as_it_is(html):
    assert pictures.render_images(html) == html


def test_a_text_costs_two_queries_whatever_its_pictures(django_assert_num_queries):
    html = "".join(body(factories.image()) for _ in range(4))
    with django_assert_num_queries(2):
        assert pictures.render_images(html).count("<picture>") == 4
    with django_assert_num_queries(0):
        pictures.render_images("<p>Không ảnh</p>" * 50)


def test_every_colour_has_its_class_in_the_style_sheet(settings):
    sheet = (settings.BASE_DIR / "static/css/site.css").read_text()
    assert pictures.colour_rules() in sheet
    assert pictures.colour_class("#3f40bf") == "mau-012"
    for rule in ('[class^="mau-0"] { --r: 32; }', '[class^="mau-01"], ', ') { --g: 96; }',
                 '[class^="mau-"][class$="2"] { --b: 160; }'):  # fmt: skip
        assert rule in sheet


# ---------------------------------------------------------------- where used


def test_uses_follow_the_text(image):
    article = factories.article(body=body(image))
    usage.refresh(article)
    assert [place.title for place in usage.places(image)] == [article.title]
    article.body = "<p>Không còn ảnh.</p>"
    usage.refresh(article)
    assert usage.places(image) == []


def test_a_change_that_waits_is_a_use_that_readers_do_not_have(image):
    article = factories.article()
    usage.note(article.pk, article.body, body(image))
    assert not Use.objects.get().live
    usage.note(article.pk, body(image), body(image))
    assert Use.objects.get().live


def test_a_page_notes_what_it_holds(image):
    page = factories.page(body=body(image))
    assert [place.how for place in usage.places(image)] == ["nội dung của trang"]
    page.delete()
    assert usage.places(image) == []


def test_a_text_without_pictures_costs_one_query(django_assert_num_queries):
    article = factories.article()
    with django_assert_num_queries(1):
        usage.note(article.pk, article.body)


def test_finding_the_uses_does_not_read_texts(image):
    """Through an index, whatever the number of articles."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN SELECT 1 FROM news_use WHERE image_id = {image.pk}")
        assert "Index" in str(cursor.fetchall())


def test_saving_through_the_newsroom_notes_the_uses(image):
    person = factories.user(None, "Biên tập viên")
    article = factories.draft(person)
    article.body = body(image)
    workflow.save(article, person)
    assert usage.places(image)


# ---------------------------------------------------------------- trash


def test_a_used_picture_stays_and_its_editor_is_told_where(admin_client, image):
    article = factories.article(image=image)
    response = admin_client.post(f"/quan-tri/news/image/{image.pk}/thung-rac/", follow=True)
    image.refresh_from_db()
    assert image.deleted_at is None
    assert article.title in response.content.decode()


def test_a_picture_in_the_trash_is_for_the_newsroom_alone(client, admin_client, image, on_commit):
    addresses = [image.file.url, image.thumbnail]
    with on_commit():
        library.trash(image)
    assert [get(client, address) for address in addresses] == [404, 404]
    assert [get(admin_client, address) for address in addresses] == [200, 200]
    assert "no-store" in admin_client.get(image.file.url)["Cache-Control"]
    with on_commit():
        admin_client.post(f"/quan-tri/news/image/{image.pk}/khoi-phuc/")
    factories.article(image=image)
    assert [get(client, address) for address in addresses] == [200, 200]


def test_a_trashed_picture_is_in_the_trash_list_alone(admin_client, image, on_commit):
    with on_commit():
        library.trash(image)
    assert image.alt not in admin_client.get("/quan-tri/news/image/").content.decode()
    assert image.alt in admin_client.get("/quan-tri/news/image/?thung_rac=1").content.decode()
    asked = {"app_label": "news", "model_name": "article", "field_name": "image"}
    assert admin_client.get("/quan-tri/autocomplete/", asked).json()["results"] == []


def test_sending_a_trashed_picture_again_brings_it_back(on_commit):
    content = factories.picture_bytes(colour=(9, 8, 7))
    image = images.ingest(content, alt=ALT)
    with on_commit():
        library.trash(image)
    assert images.store(content, alt="Khác").image.deleted_at is None


def test_a_purge_takes_what_is_old_and_unused(image, on_commit, capsys):
    used, fresh = factories.image(), factories.image()
    factories.article(image=used)
    old = timezone.now() - timezone.timedelta(days=31)
    Image.objects.filter(pk__in=[image.pk, used.pk]).update(deleted_at=old)
    Image.objects.filter(pk=fresh.pk).update(deleted_at=timezone.now())
    with on_commit():
        call_command("media_purge")
    assert capsys.readouterr().out == "1 deleted, 1 kept because something uses them.\n"
    assert set(Image.objects.all()) == {used, fresh}
    assert library.files_of(image) == []
    assert len(library.files_of(used)) > 5


@pytest.mark.parametrize("role", ["Phóng viên", "Biên tập viên"])
def test_who_may_not_delete_may_not_trash(client, image, role):
    client.force_login(factories.user(None, role))
    assert client.post(f"/quan-tri/news/image/{image.pk}/thung-rac/").status_code == 403
    image.refresh_from_db()
    assert image.deleted_at is None


# ---------------------------------------------------------------- replacing


def test_replacing_shows_the_new_picture_everywhere(admin_client, image, on_commit):
    lead, text = factories.article(image=image), factories.article(body=body(image))
    page = factories.page(body=body(image))
    usage.refresh(text)
    version, before = text.version, Generation.objects.get().number
    with on_commit():
        response = admin_client.post(f"/quan-tri/news/image/{image.pk}/thay/", {"upload": upload(colour=(5, 5, 250))})
    assert response.status_code == 302
    new = Image.objects.kept().get()
    for row in (image, lead, text, page):
        row.refresh_from_db()
    assert lead.image == new
    assert new.key in text.rendered
    assert new.key in page.rendered
    assert image.key not in text.rendered
    assert text.version == version  # nobody who has it open is sent away
    assert image.deleted_at
    assert new.alt == image.alt
    assert Generation.objects.get().number > before
    assert {place.title for place in usage.places(new)} == {lead.title, text.title, page.title}


def test_a_text_that_still_holds_the_old_address_shows_the_new_picture(image):
    second, third = factories.image(), factories.image()
    library.replace(image, second)
    library.replace(second, third)
    assert third.key in pictures.render_images(body(image))
    assert Replaced.objects.count() == 2


def test_a_picture_is_not_replaced_by_itself(admin_client):
    content = factories.picture_bytes(colour=(77, 0, 0))
    image = images.ingest(content, alt=ALT)
    same = SimpleUploadedFile("x.jpg", content)
    response = admin_client.post(f"/quan-tri/news/image/{image.pk}/thay/", {"upload": same}, follow=True)
    assert "giống hệt" in response.content.decode()
    image.refresh_from_db()
    assert image.deleted_at is None


# ---------------------------------------------------------------- forms


@pytest.mark.parametrize(("alt", "caption", "name"), [
    ("", "", "a.jpg"), ("IMG_2034", "", "a.jpg"), ("cau song cong", "", "cau-song-cong.jpg"),
    ("Cầu mới khánh thành", "Cầu mới khánh thành.", "a.jpg"), ("Ảnh minh họa", "", "a.jpg"),
])  # fmt: skip
def test_a_picture_without_a_real_description_is_not_taken(admin_client, alt, caption, name):
    form = {"upload": upload(name), "alt": alt, "caption": caption}
    assert admin_client.post("/quan-tri/news/image/add/", form).status_code == 200
    assert not Image.objects.exists()


def test_a_decorative_picture_needs_none_and_may_have_none(admin_client):
    form = {"upload": upload(), "alt": ALT, "decorative": "on"}
    assert admin_client.post("/quan-tri/news/image/add/", form).status_code == 200
    assert admin_client.post("/quan-tri/news/image/add/", {**form, "upload": upload(), "alt": ""}).status_code == 302
    assert Image.objects.get().decorative


def test_sending_a_picture_that_is_there_says_so_and_loses_no_description(admin_client):
    for alt in (ALT, "Một mô tả mới hẳn"):
        response = admin_client.post("/quan-tri/news/image/add/", {"upload": upload(colour=(1, 99, 1)), "alt": alt},
                                     follow=True)  # fmt: skip
    page = response.content.decode()
    assert "đã có trong thư viện" in page
    assert "Một mô tả mới hẳn" in page
    assert Image.objects.get().alt == ALT


def test_the_sender_is_known(admin_client, admin_user):
    admin_client.post("/quan-tri/news/image/add/", {"upload": upload(), "alt": ALT})
    assert Image.objects.get().owner == admin_user


def test_a_bad_file_in_the_form_says_why(admin_client):
    bad = SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    response = admin_client.post("/quan-tri/news/image/add/", {"upload": bad, "alt": ALT})
    assert "Đây là tệp SVG" in response.content.decode()


def test_moving_the_focal_point_makes_new_crops_and_keeps_the_rest(admin_client, image):
    before = {use: image.files(use) for use in ("card", "lead", "share")}
    form = {"alt": image.alt, "caption": "", "credit": "", "focal_x": 80, "focal_y": 20}
    assert admin_client.post(f"/quan-tri/news/image/{image.pk}/change/", form).status_code == 302
    image.refresh_from_db()
    assert image.files("lead") == before["lead"]
    for use in ("card", "share"):
        assert image.files(use) != before[use]
        assert all((storing.root() / address.removeprefix("/media/")).exists() for _, _, address in image.files(use))


@pytest.mark.parametrize("x", ["-1", "101", "giữa", "", "99999999999999999999"])
def test_a_focal_point_outside_the_picture_is_refused(admin_client, image, x):
    form = {"alt": image.alt, "focal_x": x, "focal_y": 50}
    assert admin_client.post(f"/quan-tri/news/image/{image.pk}/change/", form).status_code == 200


def test_many_descriptions_are_mended_at_once(admin_client):
    first, second, third = (factories.image(alt="") for _ in range(3))
    article = factories.article(body=body(first))
    usage.refresh(article)
    address = f"/quan-tri/news/image/mo-ta/?anh={first.pk},{second.pk},{third.pk},x,99999999999999999999999"
    assert admin_client.get(address).content.decode().count("<fieldset") == 3
    form = {f"anh-{first.pk}-alt": ALT, f"anh-{second.pk}-decorative": "on", f"anh-{third.pk}-alt": "IMG_1"}
    response = admin_client.post(address, form)
    assert "tên tệp" in response.content.decode()
    assert [row.alt for row in Image.objects.order_by("pk")] == [ALT, "", ""]
    article.refresh_from_db()
    assert ALT in article.rendered


def test_search_needs_no_marks(admin_client, image):
    factories.image(alt="Đường Cách mạng tháng Tám")
    page = admin_client.get("/quan-tri/news/image/?q=duong cach mang").content.decode()
    assert "Đường Cách mạng tháng Tám" in page
    assert image.alt not in page


def test_the_library_costs_the_same_whatever_its_size(admin_client, django_assert_max_num_queries):
    for _ in range(5):
        factories.image()
    site.current()  # asked once in a process
    with django_assert_max_num_queries(6):
        assert admin_client.get("/quan-tri/news/image/").status_code == 200


# ---------------------------------------------------------------- the editor's views


@pytest.fixture
def strict(client):
    """A browser that has to send the token."""
    from django.test import Client

    person = factories.user(None, "Phóng viên")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    return strict


def test_the_editor_gets_an_address_and_is_told_what_the_library_has_already(client):
    client.force_login(factories.user(None, "Phóng viên"))
    answer = client.post("/quan-tri/news/image/tai-len/", {"upload": upload()}).json()
    assert answer["uploaded"] == 1
    assert Image.objects.get().file.url == answer["url"]
    assert "error" not in answer
    again = client.post("/quan-tri/news/image/tai-len/", {"upload": upload()}).json()
    assert "đã có trong thư viện" in again["error"]["message"]


@pytest.mark.parametrize("kind", ["image", "attachment"])
def test_the_editors_views_need_the_token_and_the_right(client, strict, kind):
    address = f"/quan-tri/news/{kind}/tai-len/"
    assert strict.post(address, {"upload": upload()}).status_code == 403
    assert client.post(address, {"upload": upload()}).status_code == 302  # to the login
    client.force_login(factories.user("khach"))
    assert client.post(address, {"upload": upload()}).status_code == 403
    assert client.get(f"/quan-tri/news/{kind}/chon/").status_code == 403
    assert client.get(address).status_code in {403, 405}
    assert not Image.objects.exists()


@pytest.mark.parametrize("data", [{}, {"upload": "chữ"}, {"upload": SimpleUploadedFile("a.jpg", b"")}])
@pytest.mark.parametrize("kind", ["image", "attachment"])
def test_an_odd_upload_is_answered_in_words(admin_client, kind, data):
    answer = admin_client.post(f"/quan-tri/news/{kind}/tai-len/", data)
    assert answer.json()["uploaded"] == 0
    assert answer.json()["error"]["message"].endswith(".")


def test_choosing_offers_the_library_and_its_descriptions(admin_client, image):
    page = admin_client.get("/quan-tri/news/image/chon/?CKEditorFuncNum=3&q=binh+minh").content.decode()
    assert f'data-url="{image.file.url}"' in page
    assert 'data-function="3"' in page
    for odd in ("CKEditorFuncNum=<script>", "p=abc", "p=-1", "p=99999999999999999999", "q=%F0%9F%98%80" * 9):
        assert admin_client.get(f"/quan-tri/news/image/chon/?{odd}").status_code == 200


def test_nobody_sends_more_than_an_hours_share(admin_client, admin_user, monkeypatch):
    monkeypatch.setattr("news.uploads.FILES_AN_HOUR", 2)
    answers = [admin_client.post("/quan-tri/news/image/tai-len/", {"upload": upload(colour=(n, n, n))}).json()
               for n in range(3)]  # fmt: skip
    assert [answer["uploaded"] for answer in answers] == [1, 1, 0]
    assert "tối đa 2 tệp mỗi giờ" in answers[2]["error"]["message"]
    monkeypatch.setattr("news.uploads.FILES_AN_HOUR", 200)
    monkeypatch.setattr("news.uploads.BYTES_AN_HOUR", 10)
    assert admin_client.post("/quan-tri/news/image/tai-len/", {"upload": upload()}).json()["uploaded"] == 0
    assert UploadTally.objects.get(user=admin_user).files == 4


def test_a_request_that_announces_too_much_is_not_read(admin_client):
    response = admin_client.post("/quan-tri/news/image/tai-len/", {"upload": upload()}, CONTENT_LENGTH=61 * 1024 * 1024)
    assert response.status_code in {400, 413}


# ---------------------------------------------------------------- what is sent


@pytest.mark.parametrize("path", [
    "rieng/tep/00/x", ".tam/x", "anh/../rieng/tep/x", "anh/00/../../rieng", "anh/zz/x.jpg", "bieu-trung/x.svg",
    "x.html",
    f"anh/00/{'0' * 32}.html", f"anh/00/{'0' * 32}.an", f"anh/00/{'0' * 32}.jpg/x",
])  # fmt: skip
def test_nothing_else_below_media_is_sent(client, path):
    file = storing.root() / path
    if ".." not in path and not path.endswith("/x"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("bí mật")
    assert get(client, f"/media/{path}") == 404
    if ".." not in path and file.is_file():
        file.unlink()


def test_a_readers_picture_is_sent_without_a_query_and_may_be_kept_for_ever(client, image, django_assert_num_queries):
    factories.article(image=image)
    assert get(client, image.file.url) == 200  # the first one finds out that it is readers'
    for _, _, address in image.files("lead"):
        with django_assert_num_queries(0):
            response = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert response["Content-Type"] == f"image/{address.rpartition('.')[2].replace('jpg', 'jpeg')}"
        assert "immutable" in response["Cache-Control"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "Content-Encoding" not in response
        response.close()


# ---------------------------------------------------------------- check


def run_check(*arguments):
    call_command("media_check", *arguments)


def test_a_check_of_a_sound_library_finds_nothing(image, capsys):
    run_check("--mend")
    assert "Originals missing: 0" in capsys.readouterr().out
    assert len(library.files_of(image)) > 5


def test_strays_are_cleared_away_but_not_young_ones(image, capsys):
    folder = storing.root() / "anh" / "ab"
    folder.mkdir(parents=True, exist_ok=True)
    old, young = folder / f"ab{'1' * 30}.jpg", folder / f"ab{'2' * 30}.jpg"
    extra = (storing.root() / image.file.name).with_name(f"{image.key}-999.avif")
    half = storing.scratch_folder() / "tmpdodang"
    half.mkdir(exist_ok=True)
    for path in (old, young, extra):
        path.write_bytes(b"x")
    for path in (old, extra, half):
        age(path)
    run_check()
    assert old.exists()
    run_check("--mend")
    assert (old.exists(), young.exists(), extra.exists(), half.exists()) == (False, True, False, False)
    assert len(library.files_of(image)) > 5
    assert "3 cleared away" in capsys.readouterr().out
    young.unlink()


def test_missing_renditions_are_made_and_a_missing_original_is_named(image, capsys):
    lost = factories.image()
    (storing.root() / lost.file.name).unlink()
    missing = storing.root() / image.files("card")[0][2].removeprefix("/media/")
    missing.unlink()
    run_check("--mend")
    out = capsys.readouterr().out
    assert missing.exists()
    assert f"image {lost.pk}: {lost.file.name} is missing" in out
    assert "Originals missing: 1" in out


def test_a_check_marks_what_no_reader_sees_and_leaves_the_rest(image, capsys):
    """Pictures from before there were marks: a text that nobody noted the uses of shows one of them."""
    unused = factories.image()
    factories.article(body=body(image))
    Use.objects.all().delete()
    for each in (image, unused):
        audience.marker(each.key).unlink()
    run_check()
    assert not audience.is_marked(unused.key)
    run_check("--mend")
    assert (audience.is_marked(image.key), audience.is_marked(unused.key)) == (False, True)
    assert "no reader sees: 1" in capsys.readouterr().out.splitlines()[-1]


def test_texts_from_before_are_noted(image):
    article = factories.article(body=body(image))
    Use.objects.all().delete()
    run_check("--mend")
    assert Use.objects.get().article == article


def test_pictures_from_before_keep_what_they_have_until_new_files_are_made(client, image):
    """As the migration leaves them: WebP in three widths and nothing else."""
    old = storing.root() / image.name_of("400.webp")
    old.write_bytes(factories.picture_bytes((400, 225), kind="WEBP"))
    Image.objects.filter(pk=image.pk).update(renditions={"whole": [[400, 225, "400.webp"]]})
    article = factories.article(image=image, body=body(image))
    page = client.get(article.get_absolute_url()).content.decode()
    assert '<source type="image/webp"' in page
    assert get(client, f"/media/{image.name_of('400.webp')}") == 200
    call_command("renditions")
    image.refresh_from_db()
    assert {"whole", "card", "share"} <= image.renditions.keys()
    assert "avif" in client.get(article.get_absolute_url()).content.decode()


def test_the_migration_names_exactly_the_old_files():
    from importlib import import_module

    old_files = import_module("news.migrations.0008_known_renditions").old_files
    assert old_files(1600, 900) == [[400, 225, "400.webp"], [800, 450, "800.webp"], [1600, 900, "1600.webp"]]
    assert old_files(300, 200) == [[300, 200, "300.webp"]]
    assert [width for width, _, _ in old_files(2400, 1350)] == [400, 800, 1600]


def test_every_picture_on_a_page_is_there(client, image):
    import re

    article = factories.article(image=image, body=body(image))
    for address in ("/", article.get_absolute_url()):
        page = client.get(address).content.decode()
        named = set(re.findall(r"/media/[^\s\"]+", page))
        assert named
        assert {get(client, name) for name in named} == {200}


def test_the_log_tells_who_put_it_into_the_trash(image):
    from news.signals import happened

    seen = []

    def hear(**kwargs):
        seen.append((kwargs["action"], kwargs["actor"]))

    happened.connect(hear)
    try:
        library.trash(image)
    finally:
        happened.disconnect(hear)
    assert seen == [("image.trash", None)]
    assert json.dumps(image.renditions)
