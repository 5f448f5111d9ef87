"""Converts one Word file: bytes on standard input, JSON on standard output. Runs alone, with little to break.

{"html": text, "pictures": [{"alt": text, "content": base64}], "left_out": number of pictures} or {"refused": code}
"""
import base64
import io
import json
import resource
import sys

from news.docx.package import RefusedError, check
from news.docx.unseen import without_unseen

MAX_MEMORY = 900 * 1024 * 1024  # bytes
MAX_SECONDS = 15  # of the processor
MAX_DEPTH = 3_000  # of calls: some 300 elements inside each other
MAX_PICTURES = 60
MAX_PICTURE_BYTES = 60 * 1024 * 1024  # of all pictures
PICTURE = "picture:"
STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='caption'] => p.MsoCaption:fresh
p[style-name='Caption'] => p.MsoCaption:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='portal centre'] => p.can-giua:fresh
p[style-name='portal right'] => p.can-phai:fresh
u => u
"""


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # nothing is written but to the pipe
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.setrecursionlimit(MAX_DEPTH)


def convert(content: bytes) -> dict:
    import mammoth

    check(content)
    pictures: list[dict[str, str]] = []
    taken = left_out = 0

    def keep(image) -> dict[str, str]:
        nonlocal taken, left_out
        with image.open() as file:
            data = file.read(MAX_PICTURE_BYTES)
        if len(pictures) == MAX_PICTURES or taken + len(data) > MAX_PICTURE_BYTES:
            left_out += 1
            return {"src": ""}
        taken += len(data)
        pictures.append({"alt": image.alt_text or "", "content": base64.b64encode(data).decode()})
        return {"src": f"{PICTURE}{len(pictures) - 1}"}

    result = mammoth.convert_to_html(
        io.BytesIO(without_unseen(content)),
        style_map=STYLES,
        include_embedded_style_map=False,  # the file's own, which its sender wrote
        external_file_access=False,
        ignore_empty_paragraphs=True,
        convert_image=mammoth.images.img_element(keep),
        transform_document=mammoth.transforms.paragraph(_aligned),
    )
    return {"html": result.value, "pictures": pictures, "left_out": left_out}


def _aligned(paragraph):
    name = {"center": "portal centre", "right": "portal right", "end": "portal right"}.get(paragraph.alignment)
    plain = paragraph.style_name in {None, "Normal", "Body Text"} and paragraph.numbering is None
    return paragraph.copy(style_id="portal", style_name=name) if name and plain else paragraph


def main() -> None:
    limit()
    try:
        answer = convert(sys.stdin.buffer.read())
    except RefusedError as refused:
        answer = {"refused": refused.code}
    except (RecursionError, MemoryError):
        answer = {"refused": "too_complex"}
    # Whatever else goes wrong ends this process with a traceback, and the parent says in one sentence that it did.
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
