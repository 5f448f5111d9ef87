"""The attacks on a text as they would come: posted by an editor, in an import's lines, in a Word document."""
import json

import attacks
import factories
import word
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from news.importing import run


def form(client):
    """A page for each class, its payloads one after the other."""
    client.force_login(factories.user(None, "Ban biên tập"))
    for kind in attacks.CLASSES:
        payload = "\n".join(payload for its_kind, payload in attacks.PAYLOADS if its_kind == kind)
        payload = payload.replace("\0", "")  # a form that holds one is refused
        client.post(reverse("admin:news_page_add"), {"title": kind, "slug": "", "language": "vi",
                                                     "body": f"<p>Tin</p>{payload}"})  # fmt: skip


def bulk(folder):
    """An article for each payload."""
    lines = [
        json.dumps({"title": f"Tin {number}", "published": "2026-01-02T08:00", "body": f"<p>Tin</p>{payload}"})
        for number, (_, payload) in enumerate(attacks.PAYLOADS)
        if "\0" not in payload
    ]
    (folder / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return run.run([folder / "a.jsonl"])


def document(client):
    """A draft from a Word document with every payload as words, as a link's address and as a bookmark's name."""
    client.force_login(factories.user(None, "Ban biên tập"))
    body, relationships = [], []
    for number, (_, payload) in enumerate(attacks.PAYLOADS):
        text = "".join(character for character in payload if character.isprintable() and character != "\ufeff")
        escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
        body.append(word.paragraph(escaped))
        target = escaped[:300]
        relationships.append(
            f'<Relationship Id="h{number}" Type="{word.REL}/hyperlink" Target="{target}" TargetMode="External"/>'
        )
        body.append(f'<w:p><w:hyperlink r:id="h{number}"><w:r><w:t>bấm vào đây</w:t></w:r></w:hyperlink></w:p>')
        body.append(f'<w:p><w:bookmarkStart w:id="{number}" w:name="{target}"/><w:r><w:t>x</w:t></w:r></w:p>')
    picture = word.picture("&quot;&gt;&lt;img src=x onerror=alert(1)&gt;")
    content = word.docx(
        "".join(body) + picture, media=factories.picture_bytes(kind="PNG"), relationships="".join(relationships)
    )
    upload = SimpleUploadedFile("<img src=x onerror=alert(1)>.docx", content)
    return client.post(reverse("admin:news_article_word"), {"document": upload, "category": factories.category().pk})
