from django.db import migrations

FORWARD = """
CREATE FUNCTION portal_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- An address is personal and may be taken out; nothing else changes, and no row goes.
    IF TG_OP = 'UPDATE' AND NEW.address IS NULL
       AND to_jsonb(NEW) - 'address' = to_jsonb(OLD) - 'address' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'portal_logentry is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER portal_log_is_append_only BEFORE UPDATE OR DELETE ON portal_logentry
    FOR EACH ROW EXECUTE FUNCTION portal_log_is_append_only();
"""
BACKWARD = """
DROP TRIGGER portal_log_is_append_only ON portal_logentry;
DROP FUNCTION portal_log_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0003_log")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
