import json

from ckeditor.widgets import CKEditorWidget
from django.forms import TextInput

from news import richtext
from news.richtext import features
from news.vietnamese import BASE_LETTERS

# Plugins that send text to other hosts, or make what the sanitiser takes away again.
REMOVED_PLUGINS = ["scayt", "wsc", "exportpdf", "iframe", "forms", "codesnippet", "codesnippetgeshi", "templates",
                   "flash", "smiley", "newpage", "save", "print", "language", "pagebreak", "about", "easyimage",
                   "cloudservices", "elementspath", "copyformatting", "font", "colorbutton", "colordialog", "div",
                   "bidi", "dialogadvtab", "liststyle", "uploadimage", "uploadwidget"]  # fmt: skip
TOOLBAR = [
    ["Undo", "Redo"],
    ["Format"],
    *features.BUTTONS,
    ["SpecialChar", "PasteText", "PasteFromWord", "Find"],
    ["Source", "Maximize"],
]


class RichTextWidget(CKEditorWidget):
    """CKEditor 4, allowed to make only what the sanitiser keeps, and given only what it has let through."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.config = {
            "language": "vi",
            "height": 480,
            "width": "100%",
            "toolbar": TOOLBAR,
            "toolbarCanCollapse": False,
            "removePlugins": ",".join(REMOVED_PLUGINS),
            "allowedContent": features.allowed_content(),
            "format_tags": ";".join(features.FORMATS),
            "justifyClasses": ["can-trai", *features.ALIGNED, "can-deu"],
            "coreStyles_strike": {"element": "s", "overrides": ["strike", "del"]},
            "entities": False,
            "entities_latin": False,
            "basicEntities": True,
            "fillEmptyBlocks": False,
            "disableNativeSpellChecker": False,
            # What Word's lists, headings and tables mean is kept, how they look is not.
            "pasteFilter": None,  # allowedContent filters already, and knows more than the stock filter for paste
            "pasteFromWordRemoveFontStyles": True,
            "pasteFromWordRemoveStyles": True,
            "pasteFromWordNumberedHeadingToList": False,
            "forcePasteAsPlainText": False,
            "versionCheck": False,  # it would ask another host
        }

    def format_value(self, value):
        """The text as the editor gets it: also one that came from a form, or that was stored before a rule was."""
        return richtext.for_editor(str(value)) if value else value


class SlugWidget(TextInput):
    """A slug that follows the title while someone types, by the server's own table."""

    class Media:
        js = ["js/slug.js"]

    def __init__(self, source: str):
        letters = json.dumps(BASE_LETTERS)
        super().__init__({"data-slug-source": source, "data-slug-letters": letters, "class": "vTextField"})
