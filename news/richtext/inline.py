"""Words, pictures and line ends of one block, each with how it is set; and the markup that says so in one spelling."""
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from news.richtext import characters
from news.richtext.tree import Node

FORMATS = ("strong", "em", "u", "s", "sub", "sup")  # in the order in which they open
Link = tuple[str, str]  # address, title
SPACES = " \t\n\r\f\xa0"
# A non-breaking space alone is its writer's; among other spaces it is what editors and Word fill lines with.
_SPACE = re.compile(r"[ \t\n\r\f]+\xa0[ \t\n\r\f\xa0]*|\xa0[ \t\n\r\f\xa0]+|[ \t\n\r\f]+")
_UNTIDY = re.compile(r"[\t\n\r\f]|[ \xa0]{2}")


@dataclass(slots=True)
class Atom:
    content: str | Node  # text, or a <br> or <img>
    formats: frozenset[str] = frozenset()
    link: Link | None = None

    @property
    def is_break(self) -> bool:
        return isinstance(self.content, Node) and self.content.tag == "br"

    @property
    def is_picture(self) -> bool:
        return isinstance(self.content, Node) and self.content.tag == "img"


Line = list[Atom]


def paragraphs(atoms: Line) -> Iterator[Line]:
    """Tidied runs of atoms: two line ends in a row part paragraphs, and none is empty."""
    atoms = list(_single_spaced(atoms))
    current: Line = []
    for place, atom in enumerate(atoms):
        if atom.is_break and place and _is_break_before(atoms, place):
            yield from _finished(current)
            current = []
        else:
            current.append(atom)
    yield from _finished(current)


def one_line(atoms: Line) -> Line:
    """The same as a single run, as a heading or a caption holds it."""
    joined = [Atom(" ", atom.formats, atom.link) if atom.is_break else atom for atom in atoms]
    return next(_finished(list(_single_spaced(joined))), [])


def text(atoms: Iterable[Atom]) -> str:
    return "".join(atom.content if isinstance(atom.content, str) else "\n" if atom.is_break else "" for atom in atoms)


def of_block(block: Node) -> Line:
    """A block's words again as atoms, where it is put into one line."""
    line: Line = []

    def walk(nodes, formats, link):
        for node in nodes:
            if isinstance(node, str):
                line.append(Atom(node, formats, link))
            elif node.tag in {"br", "img", "note", "reference"}:
                line.append(Atom(node, frozenset(), link))
            elif node.tag == "a":
                walk(node.children, formats, (node.attrs["href"], node.attrs.get("title", "")))
            elif node.tag in FORMATS:
                walk(node.children, formats | {node.tag}, link)
            else:
                if line:
                    line.append(Atom(" "))
                walk(node.children, formats, link)

    walk([block], frozenset(), None)
    return line


def without(atoms: Line, *formats: str) -> Line:
    return [Atom(atom.content, atom.formats.difference(formats), atom.link) for atom in atoms]


def nodes(atoms: Line) -> list[Node | str]:
    """The markup of a run: a link outermost, then formats as they begin, none opened twice."""
    root = Node("")
    for link, run in groupby(_linked(atoms), key=lambda atom: atom.link):
        target = root
        if link:
            target = Node("a", {"href": link[0], **({"title": link[1]} if link[1] else {})})
            root.children.append(target)
        _format(target, run)
    return root.children


def _format(target: Node, run: Iterable[Atom]) -> None:
    stack: list[Node] = [target]
    for atom in run:
        wanted = atom.formats
        kept = 1
        while kept < len(stack) and stack[kept].tag in wanted:
            kept += 1
        del stack[kept:]
        opened = {node.tag for node in stack[1:]}
        for name in FORMATS:
            if name in wanted and name not in opened:
                node = Node(name)
                stack[-1].children.append(node)
                stack.append(node)
        stack[-1].children.append(atom.content)


def _linked(atoms: Line) -> Iterator[Atom]:
    """Without links that nobody could see: those around nothing, a space or a dot."""
    for link, run in groupby(atoms, key=lambda atom: atom.link):
        run = list(run)
        seen = link is None or any(atom.is_picture for atom in run) or characters.says_something(text(run))
        yield from run if seen else (Atom(atom.content, atom.formats) for atom in run)


def _single_spaced(atoms: Line) -> Iterator[Atom]:
    """One space where there were several, none beside a line end; neighbours that are set alike become one."""
    waiting: _Text | None = None
    after_space = True
    for atom in atoms:
        if isinstance(atom.content, str):
            content = atom.content
            if _UNTIDY.search(content):
                content = _SPACE.sub(" ", content)
            if after_space:
                content = content.lstrip(SPACES)
            if not content:
                continue
            after_space = content.endswith((" ", "\xa0"))
            formats, link = atom.formats, atom.link
            if not content.strip(SPACES):  # a space alone is set as what it follows
                formats = formats & waiting.formats if waiting else frozenset()
                link = link if waiting and link == waiting.link else None
            if waiting and (waiting.formats, waiting.link) == (formats, link):
                waiting.parts.append(content)
                continue
            if waiting:
                yield waiting.atom()
            waiting = _Text([content], formats, link)
            continue
        if waiting:
            if atom.is_break:
                waiting.parts[-1] = waiting.parts[-1].rstrip(SPACES)
            yield waiting.atom()
            waiting = None
        after_space = atom.is_break
        yield Atom(Node("br")) if atom.is_break else atom
    if waiting:
        yield waiting.atom()


@dataclass(slots=True)
class _Text:
    """Text that goes on; joined once, for joining again at each piece would cost the square of a long paragraph."""

    parts: list[str]
    formats: frozenset[str]
    link: Link | None

    def atom(self) -> Atom:
        return Atom("".join(self.parts), self.formats, self.link)


def _is_break_before(atoms: Line, place: int) -> bool:
    return atoms[place - 1].is_break


def _finished(atoms: Line) -> Iterator[Line]:
    """The run without line ends and spaces around it; nothing where nothing is left."""
    first, last = 0, len(atoms)
    while first < last and _blank(atoms[first]):
        first += 1
    while last > first and _blank(atoms[last - 1]):
        last -= 1
    atoms = atoms[first:last]
    if not atoms:
        return
    if isinstance(atoms[0].content, str):
        atoms[0] = Atom(atoms[0].content.lstrip(SPACES), atoms[0].formats, atoms[0].link)
    if isinstance(atoms[-1].content, str):
        atoms[-1] = Atom(atoms[-1].content.rstrip(SPACES), atoms[-1].formats, atoms[-1].link)
    yield atoms


def _blank(atom: Atom) -> bool:
    return atom.is_break or (isinstance(atom.content, str) and not atom.content.strip(SPACES))
