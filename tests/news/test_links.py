"""The report of what stored texts link to outside, and of words of the betting trade."""
import factories
import pytest
from django.core.management import call_command
from django.urls import reverse

from news import gambling, links, richtext, workflow
from news.models import Article, GamblingMention, OutboundDomain, OutboundLink, ScanRequest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_waits():
    ScanRequest.objects.all().delete()


@pytest.fixture
def board():
    return factories.user("ban", "Ban biên tập")


def body(*hosts):
    return "".join(f'<p><a href="https://{host}/a">xem thêm</a></p>' for host in hosts) or "<p>Tin.</p>"


def hosts():
    return set(OutboundDomain.objects.values_list("host", flat=True))


WAYS = {
    "save": lambda: factories.article(body=body("a.example")),
    "draft": lambda: factories.draft(body=body("a.example")),
    "page": lambda: factories.page(body=body("a.example")),
    "update": lambda: (factories.article(), Article.objects.update(body=body("a.example"))),
    "bulk_create": lambda: Article.objects.bulk_create(
        [Article(title="a", slug="a", body=body("a.example"), category=factories.category())]
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_domain_is_seen_whatever_the_way_in(way):
    WAYS[way]()
    links.drain()
    assert hosts() == {"a.example"}
    assert OutboundLink.objects.count() == 1


def test_a_domain_in_an_import_is_seen_at_once(tmp_path):
    from news.importing import run

    (tmp_path / "a.jsonl").write_text(
        '{"title": "a", "published": "2026-01-02", "body": "<p><a href=\'https://a.example/\'>xy</a> nhà cái</p>"}'
    )
    run.run([tmp_path / "a.jsonl"])
    assert hosts() == {"a.example"}
    assert GamblingMention.objects.get().words == ["nhà cái"]


def test_a_change_that_waits_for_approval_is_seen_too(board):
    article = factories.article()
    article.body = body("cho-duyet.example")
    workflow.save(article, factories.user("bien", "Biên tập viên"))
    links.drain()
    assert hosts() == {"cho-duyet.example"}


def test_what_is_taken_out_is_counted_no_more_and_stays_known():
    article = factories.article(body=body("a.example", "b.example"))
    links.drain()
    first = OutboundDomain.objects.get(host="a.example").first_seen
    article.body = body("b.example")
    article.save()
    links.drain()
    assert set(OutboundLink.objects.values_list("domain__host", flat=True)) == {"b.example"}
    assert OutboundDomain.objects.get(host="a.example").first_seen == first


def test_own_addresses_are_no_other_domain(settings):
    html = f'<p><a href="/a/">xy</a> <a href="https://{settings.SITE_HOST}/b">xy</a> <a href="mailto:a@b.vn">xy</a></p>'
    assert links.hosts_in(richtext.sanitise(html)) == set()


def test_a_letter_of_another_alphabet_shows_in_the_report(client, board):
    factories.article(body='<p><a href="https://thаinguyen.gov.vn/">cổng tỉnh</a></p>')  # a Cyrillic а
    links.drain()
    client.force_login(board)
    page = client.get(reverse("admin:news_outbounddomain_changelist")).content.decode()
    assert "xn--thinguyen-1yh.gov.vn" in page
    assert "viết là thаinguyen.gov.vn" in page


def test_looking_costs_one_query_when_nothing_was_written(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert links.drain() == 0


def test_looking_costs_the_same_however_many_texts_there_are(board, django_assert_max_num_queries):
    for number in range(30):
        factories.article(body=body(f"a{number}.example"))
    board.has_perm("news.view_outbounddomain")
    with django_assert_max_num_queries(16):
        found = links.warnings(board)
    assert len(found.domains) == links.SHOWN
    assert found.more_domains == 20
    with django_assert_max_num_queries(3):
        links.warnings(board)


def test_only_so_many_are_looked_at_while_somebody_waits(board, monkeypatch):
    monkeypatch.setattr(links, "AT_ONCE", 3)
    for number in range(5):
        factories.article(body=body(f"a{number}.example"))
    assert links.warnings(board).waiting
    assert len(hosts()) == 3
    call_command("scan_links")
    assert len(hosts()) == 5


def test_the_front_desk_warns_until_somebody_has_looked(client, board):
    factories.article("Tin có liên kết", body=body("moi.example"))
    factories.article("Tin lạ", body="<p>Link vào nhà cái uy tín, nổ hũ</p>")
    found = links.warnings(board)
    assert [domain.host for domain in found.domains] == ["moi.example"]
    assert found.mentions[0].words == ["link vào nhà cái", "nổ hũ"]
    client.force_login(board)
    shown = client.get("/quan-tri/").content.decode()
    assert "moi.example" in shown and "link vào nhà cái, nổ hũ" in shown and "Tin lạ" in shown
    for name, model in (("outbounddomain", OutboundDomain), ("gamblingmention", GamblingMention)):
        response = client.post(reverse(f"admin:news_{name}_changelist"), {
            "action": "acknowledge", "_selected_action": [row.pk for row in model.objects.all()],
        })  # fmt: skip
        assert response.status_code == 302
        assert model.objects.get().acknowledged_by == board
    assert not links.warnings(board)
    assert "Cần xem lại" not in client.get("/quan-tri/").content.decode()


def test_another_word_in_the_same_text_is_shown_again(board):
    article = factories.article(body="<p>Triệt phá đường dây tài xỉu, công an khởi tố 3 đối tượng.</p>")
    links.drain()
    mention = GamblingMention.objects.get()
    assert mention.in_crime_news
    links.acknowledge(GamblingMention.objects.all(), board)
    article.body += "<p>Xem lại.</p>"
    article.save()
    assert not links.warnings(board)
    article.body += "<p>Nhà cái số một</p>"
    article.save()
    assert links.warnings(board).mentions[0].words == ["tài xỉu", "nhà cái"]


def test_the_page_of_a_domain_names_the_texts_and_saving_it_says_seen(client, board):
    article = factories.article("Tin có liên kết", body=body("moi.example"))
    links.drain()
    client.force_login(board)
    domain = OutboundDomain.objects.get()
    address = reverse("admin:news_outbounddomain_change", args=[domain.pk])
    page = client.get(address).content.decode()
    assert "Tin có liên kết" in page
    assert reverse("admin:news_article_change", args=[article.pk]) in page
    client.post(address, {})
    domain.refresh_from_db()
    assert domain.acknowledged_by == board


def test_reporters_see_neither_report_nor_warning(client):
    reporter = factories.user("pv", "Phóng viên")
    factories.article(body=body("moi.example"))
    assert links.warnings(reporter) is None
    client.force_login(reporter)
    assert client.get(reverse("admin:news_outbounddomain_changelist")).status_code == 403


def test_a_deleted_text_that_waits_is_passed_over():
    article = factories.article(body=body("a.example"))
    article.delete()
    assert links.drain() == 1
    assert hosts() == set()


def test_a_list_of_domains_takes_few_queries(client, board, django_assert_max_num_queries):
    for number in range(30):
        factories.article(body=body(f"a{number}.example", "b.example"))
    links.drain()
    client.force_login(board)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("admin:news_outbounddomain_changelist")).content.decode()
    assert "a29.example" in page


@pytest.mark.parametrize("text", [
    "Nhà cái uy tín số 1", "NHÀ CÁI", "soi kèo bóng đá hôm nay", "nha cai 789bet", "Nổ-hũ đổi thưởng",
    "chơi tài xỉu online", "nhà   cái",
    "link vào 8xbet mới nhất", "Casino trực tuyến", "xóc đĩa", "lô đề online", "đá gà trực tuyến",
    "nha\u0300 ca\u0301i",
])  # fmt: skip
def test_words_of_the_trade_are_found(text):
    assert gambling.words_in(text)


@pytest.mark.parametrize("text", [
    "Một số đề xuất của cử tri", "ở nhà. Cái mới",
    "các lô đề nghị kiểm tra", "cửa nhà cải tạo", "lo để chuẩn bị", "keo dán sắt",
    "tỷ lệ kéo giảm",
    "bầu cử đại biểu", "rút tiền nhanh tại ATM", "nhà cao tầng", "cá cơm, cua", "nộp đầu tư công", "tài xế",
    "con số 88",
])  # fmt: skip
def test_words_of_everybody_are_not(text):
    assert gambling.words_in(text) == []
