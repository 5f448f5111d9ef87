from django.db import migrations

# By statement, not by row: an import writes 500 articles at a time and pays for one more statement.
FORWARD = """
CREATE FUNCTION news_article_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO news_scanrequest (article_id) SELECT id FROM written;
    ELSE
        INSERT INTO news_scanrequest (article_id)
        SELECT written.id FROM written JOIN before USING (id)
        WHERE (written.body, written.title, written.lead, written.pending_id)
            IS DISTINCT FROM (before.body, before.title, before.lead, before.pending_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER news_article_added AFTER INSERT ON news_article
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION news_article_written();
CREATE TRIGGER news_article_changed AFTER UPDATE ON news_article
    REFERENCING OLD TABLE AS before NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION news_article_written();

CREATE FUNCTION news_page_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO news_scanrequest (page_id) SELECT id FROM written;
    RETURN NULL;
END $$;
CREATE TRIGGER news_page_added AFTER INSERT ON news_page
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION news_page_written();
CREATE TRIGGER news_page_changed AFTER UPDATE ON news_page
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION news_page_written();
"""
BACKWARD = """
DROP TRIGGER news_article_added ON news_article;
DROP TRIGGER news_article_changed ON news_article;
DROP TRIGGER news_page_added ON news_page;
DROP TRIGGER news_page_changed ON news_page;
DROP FUNCTION news_article_written();
DROP FUNCTION news_page_written();
"""


class Migration(migrations.Migration):
    dependencies = [("news", "0004_abbreviations_and_outbound_links")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
