"""The project's translations: what stands in a .po is what Django reads from the .mo beside it.

Run as a program, it writes the .mo files anew: `python tests/portal/test_catalogues.py`. No gettext tools are needed.
"""

import ast
import re
import struct
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "portal" / "locale" / "vi" / "LC_MESSAGES"
CATALOGUES = ["django", "djangojs"]
MAGIC = 0x950412DE
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")


def read_po(path):
    """{key: text} as gettext keys them: context and msgid joined by U+0004, msgid and plural by U+0000."""
    entries, entry, field = [], {}, None
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], 1):
        if match := re.fullmatch(r'(msgctxt|msgid|msgid_plural|msgstr|msgstr\[0\]) (".*")', line):
            field = match[1].removesuffix("[0]")
            assert field not in entry, f"{path.name}:{number}: an empty line is missing"
            entry[field] = ast.literal_eval(match[2])
        elif line.startswith('"'):
            entry[field] += ast.literal_eval(line)
        elif not line:
            entries += [entry] if entry else []
            entry = {}
        else:
            assert line.startswith("#"), f"{path.name}:{number}: {line}"
            assert "fuzzy" not in line, f"{path.name}:{number}: nobody has looked at this one"
    keys = [_key(entry) for entry in entries]
    assert len(keys) == len(set(keys)), f"{path.name}: twice: {sorted({key for key in keys if keys.count(key) > 1})}"
    return dict(zip(keys, (entry["msgstr"] for entry in entries), strict=True))


def _key(entry):
    context = f"{entry['msgctxt']}\4" if "msgctxt" in entry else ""
    plural = f"\0{entry['msgid_plural']}" if "msgid_plural" in entry else ""
    return context + entry["msgid"] + plural


def read_mo(path):
    data = path.read_bytes()
    magic, _, count, keys_at, texts_at = struct.unpack_from("<5I", data)
    assert magic == MAGIC

    def strings(table):
        for place in range(count):
            length, start = struct.unpack_from("<2I", data, table + 8 * place)
            yield data[start : start + length].decode("utf-8")

    return dict(zip(strings(keys_at), strings(texts_at), strict=True))


def compile_mo(messages):
    """The bytes of a .mo (GNU gettext manual, 10.3 "The Format of GNU MO Files")."""
    pairs = sorted((key.encode(), text.encode()) for key, text in messages.items())
    strings = [key for key, _ in pairs] + [text for _, text in pairs]
    head = 7 * 4
    start = head + 8 * len(strings)
    places, body = b"", b""
    for string in strings:
        places += struct.pack("<2I", len(string), start + len(body))
        body += string + b"\0"
    # A table of hashes is optional: a size of 0 says that there is none.
    return struct.pack("<7I", MAGIC, 0, len(pairs), head, head + 8 * len(pairs), 0, start) + places + body


@pytest.mark.parametrize("name", CATALOGUES)
def test_compiled_catalogue_says_what_the_text_says(name):
    messages = read_po(FOLDER / f"{name}.po")
    assert len(messages) > 50
    assert read_mo(FOLDER / f"{name}.mo") == messages, f"run: python tests/portal/{Path(__file__).name}"


@pytest.mark.parametrize("name", CATALOGUES)
def test_catalogue_declares_one_form_for_every_number(name):
    """Vietnamese has no plural; the browser's catalogue takes this line from the project's file."""
    assert "Plural-Forms: nplurals=1; plural=0;\n" in read_po(FOLDER / f"{name}.po")[""]


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_message_has_a_text_with_the_same_placeholders(name):
    for key, text in read_po(FOLDER / f"{name}.po").items():
        if not key:
            continue
        assert text.strip(), f"nothing for {key!r}"
        forms = key.split("\4")[-1].split("\0")
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(forms[-1])), key


def test_reading_tells_a_stale_catalogue_from_a_fresh_one(tmp_path):
    old = {"": "Language: vi\n", "Save": "Lưu", "abbrev. month\4May": "Thg 5", "%d day\0%d days": "%d ngày"}
    file = tmp_path / "django.mo"
    file.write_bytes(compile_mo(old))
    assert read_mo(file) == old
    assert read_mo(file) != {**old, "Save": "Ghi"}


def write():
    for name in CATALOGUES:
        (FOLDER / f"{name}.mo").write_bytes(compile_mo(read_po(FOLDER / f"{name}.po")))


if __name__ == "__main__":
    write()
