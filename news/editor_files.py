"""The library inside CKEditor: what its configuration says of choosing, sending and dropping pictures and files."""
from django.urls import reverse_lazy

# The script sends Django's CSRF token with every file; the widget's Media must name it after CKEditor's own.
SCRIPTS = ["js/editor-files.js"]
EXTRA_PLUGINS = ["uploadimage"]  # with what it needs: uploadwidget, filetools, notification


def editor_config() -> dict:
    """Entries for CKEditor's configuration; merge `extraPlugins` (comma-separated) with others."""
    return {
        "extraPlugins": ",".join(EXTRA_PLUGINS),
        "filebrowserImageBrowseUrl": reverse_lazy("admin:news_image_browse"),
        "filebrowserImageUploadUrl": reverse_lazy("admin:news_image_upload"),
        "filebrowserBrowseUrl": reverse_lazy("admin:news_attachment_browse"),
        "filebrowserUploadUrl": reverse_lazy("admin:news_attachment_upload"),
        "filebrowserUploadMethod": "xhr",  # the other way, a form in a frame, cannot carry Django's token
        "imageUploadUrl": reverse_lazy("admin:news_image_upload"),  # dropped and pasted pictures
        # While a picture is on its way the editor marks its place so; the sanitiser takes the mark away.
        "extraAllowedContent": "img[data-widget]",
        "filebrowserWindowWidth": "80%",
        "filebrowserWindowHeight": "80%",
        "image_previewText": " ",
    }
