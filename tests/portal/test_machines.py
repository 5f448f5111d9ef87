"""What machines read: sitemaps, feeds, linked data, old addresses, and pages that they have already."""
import datetime as dt
import email.utils
import json
import re
import xml.etree.ElementTree as ElementTree

import factories
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from news import redirects
from news.models import Article, Redirect, State, Topic
from news.models.article import SITEMAP_SPAN
from portal import site
from portal.models import SiteSettings

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def xml(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return ElementTree.fromstring(response.content)


def blocks(client, address):
    html = client.get(address).content.decode()
    found = [json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)]
    return {thing["@type"]: thing for block in found for thing in block["@graph"]}


def test_the_sitemap_leads_to_every_public_article_and_to_no_other(client):
    shown = factories.article("Bài có & dấu")
    hidden = [factories.draft(), factories.article(state=State.WITHDRAWN),
              factories.article(publish_at=timezone.now() + dt.timedelta(hours=1))]  # fmt: skip
    page, unseen = factories.page("Giới thiệu"), factories.page("Chưa xong", published=False)
    index = xml(client, "/sitemap.xml")
    assert index.tag == f"{MAP}sitemapindex"
    found = {}
    for part in index:
        for url in xml(client, part.find(f"{MAP}loc").text):
            found.setdefault(url.find(f"{MAP}loc").text, url.findtext(f"{MAP}lastmod"))
    assert found[f"http://testserver{shown.get_absolute_url()}"] == f"{shown.updated_at:%Y-%m-%dT%H:%M:%SZ}"
    assert f"http://testserver{page.get_absolute_url()}" in found
    assert not {f"http://testserver{row.get_absolute_url()}" for row in [*hidden, unseen]} & found.keys()


def test_a_part_of_the_sitemap_carries_the_time_of_its_last_change(client, django_assert_num_queries):
    old, new = factories.article(pk=SITEMAP_SPAN - 5), factories.article(pk=SITEMAP_SPAN + 5)
    Article.objects.filter(pk=old.pk).update(updated_at="2021-03-24T03:21:00Z", publish_at="2021-03-24T03:21:00Z")
    with django_assert_num_queries(2):
        index = xml(client, "/sitemap.xml")
    parts = {part.findtext(f"{MAP}loc")[-5:-4]: part.findtext(f"{MAP}lastmod") for part in index}
    assert parts["0"] == "2021-03-24T03:21:00Z"
    assert parts["1"] == f"{new.updated_at:%Y-%m-%dT%H:%M:%SZ}"
    with django_assert_num_queries(1):
        assert len(xml(client, "/sitemap-bai-viet-1.xml")) == 1
    assert client.get("/sitemap-bai-viet-7.xml").status_code == 404
    assert client.get("/sitemap-bai-viet-999999999999.xml").status_code == 404


def test_the_index_of_the_sitemap_needs_no_table_scan(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    factories.article()
    with CaptureQueriesContext(connection) as queries, connection.cursor() as cursor:
        client.get("/sitemap.xml")
        # With one article anything is cheap: what is asked is whether the index can do it, without sorting.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("EXPLAIN " + queries[1]["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "article_sitemap" in plan
    assert "Sort" not in plan


def test_the_news_sitemap_holds_two_days(client):
    SiteSettings.objects.create(name="Cổng A & B")
    fresh = factories.article("Tin <mới>", publish_at=timezone.now() - dt.timedelta(hours=47))
    factories.article("Tin cũ", publish_at=timezone.now() - dt.timedelta(hours=49))
    (url,) = xml(client, "/sitemap-tin-moi.xml")
    assert url.findtext(f"{MAP}loc") == f"http://testserver{fresh.get_absolute_url()}"
    assert url.findtext(f".//{NEWS}title") == "Tin <mới>"
    assert url.findtext(f".//{NEWS}name") == "Cổng A & B"
    assert url.findtext(f".//{NEWS}language") == "vi"
    assert url.findtext(f".//{NEWS}publication_date") == f"{fresh.publish_at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def test_robots_are_shown_the_sitemap(client):
    assert "\nSitemap: http://testserver/sitemap.xml\n" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("whole", [False, True])
def test_rss_and_atom_hold_lead_or_whole_text(client, whole):
    SiteSettings.objects.create(feeds_in_full=whole)
    article = factories.article("Khánh thành cầu & đường", lead="Sáng nay.", body="<p>Toàn <strong>văn</strong>.</p>")
    for address in ("/rss/", "/rss/thoi-su/"):
        (item,) = xml(client, address).iter("item")
        assert item.findtext("title") == article.title
        assert item.findtext("link") == f"http://testserver{article.get_absolute_url()}"
        assert item.findtext("description") == "Sáng nay."
        assert ("<strong>văn" in (item.findtext(CONTENT) or "")) == whole
    for address in ("/atom/", "/atom/thoi-su/"):
        feed = xml(client, address)
        (entry,) = feed.iter(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}title") == article.title
        assert entry.findtext(f"{ATOM}summary") == "Sáng nay."
        assert feed.findtext(f"{ATOM}author/{ATOM}name") == site.current().settings.name
        assert ("<strong>văn" in (entry.findtext(f"{ATOM}content") or "")) == whole
    assert client.get("/atom/khong-co/").status_code == 404


@pytest.mark.parametrize("address", ["/", "/chuyen-muc/thoi-su/", "/rss/", "/atom/", "/sitemap.xml", "/trang/lien-he/",
                                     "/tim-kiem/?q=cau", "article"])  # fmt: skip
def test_who_has_a_page_already_is_told_so_until_it_changes(client, address):
    article = factories.article("Khánh thành cầu")
    factories.page()
    address = article.get_absolute_url() if address == "article" else address
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
    Article.objects.filter(pk=article.pk).update(title="Khánh thành cầu mới", updated_at=timezone.now()
                                                 + dt.timedelta(seconds=5))  # fmt: skip
    if address != "/trang/lien-he/":
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_counter_makes_no_other_page(client, monkeypatch):
    from portal import figures

    first = client.get("/")["ETag"]
    monkeypatch.setattr(figures, "current", lambda: figures.Figures(7, 8, 9, 10))
    assert client.get("/", headers={"If-None-Match": first}).status_code == 304


def test_what_belongs_to_one_person_has_no_tag(client):
    client.force_login(factories.user())
    assert "ETag" not in client.get("/")
    assert "ETag" not in client.get("/dang-nhap/")


def test_an_article_says_what_it_is(client):
    SiteSettings.objects.create(organisation="UBND thành phố")
    economy = factories.category("Doanh nghiệp", parent=factories.category("Kinh tế"))
    article = factories.article("</script><b>Cầu & đường", lead="Sáng nay.", pen_name="Minh Anh", category=economy,
                                tags=["hạ tầng"], image=factories.image())  # fmt: skip
    Article.objects.filter(pk=article.pk).update(corrections=[{"at": "2026-03-24T10:21:00+07:00", "note": "Sửa"}])
    address = f"http://testserver{article.get_absolute_url()}"
    found = blocks(client, article.get_absolute_url())
    news = found["NewsArticle"]
    when = timezone.localtime(article.publish_at).isoformat(timespec="seconds")
    assert news["headline"] == "</script><b>Cầu & đường"
    assert news["url"] == news["mainEntityOfPage"] == address
    assert (news["datePublished"], news["dateModified"]) == (when, "2026-03-24T10:21:00+07:00")
    assert news["author"] == {"@type": "Person", "name": "Minh Anh"}
    assert news["publisher"]["name"] == "UBND thành phố"
    assert news["publisher"]["logo"]["url"].startswith("http://testserver/")
    assert client.get(news["image"][0].removeprefix("http://testserver")).status_code == 200
    assert (news["description"], news["keywords"], news["articleSection"]) == ("Sáng nay.", ["hạ tầng"], "Doanh nghiệp")
    steps = found["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in steps] == [
        (1, "Trang chủ"), (2, "Kinh tế"), (3, "Doanh nghiệp"), (4, "</script><b>Cầu & đường")]  # fmt: skip
    assert steps[-1]["item"] == address


def test_the_front_page_says_whose_it_is_and_how_it_is_searched(client):
    SiteSettings.objects.create(organisation="UBND thành phố", phone="0208 3 862 123")
    found = blocks(client, "/")
    assert found["GovernmentOrganization"]["name"] == "UBND thành phố"
    assert found["GovernmentOrganization"]["telephone"] == "0208 3 862 123"
    assert found["WebSite"]["potentialAction"]["target"]["urlTemplate"] == "http://testserver/tim-kiem/?q={q}"
    factories.article()
    assert "BreadcrumbList" in blocks(client, "/chuyen-muc/thoi-su/")


def test_an_article_without_a_picture_is_shared_with_the_portals_own(client):
    html = client.get(factories.article().get_absolute_url()).content.decode()
    assert re.search(r'og:image" content="http://testserver/static/images/share[^"]*\.png"', html)


def test_another_site_asks_what_an_address_of_ours_is(client):
    article = factories.article(image=factories.image())
    address = f"http://testserver{article.get_absolute_url()}"
    html = client.get(article.get_absolute_url()).content.decode()
    link = re.search(r'type="application/json\+oembed"[^>]*href="([^"]+)"', html)[1]
    answer = client.get(link).json()
    assert (answer["version"], answer["type"]) == ("1.0", "link")
    assert (answer["title"], answer["url"]) == (article.title, address)
    assert client.get(answer["thumbnail_url"].removeprefix("http://testserver")).status_code == 200
    for bad in ("", "http://other.example" + article.get_absolute_url(), "http://testserver/", "http://[", "\0",
                "x" * 9999, f"http://testserver{factories.draft().get_absolute_url()}"):  # fmt: skip
        assert client.get("/oembed.json", {"url": bad}).status_code in (400, 404), bad
    assert client.get("/oembed.json", {"url": address, "format": "xml"}).status_code == 501


def test_a_hole_may_be_told_to_somebody(client):
    SiteSettings.objects.create(email="cong@songcong.example")
    lines = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert lines["Contact"] == "mailto:cong@songcong.example"
    assert timezone.now() < dt.datetime.fromisoformat(lines["Expires"]) < timezone.now() + dt.timedelta(days=366)


def test_a_phone_may_keep_the_portal_among_its_apps(client):
    SiteSettings.objects.create()
    answer = client.get("/cong.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    assert answer.json()["name"] == site.current().settings.name
    assert [icon["sizes"] for icon in answer.json()["icons"]] == ["192x192", "512x512"]


OLD = "/tin-tuc/xem-tin.aspx?id=5"


@pytest.mark.parametrize("asked", [
    OLD, "/Tin-Tuc/Xem-Tin.aspx?ID=5", "/tin-tuc/xem-tin.aspx/?id=5", "/tin-tuc/xem%2Dtin.aspx?id=5",
])  # fmt: skip
def test_an_old_address_leads_on(client, asked):
    Redirect.objects.create(old=OLD, new="/trang/lien-he/")
    response = client.get(asked)
    assert (response.status_code, response["Location"]) == (301, "/trang/lien-he/")


def test_an_address_without_its_query_answers_for_any(client):
    Redirect.objects.create(old="/gioi-thieu.html", new="/trang/gioi-thieu/")
    assert client.get("/gioi-thieu.html?utm=1")["Location"] == "/trang/gioi-thieu/"
    assert client.get("/gioi-thieu.htm").status_code == 404


def test_what_answers_itself_is_never_led_away(client):
    factories.page()
    Redirect.objects.create(old="/trang/lien-he", new="/")
    assert client.get("/trang/lien-he/").status_code == 200
    assert client.post("/khong-co/").status_code == 404


def test_an_old_address_that_leads_to_itself_is_not_followed(client):
    Redirect.objects.bulk_create([Redirect(old="/a", new="/A/"), Redirect(old="/b", new="/b?x")])
    assert client.get("/a/").status_code == 404
    assert client.get("/b?x").status_code == 404


def test_a_database_that_is_away_leaves_a_plain_404(client, monkeypatch):
    def gone(*args):
        raise DatabaseError

    monkeypatch.setattr(redirects, "target", gone)
    assert client.get("/khong-co/").status_code == 404


def test_old_addresses_are_imported_and_the_bad_ones_told(tmp_path, capsys):
    file = tmp_path / "cu.csv"
    file.write_text(
        "http://cu.example/Tin.aspx?id=1,/bai-viet/x-1/\n/a,/b\n/b,/a\n/c,/c/\n/d,//evil.example\n/e,https://evil.example\n"
        "/f,/\\evil\nkhong,/x\n/,/x\n\n/g\n/a,/z\n", encoding="utf-8",
    )  # fmt: skip
    call_command("import_redirects", str(file))
    assert dict(Redirect.objects.values_list("old", "new")) == {"/tin.aspx?id=1": "/bai-viet/x-1/", "/a": "/z"}
    told = capsys.readouterr()
    assert told.out == "3 addresses taken, 8 refused.\n"
    assert "/b,/a" in told.err
    call_command("import_redirects", str(file), verbosity=0)
    assert Redirect.objects.count() == 2
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_redirects", str(tmp_path / "khong"))


def test_a_topic_holds_what_was_chosen_and_what_has_its_tag(client, django_assert_max_num_queries):
    chosen = factories.article("Bài được chọn")
    tagged = factories.article("Bài có từ khóa", tags=["bầu cử"])
    topic = Topic.objects.create(name="Bầu cử đại biểu", lead="Từ hiệp thương.", tag=factories.tag("bầu cử"))
    topic.articles.add(chosen, tagged, factories.draft(title="Bài nháp"))
    with django_assert_max_num_queries(8):
        html = client.get(topic.get_absolute_url()).content.decode()
    assert html.count("Bài có từ khóa") == 1
    assert "Bài được chọn" in html
    assert "Bài nháp" not in html
    assert "Bầu cử đại biểu" in client.get("/dong-su-kien/").content.decode()
    Topic.objects.update(published=False)
    assert client.get(topic.get_absolute_url()).status_code == 404
    assert "Bầu cử đại biểu" not in client.get("/dong-su-kien/").content.decode()


@pytest.mark.parametrize(("address", "names"), [
    ("/trang/lien-he/", ["Liên hệ"]), ("/tu-khoa/hoi-nghi/", ["hội nghị"]), ("/so-do-cong/", ["Sơ đồ cổng"]),
    ("/luu-tru/2021/3/24/", ["Lưu trữ", "Thứ Tư, 24-03-2021"]), ("/tin-doc-nhieu/", ["Tin đọc nhiều"]),
    ("/dong-su-kien/", ["Theo dòng sự kiện"]), ("/dong-su-kien/bau-cu/", ["Theo dòng sự kiện", "Bầu cử"]),
    ("/lien-he/", ["Liên hệ"]),
])  # fmt: skip
def test_pages_and_lists_say_where_they_stand_and_have_one_picture_to_share(client, address, names):
    factories.page()
    factories.tag()
    Topic.objects.create(name="Bầu cử", slug="bau-cu")
    steps = blocks(client, address)["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in steps] == ["Trang chủ", *names]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert steps[-1]["item"] == f"http://testserver{address}"
    html = client.get(address).content.decode()
    assert len(re.findall(r'<meta property="og:image" content="http://testserver/static/images/share', html)) == 1
    assert 'property="og:title"' in html


def test_feeds_hold_what_their_formats_ask_for(client):
    """RSS 2.0 and RFC 4287, field by field."""
    article = factories.article("A < B & C", lead="1 < 2 & <b>3</b>")
    for address in ("/rss/", "/atom/"):
        assert client.get(address).content.count(b"xmlns:content") == (address == "/rss/")
    (channel,) = xml(client, "/rss/").iter("channel")
    assert all(channel.findtext(name) for name in ("title", "link", "description", "language", "lastBuildDate"))
    assert channel.find(f"{ATOM}link").attrib == {"href": "http://testserver/rss/", "rel": "self"}
    (item,) = channel.iter("item")
    assert item.findtext("title") == "A < B & C"
    assert item.findtext("description") == "1 &lt; 2 &amp; &lt;b&gt;3&lt;/b&gt;"
    parsed = email.utils.parsedate_to_datetime(item.findtext("pubDate"))
    assert parsed == article.publish_at.replace(microsecond=0)
    feed = xml(client, "/atom/")
    assert all(feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} == {"alternate", "self"}
    (entry,) = feed.iter(f"{ATOM}entry")
    assert dt.datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == article.publish_at
    assert entry.find(f"{ATOM}summary").attrib == {"type": "html"}
    before = item.findtext("guid"), entry.findtext(f"{ATOM}id")
    assert before[0] == before[1]
    Article.objects.filter(pk=article.pk).update(title="Khác", slug="khac")
    (item,) = xml(client, "/rss/").iter("item")
    assert item.findtext("guid") == before[0]
    assert client.get(before[0].replace("http://127.0.0.1:8000", ""))["Location"] == item.findtext("link")[17:]


def test_an_entry_of_a_feed_names_its_author_as_the_page_does(client):
    factories.article("Không tên", publish_at=timezone.now() - dt.timedelta(hours=2))
    article = factories.article("Có tên", pen_name="Nguyễn Thị Hoa", publish_at=timezone.now() - dt.timedelta(hours=1))
    assert "<dd>Nguyễn Thị Hoa</dd>" in client.get(article.get_absolute_url()).content.decode()
    dc = "{http://purl.org/dc/elements/1.1/}creator"
    assert [item.findtext(dc) for item in xml(client, "/rss/").iter("item")] == ["Nguyễn Thị Hoa", None]
    names = [entry.findtext(f"{ATOM}author/{ATOM}name") for entry in xml(client, "/atom/").iter(f"{ATOM}entry")]
    assert names == ["Nguyễn Thị Hoa", None]
    answer = client.get("/oembed.json", {"url": f"http://testserver{article.get_absolute_url()}"}).json()
    assert answer["author_name"] == "Nguyễn Thị Hoa"


def test_articles_and_pages_say_when_they_changed(client):
    article, page = factories.article(), factories.page()
    for row in (article, page):
        said = email.utils.parsedate_to_datetime(client.get(row.get_absolute_url())["Last-Modified"])
        assert said == row.updated_at.replace(microsecond=0)
