"""The library inside CKEditor: what its configuration says of choosing, sending and dropping pictures and files."""
from django.urls import reverse_lazy

EXTRA_PLUGINS = ["uploadimage"]  # with what it needs: uploadwidget, filetools, notification


def editor_config() -> dict:
    """Entries for CKEditor's configuration; merge `extraPlugins` (comma-separated) with others."""
    return {
        "extraPlugins": ",".join(EXTRA_PLUGINS),
        "filebrowserImageBrowseUrl": reverse_lazy("admin:news_image_browse"),
        "filebrowserBrowseUrl": reverse_lazy("admin:news_attachment_browse"),
        "filebrowserUploadUrl": reverse_lazy("admin:news_attachment_upload"),
        "filebrowserUploadMethod": "xhr",  # the other way, a form in a frame, cannot carry Django's token
        "clipboard_handleImages": False,  # what pastes them as data: is switched off by the plugin above anyway
        "imageUploadUrl": reverse_lazy("admin:news_image_upload"),  # dropped and pasted pictures
        "portalDescribe": reverse_lazy("admin:news_image_describe_one"),
        # While a picture is on its way the editor marks its place so; the sanitiser takes the mark away.
        "extraAllowedContent": "img[data-widget]",
        "filebrowserWindowWidth": "80%",
        "filebrowserWindowHeight": "80%",
    }
