"""Documents for tests, made here: honest ones of each kind, and everything that must not be taken. name → bytes."""

import io
import struct
import zipfile
import zlib

OOXML = {
    "docx": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml",
             "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
}  # fmt: skip
ODF = {"odt": "text", "ods": "spreadsheet", "odp": "presentation"}


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def ooxml(kind, extra=None, types=""):
    main, media_type = OOXML[kind]
    return zipped({
        "[Content_Types].xml": f'<?xml version="1.0"?><Types><Override PartName="/{main}" ContentType="{media_type}"/>'
                               f"{types}</Types>",
        "_rels/.rels": f'<Relationships><Relationship Id="r" Target="{main}"/></Relationships>',
        main: "<w:document><w:body><w:object/>Kế hoạch năm 2026</w:body></w:document>",
        **(extra or {}),
    })  # fmt: skip


def odf(kind, extra=None, manifest="<manifest/>"):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), f"application/vnd.oasis.opendocument.{ODF[kind]}")
        archive.writestr(
            "content.xml", '<office:document xmlns:svg="urn:svg"><svg:title>Báo cáo</svg:title></office:document>'
        )
        archive.writestr("META-INF/manifest.xml", manifest)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def pdf(*objects, tail=b""):
    body = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    for number, part in enumerate([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", *objects], 1):
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    return body + b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n" + tail


def stream(content, entries=b"/Type/ObjStm/N 1/First 4", packed=True):
    data = zlib.compress(content) if packed else content
    return b"<<%s%s/Length %d>>stream\n%s\nendstream" % (
        entries,
        b"/Filter/FlateDecode" if packed else b"",
        len(data),
        data,
    )


def ole(*names, extra=b""):
    """Enough of a container: the header and directory entries."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HH", 0x3E, 3) + b"\xfe\xff\x09\0"
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *names))
    return head.ljust(512, b"\0") + entries.ljust(1536, b"\0") + extra


def honest():
    jpeg = b"\xff\xd8\xff\xe0" + bytes(50)
    return {
        ("pdf", "kế hoạch.pdf"): pdf(b"<</Type/Font/BaseFont/Times#20New>>", stream(b"1 0 <</Type/Font>>")),
        **{(kind, f"tệp.{kind}"): ooxml(kind) for kind in OOXML},
        **{(kind, f"tệp.{kind}"): odf(kind) for kind in ODF},
        ("docx", "có biểu đồ.docx"): ooxml("docx", {"word/embeddings/Sheet1.xlsx": ooxml("xlsx")}),
        ("doc", "cũ.doc"): ole("WordDocument", "1Table"),
        ("xls", "cũ.xls"): ole("Workbook"),
        ("ppt", "cũ.ppt"): ole("PowerPoint Document"),
        ("zip", "hồ sơ.zip"): zipped({"Văn bản/kế hoạch.pdf": pdf(), "bảng.csv": "năm,vốn\n2026,19", "ảnh.JPG": jpeg,
                                      "tờ trình.docx": ooxml("docx"), "Văn bản/": ""}),
        ("zip", "zip trong zip.zip"): zipped({"trong.zip": zipped({"a.txt": "chữ"})}),
    }  # fmt: skip


def _lying_zip(change):
    content = bytearray(zipped({"a.txt": "chữ " * 50, "b.txt": "khác"}))
    change(content)
    return bytes(content)


def _set(needle, offset, value):
    def change(content):
        at = content.index(needle) + offset
        content[at : at + len(value)] = value

    return change


def _overlapping():
    """Two entries of the list that share one body (as in the bombs that fold a petabyte into megabytes)."""
    one = zipped({"a.txt": bytes(1000)})
    start = one.index(b"PK\x01\x02")
    end = one.index(b"PK\x05\x06")
    entry = one[start:end]
    tail = bytearray(one[end:])
    tail[8:12] = struct.pack("<HH", 2, 2)
    tail[12:16] = struct.pack("<I", 2 * len(entry))
    return one[:start] + entry + entry.replace(b"a.txt", b"b.txt") + bytes(tail)


def _symlink():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def _named(name):
    return _lying_zip(lambda content: content.__setitem__(slice(None), content.replace(b"a.txt", name)))


SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = "<!DOCTYPE html><html><script>alert(1)</script></html>"


def bad():
    script = b"<</S/JavaScript/JS(app.alert(1))>>"
    external = '<Relationship Type="http://x/attachedTemplate" Target="https://ke.xau/a.dotm" TargetMode="External"/>'
    deep = zipped({"a.txt": "chữ"})
    for _ in range(4):
        deep = zipped({"a.zip": deep})
    encrypted = _lying_zip(
        lambda content: [_set(b"PK\x03\x04", 6, b"\x01")(content), _set(b"PK\x01\x02", 8, b"\x01")(content)]
    )
    cases = {
        "html": HTML.encode(),
        "html after a mark": b"\xef\xbb\xbf  \n" + HTML.encode(),
        "html in utf-16": HTML.encode("utf-16"),
        "svg": SVG.encode(),
        "svg after xml": b'<?xml version="1.0"?>\n<!-- -->' + SVG.encode(),
        "program": b"MZ" + bytes(300),
        "elf": b"\x7fELF" + bytes(300),
        "script": b"#!/bin/sh\nrm -rf /\n",
        "rar": b"Rar!\x1a\x07\0" + bytes(50),
        "7z": b"7z\xbc\xaf\x27\x1c" + bytes(50),
        "gzip": b"\x1f\x8b\x08" + bytes(50),
        "words": "chữ".encode() * 99,
        "rtf": b"{\\rtf1 {\\object\\objocx}}",
        "zeros": bytes(4000),
        "jpeg": b"\xff\xd8\xff\xe0" + bytes(99),
        "pdf javascript": pdf(script),
        "pdf javascript, letters escaped": pdf(b"<</S/J#61va#53cript/J#53(x)>>"),
        "pdf javascript packed": pdf(stream(b"5 0 " + script)),
        "pdf launch": pdf(b"<</S/Launch/F(cmd.exe)>>"),
        "pdf file inside": pdf(b"<</Names<</EmbeddedFiles 5 0 R>>>>"),
        "pdf one file inside": pdf(b"<</Type/EmbeddedFile>>"),
        "pdf flash": pdf(b"<</Subtype/RichMedia>>"),
        "pdf encrypted": pdf(b"<</Encrypt 5 0 R>>"),
        "pdf bomb": pdf(stream(bytes(60_000_000))),
        "pdf odd filter": pdf(stream(b"x", b"/Type/ObjStm/Filter/ASCIIHexDecode", packed=False)),
        "pdf broken stream": pdf(b"<</Type/ObjStm/Filter/FlateDecode/Length 9>>stream\nkhong nen\nendstream"),
        "pdf cut": pdf()[:-20],
        "pdf with html": pdf(HTML.encode()),
        "pdf with a tail": pdf(tail=bytes(5000)),
        "pdf that is a zip": pdf(tail=zipped({"a.txt": "chữ"})),
        "pdf behind a line": b"\n" + pdf(),
        "docm as docx": ooxml(
            "docx", types='<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
        ),
        "docx with macro": ooxml("docx", {"word/vbaProject.bin": b"x"}),
        "xlsx with activex": ooxml("xlsx", {"xl/activeX/activeX1.xml": "<a/>"}),
        "xlsx with a macro sheet": ooxml("xlsx", {"xl/macrosheets/sheet1.xml": "<a/>"}),
        "docx with ole": ooxml("docx", {"word/embeddings/oleObject1.bin": ole("\x01Ole10Native")}),
        "docx with html": ooxml("docx", {"word/afchunk.htm": HTML}),
        "docx with html under another name": ooxml("docx", {"word/a.bin": HTML}),
        "docx with svg": ooxml("docx", {"word/media/image1.svg": SVG}),
        "docx with svg under another name": ooxml("docx", {"word/media/i.png": SVG}),
        "docx with a program": ooxml("docx", {"word/media/a.bin": b"MZ" + bytes(99)}),
        "docx with a remote template": ooxml(
            "docx", {"word/_rels/settings.xml.rels": f"<Relationships>{external}</Relationships>"}
        ),
        "docx with a docx with macro": ooxml(
            "docx", {"word/embeddings/a.docx": ooxml("docx", {"word/vbaProject.bin": b"x"})}
        ),
        "office of nothing": zipped({"[Content_Types].xml": "<Types/>", "_rels/.rels": "<a/>"}),
        "visio": zipped(
            {
                "[Content_Types].xml": '<Types ContentType="application/vnd.ms-visio.drawing.main+xml"/>',
                "_rels/.rels": "<a/>",
            }
        ),
        "odt with macro": odf("odt", {"Basic/Standard/Module1.xml": "<a/>"}),
        "odt with script": odf("odt", {"Scripts/python/a.py": "x"}),
        "odt with svg": odf("odt", {"Pictures/a.svg": SVG}),
        "odt encrypted": odf("odt", manifest="<manifest:encryption-data/>"),
        "odf of another kind": zipped(
            {"mimetype": "application/vnd.oasis.opendocument.graphics", "content.xml": "<a/>"}
        ),
        "doc with macro": ole("WordDocument", "Macros", "_VBA_PROJECT"),
        "doc encrypted": ole("EncryptedPackage", "EncryptionInfo"),
        "doc with ole": ole("WordDocument", "ObjectPool"),
        "doc of nothing": ole("Khac"),
        "doc cut": ole("WordDocument")[:600],
        "msi": ole("!_StringPool"),
        "xls with a macro sheet": ole("Workbook", extra=b"\x85\0\x0e\0" + bytes(4) + b"\0\x01\x06\0Macro1"),
        "zip empty": zipped({}),
        "zip with html": zipped({"a.html": HTML}),
        "zip with html as text": zipped({"a.txt": HTML}),
        "zip with html as picture": zipped({"a.jpg": HTML}),
        "zip with svg": zipped({"a.svg": SVG}),
        "zip with svgz": zipped({"a.svgz": b"\x1f\x8b"}),
        "zip with program": zipped({"a.exe": b"MZ" + bytes(99)}),
        "zip with program as pdf": zipped({"a.pdf": b"MZ" + bytes(99)}),
        "zip with shortcut": zipped({"a.lnk": b"L\0\0\0"}),
        "zip with jar": zipped({"a.jar": zipped({"x.class": b"\xca\xfe\xba\xbe"})}),
        "zip with script": zipped({"a.js": "alert(1)"}),
        "zip with php": zipped({"a.php": "<?php"}),
        "zip with docx as pdf": zipped({"a.pdf": ooxml("docx")}),
        "zip with docm": zipped({"a.docx": ooxml("docx", {"word/vbaProject.bin": b"x"})}),
        "zip with bad pdf": zipped({"a.pdf": pdf(script)}),
        "zip without ending": zipped({"README": "chữ"}),
        "zip nested five deep": deep,
        "zip bomb": zipped({"a.txt": bytes(30_000_000)}),
        "zip bomb of many": zipped({f"{n}.zip": zipped({"a.txt": bytes(900_000)}) for n in range(300)}),
        "zip of 4,000 files": zipped({f"{n}.txt": "" for n in range(4000)}),
        "zip folded over itself": _overlapping(),
        "zip that climbs": zipped({"../../etc/cron.d/x.txt": "chữ"}),
        "zip that starts at the root": zipped({"/etc/x.txt": "chữ"}),
        "zip that climbs the other way": _named(b"..\\\\x"),
        "zip to a drive": _named(b"c:a.t"),
        "zip with a control letter": _named(b"a\x01txt"),
        "zip with a name turned round": zipped({"a\u202efdp.txt": "chữ"}),
        "zip with a link": _symlink(),
        "zip encrypted": encrypted,
        "zip behind html": HTML.encode() + zipped({"a.txt": "x"}),
        "zip behind a jpeg": b"\xff\xd8\xff" + zipped({"a.txt": "x"}),
        "zip with a tail": zipped({"a.txt": "x"}) + HTML.encode(),
        "zip cut": zipped({"a.txt": "chữ" * 900})[:-30],
        "zip whose lists differ": _lying_zip(_set(b"a.txt", 0, b"c.txt")),
        "zip with a wrong sum": _lying_zip(_set(b"PK\x01\x02", 16, b"abcd")),
        "zip that lies of a size": _lying_zip(_set(b"PK\x01\x02", 24, b"\x05\0\0\0")),
        "zip with an odd method": _lying_zip(_set(b"PK\x01\x02", 10, b"\x63")),
        "zip that lies of a place": _lying_zip(_set(b"PK\x01\x02", 42, b"\xff\xff\xff\x7f")),
        "zip with two of a name": _lying_zip(
            lambda content: content.__setitem__(slice(None), content.replace(b"b.txt", b"A.TXT"))
        ),
    }
    return cases
