from django.db import migrations, models

# Each row that puts an article into a list says when readers see the article there, so that an index knows a list's
# order: by the articles' own dates alone, a page of a list cost as much as the list was long, or as it was rare.
# (table, column of the list, indexes that the new one or another makes needless)
LISTS = [
    ("news_article_tags", "tag_id", {
        "news_article_tags_tag_id_8c2bd5d5": "tag_id", "news_article_tags_article_id_6c2f9e1e": "article_id"}),
    ("news_article_also_in", "category_id", {
        "news_article_also_in_category_id_88e166e8": "category_id",
        "news_article_also_in_article_id_aa296b67": "article_id"}),
    ("news_topic_articles", "topic_id", {"news_topic_articles_topic_id_5e02910a": "topic_id"}),
]  # fmt: skip
# Every step can be run again: without a transaction around them, a stop leaves what was done. None of them holds a lock
# that readers or editors wait for longer than it takes to add a column.
COLUMNS = """
ALTER TABLE {table} ADD COLUMN IF NOT EXISTS publish_at timestamptz, ADD COLUMN IF NOT EXISTS expire_at timestamptz;
CREATE OR REPLACE TRIGGER {table}_dated BEFORE INSERT ON {table}
    FOR EACH ROW WHEN (NEW.publish_at IS NULL) EXECUTE FUNCTION news_listed();
"""
# The article's row is locked: whoever changes its dates meanwhile comes before or after, and both know the other's row.
FUNCTIONS = """
CREATE OR REPLACE FUNCTION news_listed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT CASE WHEN state = 'published' THEN publish_at END, CASE WHEN state = 'published' THEN expire_at END
    INTO NEW.publish_at, NEW.expire_at FROM news_article WHERE id = NEW.article_id FOR SHARE;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION news_article_dated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    since timestamptz := CASE WHEN NEW.state = 'published' THEN NEW.publish_at END;
    until timestamptz := CASE WHEN NEW.state = 'published' THEN NEW.expire_at END;
BEGIN
    UPDATE news_article_tags SET publish_at = since, expire_at = until WHERE article_id = NEW.id;
    UPDATE news_article_also_in SET publish_at = since, expire_at = until WHERE article_id = NEW.id;
    UPDATE news_topic_articles SET publish_at = since, expire_at = until WHERE article_id = NEW.id;
    RETURN NULL;
END $$;
"""
TRIGGER = """
CREATE OR REPLACE TRIGGER news_article_dated AFTER UPDATE ON news_article FOR EACH ROW
    WHEN ((OLD.state = 'published' OR NEW.state = 'published') AND (OLD.state, OLD.publish_at, OLD.expire_at)
        IS DISTINCT FROM (NEW.state, NEW.publish_at, NEW.expire_at))
    EXECUTE FUNCTION news_article_dated();
"""
BATCH = 10_000  # keys of articles
FILL = """
UPDATE {table} AS listed SET publish_at = dated.publish_at, expire_at = dated.expire_at
FROM (SELECT id, publish_at, expire_at FROM news_article
      WHERE id >= %s AND id < %s AND state = 'published' ORDER BY id FOR SHARE) AS dated
WHERE listed.article_id = dated.id AND listed.publish_at IS NULL
"""
INDEX = """
CREATE INDEX CONCURRENTLY {table}_newest ON {table} ({column}, publish_at DESC, article_id DESC) INCLUDE (expire_at)
"""


def forward(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        for table, *_ in LISTS:
            cursor.execute(COLUMNS.format(table=table))
        cursor.execute(TRIGGER)
        cursor.execute("SELECT min(id), max(id) FROM news_article")
        first, last = cursor.fetchone()
        for table, column, needless in LISTS:
            for start in range(first, last + 1, BATCH) if last else ():
                cursor.execute(FILL.format(table=table), [start, start + BATCH])
            cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {table}_newest")  # a stop leaves one that is of no use
            cursor.execute(INDEX.format(table=table, column=column))
            for name in needless:
                cursor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            cursor.execute(f"VACUUM ANALYZE {table}")


def backward(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS news_article_dated ON news_article")
        for table, _, needless in LISTS:
            for name, column in needless.items():
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {table} ({column})")
            cursor.execute(f"DROP INDEX IF EXISTS {table}_newest; DROP TRIGGER IF EXISTS {table}_dated ON {table}")
            cursor.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS publish_at, DROP COLUMN IF EXISTS expire_at")
        cursor.execute("DROP FUNCTION IF EXISTS news_article_dated(); DROP FUNCTION IF EXISTS news_listed()")


def unmanaged(name, table):
    """A model that looks at a table which another one's relation made."""
    return migrations.CreateModel(
        name=name,
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("publish_at", models.DateTimeField(null=True)),
            ("expire_at", models.DateTimeField(null=True)),
        ],
        options={"db_table": table, "abstract": False, "managed": False, "default_permissions": ()},
    )


class Migration(migrations.Migration):
    atomic = False  # a million articles are many rows: each batch is a transaction, and indexes lock nobody out
    dependencies = [("news", "0013_fewer_indexes_of_articles")]
    operations = [
        migrations.RunPython(forward, backward),
        unmanaged("Tagged", "news_article_tags"),
        unmanaged("AlsoIn", "news_article_also_in"),
        unmanaged("Chosen", "news_topic_articles"),
    ]
