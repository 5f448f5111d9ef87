"""Where collected static files live."""
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Names with a content hash, in JavaScript imports too, and gzip copies beside them."""

    support_js_module_import_aggregation = True
    manifest_strict = False
