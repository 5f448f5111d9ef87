import factories
import pytest
from editing import until

pytestmark = pytest.mark.browser

LONG = "".join(f"<h2>Phần {number}</h2>" + "<p>Nội dung của phần này khá dài. Còn một câu nữa.</p>" * 12
               for number in range(1, 5))  # fmt: skip
# A voice that says nothing, but says when it would have finished.
VOICE = """
window.said = [];
const voices = [{lang: "en-US"}, {lang: "vi_VN", localService: true}];
Object.defineProperty(speechSynthesis, "getVoices", {value: () => voices});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
speechSynthesis.speak = (words) => { said.push(words.text); window.finish = () => words.onend({type: "end"}); };
"""


def test_the_text_grows_and_the_contrast_rises_and_both_are_remembered_on_every_page(city, page_at):
    page = page_at(360)
    page.goto(city["article"])
    size = "parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)"
    before = page.evaluate(size)
    larger, contrast = page.get_by_role("button", name="A+ chữ lớn hơn"), page.get_by_role("button", name="Tương phản")
    larger.click()
    larger.click()
    contrast.click()
    assert page.evaluate(size) == before * 1.25
    assert contrast.get_attribute("aria-pressed") == "true"
    assert page.locator(".story__head [role=status]").text_content() == ""
    page.goto(city["home"])
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    # Where the tools are not beside a text, they stand at the foot.
    page.get_by_role("button", name="A cỡ chữ ban đầu").click()
    contrast.click()
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "16px"
    assert contrast.get_attribute("aria-pressed") == "false"


@pytest.mark.slow
def test_the_article_is_read_aloud_sentence_by_sentence_where_there_is_a_vietnamese_voice(city, page_at):
    silent, page = page_at(), page_at()
    silent.goto(city["article"])
    page.add_init_script(VOICE)
    article = factories.article("Tin của TP. Sông Công", lead="Câu một, 1.940.858 lượt. Câu hai của GS. Nguyễn Văn A.",
                                body='<p>Mở <strong>đầu</strong>. Hết rồi!</p>')  # fmt: skip
    page.goto(article.get_absolute_url())
    play, stop = page.locator("[data-listen-play]"), page.get_by_role("button", name="Dừng", exact=True)
    play.click()
    play.get_by_text("Tạm dừng").wait_for()
    assert page.evaluate("CSS.highlights.get('dang-doc').size") == 1
    page.evaluate("finish()")
    play.click()
    play.get_by_text("Nghe tiếp").wait_for()
    play.click()  # after a pause the sentence begins again
    play.get_by_text("Tạm dừng").wait_for()
    for _ in range(4):
        page.evaluate("finish()")
    assert page.evaluate("said") == [
        "Tin của TP. Sông Công", "Câu một, 1.940.858 lượt.", "Câu một, 1.940.858 lượt.",
        "Câu hai của GS. Nguyễn Văn A.", "Mở đầu.", "Hết rồi!",
    ]  # fmt: skip
    play.get_by_text("Nghe bài viết").wait_for()  # all of it was read
    play.click()
    stop.click()
    play.get_by_text("Nghe bài viết").wait_for()
    assert page.evaluate("CSS.highlights.has('dang-doc')") is False
    assert not stop.is_visible()
    # Chromium here has no voice at all: nothing is offered that would stay silent.
    assert not silent.locator("[data-listen]").is_visible()


def test_a_long_text_shows_its_contents_and_how_far_one_has_come(city, page_at):
    article = factories.article(body=LONG)
    page = page_at()
    page.goto(article.get_absolute_url())
    far = "Number(getComputedStyle(document.querySelector('.progress')).scale.split(' ')[0])"
    until(page, f"{far} < .5")
    page.get_by_role("navigation", name="Nội dung chính").get_by_role("link", name="Phần 4").click()
    until(page, f"{far} > .7")
    assert page.url.endswith("#muc-phan-4")
    page.goto(city["article"])
    assert not page.locator(".progress").is_visible()
    assert page.locator(".contents").count() == 0


@pytest.mark.slow
def test_without_javascript_no_button_is_dead_and_sharing_works(city, page_at):
    page = page_at(java_script_enabled=False)
    page.goto(city["article"])
    assert page.locator("main button:visible, footer button:visible").count() == 0
    facebook = page.get_by_role("list", name="Chia sẻ qua").get_by_role("link", name="Facebook")
    assert facebook.get_attribute("href").startswith("https://www.facebook.com/sharer/sharer.php?u=http%3A%2F%2F")
    assert page.locator(".story__address").is_visible()


def test_copying_the_link_takes_the_articles_own_address_and_says_so(city, page_at, live_server):
    page = page_at(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{city['article']}?utm_source=mang-xa-hoi")
    page.get_by_role("button", name="Sao chép liên kết").click()
    page.get_by_role("status").get_by_text("Đã sao chép liên kết.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == live_server.url + city["article"]


@pytest.mark.slow
def test_the_print_button_prints_and_the_paper_holds_the_article_alone(city, page_at):
    page = page_at()
    page.add_init_script("window.print = () => { window.printed = true; }")
    page.goto(city["article"])
    page.get_by_role("button", name="Bản in").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    assert page.locator(".prose").is_visible()
    for gone in (".menu", ".search", ".story__side", ".tools", ".display", ".share", ".strip"):
        assert not page.locator(gone).first.is_visible(), gone
