import json

from ckeditor.widgets import CKEditorWidget
from django.forms import TextInput

from news import editor_files, richtext
from news.vietnamese import BASE_LETTERS

# Plugins that send text to other hosts, or make what the sanitiser takes away again.
REMOVED_PLUGINS = ["scayt", "wsc", "exportpdf", "iframe", "forms", "codesnippet", "codesnippetgeshi", "templates",
                   "flash", "smiley", "newpage", "save", "print", "language", "pagebreak", "about", "easyimage",
                   "cloudservices", "elementspath", "copyformatting"]  # fmt: skip
TOOLBAR = [
    ["Undo", "Redo"],
    ["Format"],
    ["Bold", "Italic", "Underline", "Strike", "Subscript", "Superscript", "RemoveFormat"],
    ["NumberedList", "BulletedList", "Blockquote"],
    ["Link", "Unlink", "Image"],
    ["Table", "HorizontalRule", "SpecialChar"],
    ["PasteText", "PasteFromWord", "Find"],
    ["Source", "Maximize"],
]


def allowed_content() -> str:
    """CKEditor's allowedContent rules for what `richtext.FEATURES` keeps."""
    rules = []
    for tag, attributes in richtext.FEATURES.items():
        named = sorted(attributes - {"class"})
        classes = sorted(richtext.CLASSES.get(tag, ()))
        rules.append(
            tag + (f"[{','.join(named)}]" if named else "") + (f"({','.join(classes)})" if classes else "")
        )
    return "; ".join(rules)


class RichTextWidget(CKEditorWidget):
    """CKEditor 4, allowed to make only what the sanitiser keeps."""

    class Media:
        js = editor_files.SCRIPTS

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.config = {
            "language": "vi",
            "height": 480,
            "width": "100%",
            "toolbar": TOOLBAR,
            "toolbarCanCollapse": False,
            "removePlugins": ",".join(REMOVED_PLUGINS),
            "allowedContent": allowed_content(),
            "format_tags": "p;h2;h3;h4",
            "entities": False,
            "entities_latin": False,
            "basicEntities": True,
            "disableNativeSpellChecker": False,
            "versionCheck": False,  # it would ask another host
            **editor_files.editor_config(),
        }


class SlugWidget(TextInput):
    """A slug that follows the title while someone types, by the server's own table."""

    class Media:
        js = ["js/slug.js"]

    def __init__(self, source: str):
        letters = json.dumps(BASE_LETTERS)
        super().__init__({"data-slug-source": source, "data-slug-letters": letters, "class": "vTextField"})
