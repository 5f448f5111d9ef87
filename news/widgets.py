import json

from ckeditor.widgets import CKEditorWidget
from django.forms import Media, TextInput
from django.forms.widgets import Script
from django.urls import reverse

from news import editor_files, richtext
from news.richtext import features
from news.vietnamese import BASE_LETTERS

# Plugins that send text to other hosts, or make what the sanitiser takes away again.
REMOVED_PLUGINS = ["scayt", "wsc", "exportpdf", "iframe", "forms", "codesnippet", "codesnippetgeshi", "templates",
                   "flash", "smiley", "newpage", "save", "print", "language", "pagebreak", "about", "easyimage",
                   "cloudservices", "elementspath", "copyformatting", "font", "colorbutton", "colordialog", "div",
                   "bidi", "dialogadvtab", "liststyle",
                   # The server cleans what is pasted (js/paste.js), by the rule that it is saved by.
                   "pastefromword", "pastefromgdocs", "pastefromlibreoffice"]  # fmt: skip
TOOLBAR = [
    ["Undo", "Redo"],
    ["Format"],
    *features.BUTTONS,
    ["SpecialChar", "PasteText", "Find"],
    ["Source", "Maximize"],
]


class RichTextWidget(CKEditorWidget):
    """CKEditor 4, allowed to make only what the sanitiser keeps, and given only what it has let through."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.config = {
            "language": "vi",
            "title": "Nội dung",
            "applicationTitle": "Ô soạn thảo",
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
            "linkDefaultProtocol": "https://",
            "versionCheck": False,  # it would ask another host
            **editor_files.editor_config(),
        }

    @property
    def media(self):
        # A class Media beside the package's own property would not be looked at.
        return super().media + Media(css={"all": ["css/editor.css"]}, js=[Script("js/paste.js", type="module")])

    def get_context(self, name, value, attrs):
        self.config["portalPaste"] = reverse("admin:news_article_clean_paste")
        return super().get_context(name, value, attrs)

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
