"""Find and replace over many articles: what is found, what is changed, what is taken back."""
import factories
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from news import replacing, richtext, substitution, text, workflow
from news.models import Article, Replacement
from news.models.choices import Did, State
from news.substitution import Search

BOARD, EDITOR, REPORTER = "Ban biên tập", "Biên tập viên", "Phóng viên"
ALL = replacing.FIELDS


def replaced(find, new, value, html=True, **options):
    return substitution.replace(Search(find, new, **options), value, html)[0]


class TestText:
    @pytest.mark.parametrize(("find", "new", "before", "after"), [
        ("UBND", "Ủy ban", "<p>UBND xã</p>", "<p>Ủy ban xã</p>"),
        ("amp", "x", "<p>A &amp; B amp</p>", "<p>A &amp; B x</p>"),
        ("A & B", "C < D", "<p>A &amp; B</p>", "<p>C &lt; D</p>"),
        ("B", "C", "<p>A&amp;B</p>", "<p>A&amp;C</p>"),
        ("p", "x", '<p class="can-giua">p</p>', '<p class="can-giua">x</p>'),
        ("strong", "x", "<p><strong>strong</strong></p>", "<p><strong>x</strong></p>"),
        ("a.vn", "b.vn", '<p><a href="https://a.vn/">a.vn</a></p>', '<p><a href="https://a.vn/">b.vn</a></p>'),
        ("cầu", "x", '<img src="/media/a.jpg" alt="cầu">', '<img src="/media/a.jpg" alt="cầu">'),
        ("Ủy ban", "Hội", "<p>Ủy&nbsp;ban và Ủy\n  ban</p>", "<p>Hội và Hội</p>"),
        ("Ủy ban xã", "Hội", "<p>Ủy <strong>ban</strong> xã</p>", "<p>Hội<strong></strong></p>"),
        ("một hai", "x", "<p>một</p><p>hai</p>", "<p>một</p><p>hai</p>"),
        ("một hai", "x", "<p>một<br>hai</p>", "<p>một<br>hai</p>"),
        ("x", "<script>alert(1)</script>", "<p>x</p>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("2016-2021", "2021-2026", "<p>(2016-2021),</p>", "<p>(2021-2026),</p>"),
        ("19,39%", "20%", "<p>19,39%/năm</p>", "<p>20%/năm</p>"),
        ("x", r"\1\g<0>", "<p>x</p>", r"<p>\1\g&lt;0&gt;</p>"),
        ("a.b", "c", "<p>axb a.b</p>", "<p>axb c</p>"),
        ("hoà", "hòa", "<p>hoà hòa hoa</p>", "<p>hòa hòa hoa</p>"),
    ])  # fmt: skip
    def test_only_words_between_tags_are_touched(self, find, new, before, after):
        assert replaced(find, new, before) == after

    @pytest.mark.parametrize(("options", "after"), [
        ({}, "x ubnd UBNDx ôUBND"), ({"match_case": False}, "x x UBNDx ôUBND"),
        ({"whole_words": False}, "x ubnd xx ôUBND"),
    ])  # fmt: skip
    def test_case_and_whole_words_are_asked_for(self, options, after):
        assert replaced("UBND", "x", "UBND ubnd UBNDx ôUBND", html=False, **options) == after

    def test_vietnamese_capitals_have_their_small_letters(self):
        assert replaced("ĐẢNG ỦY", "x", "Đảng ủy đảng Ủy", html=False, match_case=False) == "x x"

    def test_letters_and_marks_sent_apart_find_the_composed_ones(self):
        assert replaced("U\u0309y ban", "x", "Ủy ban", html=False) == "x"

    @pytest.mark.parametrize(("before", "after"), [
        ("Hội nghị (cũ) lớn", "Hội nghị lớn"), ("Hội nghị (cũ)", "Hội nghị"), ("(cũ) Hội nghị", "Hội nghị"),
        ("Hội nghị (cũ).", "Hội nghị."), ("(cũ)", ""),
    ])  # fmt: skip
    def test_what_is_taken_out_leaves_no_second_space(self, before, after):
        assert replaced("(cũ)", "", before, html=False) == after
        assert replaced("(cũ)", "", f"<p>{before}</p>") == f"<p>{after}</p>"

    def test_a_hit_that_is_to_stay_stays(self):
        assert substitution.replace(Search("a", "b"), "a a a", skip={1}) == ("b a b", 2)

    def test_a_hit_is_shown_with_its_neighbours_of_the_same_block(self):
        found = substitution.hits(Search("hai", "x"), "<p>không</p><p>một <em>hai</em> ba</p><p>bốn</p>", html=True)
        assert found == [substitution.Hit("một ", "hai", " ba")]

    @given(
        st.lists(st.sampled_from(["<p>", "</p>", "<em>", "</em>", "&amp;", "&lt;", "a", "b", " ", "&nbsp;", "<br>"])),
        st.sampled_from(["a", "a b", "& a", "b <"]),
    )
    def test_tags_and_all_other_words_stay_whatever_the_markup(self, pieces, find):
        html = str(richtext.sanitise("".join(pieces)))
        after, count = substitution.replace(Search(find, "€"), html, html=True)
        assert substitution.TAG.findall(after) == substitution.TAG.findall(html)
        assert after.count("€") == count == len(substitution.hits(Search(find, "€"), html, html=True))

    @given(st.text(max_size=60), st.text(min_size=1, max_size=5).filter(lambda find: Search(find, "").words))
    def test_no_text_is_too_odd(self, value, find):
        substitution.replace(Search(find, "x"), value, html=True)
        assert not substitution.hits(Search(find, "€"), substitution.replace(Search(find, "€"), value)[0])


@pytest.fixture
def editor(db):
    return factories.user("bientap", EDITOR)


def found(person, find, new="x", fields=ALL, **options):
    narrowed = {key: options.pop(key) for key in ("category", "state") if key in options}
    return replacing.preview(person, Search(find, new, **options), fields, **narrowed)


def titles(preview):
    return {entry.title for entry in preview.found}


def run(person, find, new, fields=ALL, **options):
    search = Search(find, new, **options)
    picks = [replacing.Pick(entry.key, entry.version)
             for entry in replacing.preview(person, search, fields).found]  # fmt: skip
    return replacing.run(person, search, fields, picks)


@pytest.mark.django_db
class TestFinding:
    def test_every_field_is_looked_at_and_only_those_that_were_asked_for(self, editor):
        factories.draft(title="Cầu Bến Tượng", body="<p>x</p>")
        factories.draft(title="b", lead="Cầu Bến Tượng", body="<p>x</p>")
        factories.draft(title="c", body="<p>Cầu <em>Bến</em> Tượng</p>")
        factories.draft(title="d", caption="Ảnh: Cầu Bến Tượng")
        factories.draft(title="e", body="<p>cau ben tuong, Cầu bến Tượng</p>")
        assert titles(found(editor, "Cầu Bến Tượng")) == {"Cầu Bến Tượng", "b", "c", "d"}
        assert titles(found(editor, "Cầu Bến Tượng", fields=["lead", "caption"])) == {"b", "d"}

    def test_a_change_that_waits_is_what_is_looked_at(self, editor):
        article = factories.article(title="Tiêu đề cũ")
        article.title = "Tiêu đề mới"
        workflow.save(article, editor)
        assert not found(editor, "đề cũ").found
        assert found(editor, "đề mới").found[0].hits[0][2].found == "đề mới"

    def test_it_can_be_narrowed(self, editor):
        other = factories.category("Kinh tế")
        factories.draft(title="a UBND", category=other)
        factories.article(title="b UBND")
        assert titles(found(editor, "UBND", category=other.pk)) == {"a UBND"}
        assert titles(found(editor, "UBND", state=State.PUBLISHED)) == {"b UBND"}

    def test_the_trash_is_left_alone(self, editor):
        article = factories.draft(editor, title="UBND")
        workflow.perform("trash", article, factories.user(None, BOARD))
        assert not found(editor, "UBND").found

    def test_no_more_than_a_run_takes_is_shown_and_that_is_said(self, editor, monkeypatch):
        monkeypatch.setattr(replacing, "MOST_ARTICLES", 2)
        for number in range(3):
            factories.draft(title=f"UBND {number}")
        preview = found(editor, "UBND")
        assert (len(preview.found), preview.more) == (2, True)

    def test_what_was_not_looked_at_is_said_too(self, editor, monkeypatch):
        monkeypatch.setattr(replacing, "MOST_LOOKED_AT", 2)
        for number in range(3):
            factories.draft(title=f"hoà {number}")
        preview = found(editor, "hòa")
        assert (preview.found, preview.more, preview.unseen) == ([], False, True)

    def test_many_articles_cost_no_more_queries_than_few(self, editor, django_assert_num_queries):
        for number in range(30):
            factories.draft(title=f"UBND {number}")
        editor.has_perm("news.view_article")
        with django_assert_num_queries(3):  # by their words, with changes that wait, by their captions
            assert len(found(editor, "UBND").found) == 30

    def test_the_end_of_a_word_is_not_found_and_its_beginning_is_when_asked_for(self, editor):
        factories.draft(title="Covid19 và chống-Covid")
        assert found(editor, "Covid", whole_words=False).found[0].count == 2
        assert found(editor, "Covid").found[0].count == 1
        assert not found(editor, "ovid19", whole_words=False).found


@pytest.mark.django_db
class TestRunning:
    def test_a_draft_gets_a_version_and_what_readers_have_a_change_that_waits(self, editor):
        draft, live = factories.draft(title="UBND xã"), factories.article(title="UBND phường")
        outcome = run(editor, "UBND", "Ủy ban nhân dân")
        assert (outcome.changed, outcome.hits, outcome.refused) == (2, 4, [])  # titles and leads
        draft.refresh_from_db()
        live.refresh_from_db()
        assert (draft.title, draft.version) == ("Ủy ban nhân dân xã", 2)
        assert (live.title, live.pending.snapshot["title"]) == ("UBND phường", "Ủy ban nhân dân phường")
        revision = draft.revisions.first()
        assert (revision.action, revision.author, revision.changed) == (Did.REPLACE, editor, ["title", "lead"])
        assert revision.replacement == outcome.replacement

    def test_what_was_changed_since_the_preview_is_refused_by_name(self, editor):
        article = factories.draft(title="UBND xã")
        shown = replacing.Pick(article.pk, article.version)
        article.lead = "Khác"
        workflow.save(article, factories.user(None, BOARD))
        outcome = replacing.run(editor, Search("UBND", "x"), ALL, [shown])
        assert outcome.refused == [("UBND xã", str(workflow.StaleError()))]
        assert not Replacement.objects.exists()

    def test_the_same_run_twice_changes_nothing_twice(self, editor):
        article = factories.draft(title="a a")
        picks = [replacing.Pick(article.pk, 1)]
        for _ in range(2):
            replacing.run(editor, Search("a", "a a"), ALL, picks)
        article.refresh_from_db()
        assert (article.title, Replacement.objects.count()) == ("a a a a", 1)

    def test_places_that_were_to_stay_stay_in_whatever_field(self, editor):
        article = factories.draft(title="a a", lead="a", body="<p>a a</p>")
        replacing.run(editor, Search("a", "b"), ALL, [replacing.Pick(article.pk, 1, frozenset({1, 2, 4}))])
        article.refresh_from_db()
        assert (article.title, article.lead, article.body) == ("b a", "a", "<p>b a</p>")

    @pytest.mark.parametrize(("values", "find", "new", "why"), [
        ({"title": "UBND " * 40}, "UBND", "Ủy ban nhân dân", "dài quá 250 ký tự"),
        ({"title": "UBND"}, "UBND", "", "không còn chữ nào"),
        ({"title": "x", "body": "<p>UBND</p>"}, "UBND", "", "không còn chữ nào"),
        ({"title": "x", "body": f"<p>{'UBND ' * 190_000}</p>"}, "UBND", "Ủy ban nhân dân", "1.000.000"),
    ])  # fmt: skip
    def test_what_no_article_can_be_is_refused_in_words(self, editor, values, find, new, why):
        article = factories.draft(**values)
        outcome = run(editor, find, new)
        assert why in outcome.refused[0][1]
        assert Article.objects.get().version == article.version

    def test_an_approved_text_needs_another_approval(self, editor):
        article = factories.article(title="UBND xã", state=State.APPROVED)
        run(editor, "UBND", "Ủy ban")
        article.refresh_from_db()
        assert article.state == State.WAITING

    def test_other_people_s_articles_are_not_for_a_reporter(self, db):
        person = factories.user(None, REPORTER)
        article = factories.draft(factories.user(), title="UBND")
        with pytest.raises(workflow.RefusedError, match="quyền"):
            replacing.run(person, Search("UBND", "x"), ALL, [replacing.Pick(article.pk, 1)])

    def test_tags_and_other_fields_stay(self, editor):
        article = factories.draft(title="UBND", tags=["hội nghị", "đô thị"], pen_name="Mai")
        run(editor, "UBND", "Ủy ban")
        article.refresh_from_db()
        assert (article.tags.count(), article.pen_name) == (2, "Mai")


@pytest.mark.django_db
class TestUndoing:
    def test_every_text_is_as_it_was(self, editor):
        draft, live = factories.draft(title="UBND xã"), factories.article(title="UBND phường")
        outcome = run(editor, "UBND", "Ủy ban")
        undone = replacing.undo(editor, outcome.replacement)
        assert (undone.changed, undone.left, undone.refused) == (2, [], [])
        draft.refresh_from_db()
        live.refresh_from_db()
        assert draft.title == "UBND xã"
        assert draft.revisions.first().action == Did.UNDO_REPLACE
        assert (live.title, live.pending, live.pending_state) == ("UBND phường", None, "")

    def test_a_change_that_waited_before_waits_again_as_it_was(self, editor):
        live = factories.article(title="UBND phường")
        live.lead = "Sa-pô mới"
        workflow.save(live, editor, correction="Sửa số liệu")
        before = text.newest(live)
        replacing.undo(editor, run(editor, "UBND", "Ủy ban").replacement)
        live.refresh_from_db()
        assert live.pending is not None
        assert text.newest(live) == before

    def test_what_was_edited_since_is_left_and_named(self, editor):
        kept, other = factories.draft(title="UBND xã"), factories.draft(title="UBND phường")
        outcome = run(editor, "UBND", "Ủy ban")
        kept.refresh_from_db()
        kept.lead = "Khác"
        workflow.save(kept, editor)
        undone = replacing.undo(editor, outcome.replacement)
        assert undone.left == [("Ủy ban xã", "đã có thay đổi sau lần thay nên được giữ nguyên")]
        assert set(Article.objects.values_list("title", flat=True)) == {"Ủy ban xã", other.title}

    def test_twice_is_refused_in_words(self, editor):
        factories.draft(title="UBND")
        replacement = run(editor, "UBND", "Ủy ban").replacement
        replacing.undo(editor, replacement)
        replacement.refresh_from_db()
        with pytest.raises(workflow.RefusedError, match="đã được hoàn tác lúc"):
            replacing.undo(editor, replacement)

    @pytest.mark.parametrize("live", [False, True])
    def test_a_run_and_an_undoing_that_were_killed_half_way_can_be_undone(self, editor, monkeypatch, live):
        make = factories.article if live else factories.draft
        for number in range(4):
            make(title=f"UBND {number}")

        class KilledError(BaseException):
            pass

        def killed_after(count, name):
            real, calls = getattr(replacing, name), []

            def step(*args):
                calls.append(1)
                if len(calls) > count:
                    raise KilledError
                return real(*args)

            return step

        with monkeypatch.context() as patch, pytest.raises(KilledError):
            patch.setattr(replacing, "_replace_in", killed_after(3, "_replace_in"))
            run(editor, "UBND", "Ủy ban")
        replacement = Replacement.objects.get()
        assert replacement.revisions.count() == 3
        with monkeypatch.context() as patch, pytest.raises(KilledError):
            patch.setattr(replacing, "_undo_in", killed_after(1, "_undo_in"))
            replacing.undo(editor, replacement)
        replacement.refresh_from_db()
        assert replacement.undone_at is None
        undone = replacing.undo(editor, replacement)
        assert (undone.changed, undone.left) == (2, [])
        assert {text.newest(article)["title"] for article in Article.objects.all()} == {f"UBND {n}" for n in range(4)}
        assert not Article.objects.exclude(pending=None).exists()

    def test_what_may_not_be_undone_now_can_be_undone_later(self, editor):
        article = factories.draft(editor, title="UBND")
        replacement = run(editor, "UBND", "Ủy ban").replacement
        assert replacing.undo(factories.user(None, BOARD), replacement).changed == 1
        article.refresh_from_db()
        assert article.title == "UBND"


@pytest.mark.django_db
class TestThePages:
    ADDRESS = "/quan-tri/news/article/tim-va-thay/"

    @pytest.fixture
    def at(self, client, editor):
        client.force_login(editor)
        return client

    def asked(self, find, new="Ủy ban", **values):
        return {"find": find, "replace": new, "match_case": "on", "whole_words": "on", "fields_in": list(ALL), **values}

    def test_the_whole_way_from_looking_to_undoing(self, at):
        live = factories.article(title="UBND <b>phường</b>")
        html = at.get(self.ADDRESS, self.asked("UBND")).content.decode()
        assert f'name="bai" value="{live.pk}:1"' in html
        assert "&lt;b&gt;phường" in html
        html = at.post(self.ADDRESS, self.asked("UBND", bai=[f"{live.pk}:1"])).content.decode()
        assert "Đã thay 2 chỗ trong 1 bài" in html
        replacement = Replacement.objects.get()
        assert "“UBND” → “Ủy ban”" in at.get(reverse("admin:news_article_replacements")).content.decode()
        undo = reverse("admin:news_article_undo_replacement", args=[replacement.pk])
        assert "Đã đưa 1 bài về" in at.post(undo).content.decode()
        assert "đã được hoàn tác lúc" in at.post(undo, follow=True).content.decode()
        live.refresh_from_db()
        assert live.pending is None

    def test_looking_alone_changes_nothing(self, at):
        article = factories.draft(title="UBND")
        at.get(self.ADDRESS, self.asked("UBND", bai=[f"{article.pk}:1"]))
        assert Article.objects.get().version == 1

    @pytest.mark.parametrize("data", [
        {"find": ""}, {"find": "%$#"}, {"find": "a\0b"}, {"find": "x" * 201}, {"replace": "x" * 201},
        {"find": "Ủy  ban"},
        {"fields_in": ["slug"]}, {"fields_in": []}, {"category": "99999"}, {"category": "x"}, {"state": "x"},
    ])  # fmt: skip
    def test_what_cannot_be_looked_for_is_refused_in_words(self, at, data):
        factories.draft(title="UBND")
        response = at.get(self.ADDRESS, {**self.asked("UBND"), **data})
        assert response.status_code in (200, 400)
        assert "errorlist" in response.content.decode() or response.status_code == 400
        assert 'name="bai"' not in response.content.decode()

    @pytest.mark.parametrize("picked", [["x"], ["1"], ["1:"], [":1"], ["²:1"], ["9" * 30 + ":1"], ["999:1"], []])
    def test_made_up_choices_end_in_no_error(self, at, picked):
        factories.draft(title="UBND")
        response = at.post(self.ADDRESS, self.asked("UBND", bai=picked, giu=["x:y", "1"]))
        assert response.status_code == 200
        assert Article.objects.get().version == 1

    @pytest.mark.parametrize("address", ["", "cac-lan/"])
    def test_it_is_for_those_who_have_the_right(self, client, address):
        client.force_login(factories.user(None, REPORTER))
        assert client.get(self.ADDRESS + address).status_code == 403
        assert client.post(self.ADDRESS, self.asked("UBND", bai=["1:1"])).status_code == 403

    def test_an_undoing_is_for_those_who_have_the_right(self, client):
        replacement = Replacement.objects.create(find="a")
        client.force_login(factories.user(None, REPORTER))
        address = reverse("admin:news_article_undo_replacement", args=[replacement.pk])
        assert client.post(address).status_code == 403

    def test_an_unknown_run_is_not_found(self, at):
        assert at.post(reverse("admin:news_article_undo_replacement", args=[99])).status_code == 404

    def test_a_long_list_of_runs_costs_what_a_short_one_costs(self, at, editor, django_assert_num_queries):
        at.get(self.ADDRESS)
        for count in (1, 30):
            Replacement.objects.bulk_create(Replacement(find=f"a{n}", author=editor) for n in range(count))
            with django_assert_num_queries(6):  # session, person, rights (2), page (2)
                at.get(self.ADDRESS + "cac-lan/")
