"""HTML -> rows, as a person sees it: hidden text is out, struck text is void, spans fill the cells below.

The walk keeps its own stack: mail nests deeper than Python recurses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from connectors.offers.quick import Quick

Row = tuple[str, tuple[str, ...], int, bool, str]

_SILENT = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "img", "input", "select", "button"}
)
_BLOCK = frozenset(
    "p div br hr li ul ol table thead tbody tfoot tr section article header footer blockquote pre h1 h2 h3 h4 h5 h6".split()
)
_STRUCK = frozenset({"s", "strike", "del"})
_HIDDEN = Quick(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d]*[1-9])"
    r"|mso-hide\s*:\s*all|(?:^|;)\s*(?:height|width)\s*:\s*0(?:px)?\s*(?:;|$)|max-height\s*:\s*0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
_WHITE_TEXT = re.compile(r"(?<![\w-])color\s*:\s*(?:#fff(?:fff)?\b|white\b)", re.IGNORECASE)
_LINE_THROUGH = re.compile(r"text-decoration[^;]{0,80}line-through", re.IGNORECASE)
_COLOUR = re.compile(r"(?:^|[;\s])background(?:-color)?\s*:\s*([^;]+)", re.IGNORECASE)
_CLASS_RULE = re.compile(r"\.([\w-]+)\s*\{([^}]{0,400})\}")
_WHITE = ("white", "#fff", "#ffffff", "transparent", "none", "inherit", "")
MOST_ROWS = 2_100
MOST_NODES = 20_000
MOST_CELLS = 60
MOST_SPAN = 50
DEEPEST_COLOUR = 8
MOST_WORDS = 4
"""Beside struck text: a longer sentence is one of its own."""
_DIGIT = re.compile(r"\d")
LONGEST_STYLE = 500


@dataclass
class _Text:
    """Text gathered so far, the struck part of it apart."""

    live: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)

    def add(self, text: str, *, struck: bool) -> None:
        (self.struck if struck else self.live).append(text)

    def take(self) -> tuple[str, bool]:
        """The live text; or the struck one, and True, where nothing else is left."""
        live, struck = _squeeze(self.live), _squeeze(self.struck)
        self.live, self.struck = [], []
        if live and _DIGIT.search(struck) and not _DIGIT.search(live) and len(live.split()) <= MOST_WORDS:
            return f"{struck} {live}", True  # `~~Thu 4/15 0700-1500~~ filled`
        return (live, False) if live or not struck else (struck, True)


def lines_of_html(html: str) -> Iterator[Row]:
    """(text, cells, table, void, colour behind it) for each line and each table row."""
    tree = LexborHTMLParser(html)
    classes = _classes(tree)
    if tree.body is None:
        return
    rows = 0
    tables = 0
    text = _Text()
    nodes = 0
    stack: list[tuple[LexborNode, bool, bool]] = [(tree.body, False, False)]
    while stack:
        nodes += 1
        if nodes > MOST_NODES:
            return
        node, struck, leaving = stack.pop()
        if leaving:
            yield from _flush(text)
            continue
        tag = node.tag or ""
        if tag == "-text":
            text.add(node.text(deep=False) or "", struck=struck)
            continue
        if tag.startswith(("-", "_")) or _is_hidden(node, tag, classes):
            continue
        struck = struck or _is_struck(node, tag, classes)
        if tag == "table" and not _holds_table(node) and not _is_layout(node):
            yield from _flush(text)
            tables += 1
            caption = node.css_first("caption")
            if caption is not None and not _is_hidden(caption, "caption", classes):
                words, gone = _cell(caption, classes, struck=struck)
                yield from [(words, (), 0, gone, "")] if words else []
            for row in _rows(node, tables, classes, struck=struck):
                rows += 1
                if rows > MOST_ROWS:
                    return
                yield row
            continue
        if tag in ("td", "th"):
            text.add("  ", struck=False)
        if tag in _BLOCK:
            yield from _flush(text)
            stack.append((node, struck, True))
        stack += [(child, struck, False) for child in reversed(list(node.iter(include_text=True)))]
    yield from _flush(text)


def _holds_table(node: LexborNode) -> bool:
    """Whether it is there for the layout alone. A selector would find the table itself where it lies in another."""
    return any(child.css_first("table") is not None for child in node.iter())


def _is_layout(table: LexborNode) -> bool:
    """Whether every row is one cell: then it is a column of paragraphs."""
    return all(
        sum(cell.tag in ("td", "th") for cell in row.iter()) <= 1 for row in table.css("tr")[:MOST_ROWS]
    )


def _flush(text: _Text) -> Iterator[Row]:
    line, void = text.take()
    if line:
        yield line, (), 0, void, ""


def _rows(table: LexborNode, number: int, classes: _Classes, *, struck: bool) -> Iterator[Row]:
    """The rows of a table that holds no other, each with the cells that reach down into it."""
    found = list(_each_row(table, number, classes, struck=struck))
    # Every other row in colour is how tables are made easy to read.
    marks = [bool(colour) for *_, colour in found]
    striped = any(
        len(part) >= 4 and all(mark == (at % 2 == even) for at, mark in enumerate(part))
        for part in (marks, marks[1:])
        for even in (0, 1)
    )
    for text, cells, table_number, void, colour in found:
        yield text, cells, table_number, void, "" if striped else colour


def _each_row(table: LexborNode, number: int, classes: _Classes, *, struck: bool) -> Iterator[Row]:
    hanging: dict[int, tuple[int, str]] = {}
    for row in table.css("tr")[: MOST_ROWS + 1]:
        if _is_hidden(row, "tr", classes):
            continue
        row_struck = struck or _is_struck(row, "tr", classes)
        cells: list[str] = []
        told: list[tuple[str, bool]] = []
        colour = _colour(row)
        for cell in (child for child in row.iter() if child.tag in ("td", "th")):
            while len(cells) in hanging:
                _reach(hanging, cells)
            if _is_hidden(cell, "td", classes):
                continue
            text, void = _cell(cell, classes, struck=row_struck or _is_struck(cell, "td", classes))
            colour = colour or _colour(cell)
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            for _ in range(min(across, MOST_CELLS - len(cells))):
                if down > 1:
                    hanging[len(cells)] = (down - 1, text)
                cells.append(text)
            if text:
                told.append((text, void))
        while len(cells) in hanging:
            _reach(hanging, cells)
        line = _squeeze([cell + "  " for cell in dict.fromkeys(cells)])
        if line:
            yield line, tuple(cells), number, _is_void(told), colour


def _is_void(told: Sequence[tuple[str, bool]]) -> bool:
    """Whether all of a row is struck, but for a word or two that say so: `~~Thu Jul 8~~ | ~~7p-7a~~ | FILLED`."""
    struck = any(void and _DIGIT.search(text) for text, void in told)
    return bool(told) and all(
        void
        or (struck and _GONE.search(text) and not _DIGIT.search(text) and len(text.split()) <= MOST_WORDS)
        for text, void in told
    )


_GONE = re.compile(
    r"^(?!.*\b(?:open|again|back|reopen\w*|reinstat\w*|not|was|were)\b).*\b(?:filled|covered|taken|gone|closed|booked|cancell?ed|withdrawn|removed)\b",
    re.IGNORECASE,
)


def _reach(hanging: dict[int, tuple[int, str]], cells: list[str]) -> None:
    left, text = hanging.pop(len(cells))
    if left > 1:
        hanging[len(cells)] = (left - 1, text)
    cells.append(text)


def _cell(cell: LexborNode, classes: _Classes, *, struck: bool) -> tuple[str, bool]:
    text = _Text()
    stack: list[tuple[LexborNode, bool]] = [(cell, struck)]
    while stack:
        node, void = stack.pop()
        tag = node.tag or ""
        if tag == "-text":
            text.add(node.text(deep=False) or "", struck=void)
            continue
        if tag.startswith(("-", "_")) or (node is not cell and _is_hidden(node, tag, classes)):
            continue
        if tag in _BLOCK:
            text.add(" ", struck=False)
        void = void or _is_struck(node, tag, classes)
        stack += [(child, void) for child in reversed(list(node.iter(include_text=True)))]
    return text.take()


def _span(cell: LexborNode, name: str) -> int:
    value = cell.attributes.get(name) or "1"
    return max(1, min(int(value[:4]), MOST_SPAN)) if value.isdecimal() else 1


def _is_hidden(node: LexborNode, tag: str, classes: _Classes) -> bool:
    attributes = node.attributes
    names = (attributes.get("class") or "").split()
    return (
        tag in _SILENT
        or "hidden" in attributes
        or bool(_HIDDEN.search((attributes.get("style") or "")[:LONGEST_STYLE]))
        or _is_white_on_white(node)
        or (tag == "blockquote" and attributes.get("type") == "cite")
        or not classes.hidden.isdisjoint(names)
    )


def _is_white_on_white(node: LexborNode) -> bool:
    """White text, where nothing around it has a colour: a badge on green is there to be read."""
    attributes = node.attributes
    white = (attributes.get("color") or "").lower() in _WHITE[:3] or bool(
        _WHITE_TEXT.search((attributes.get("style") or "")[:LONGEST_STYLE])
    )
    if not white or not ("color" in attributes or "style" in attributes):
        return False
    around: LexborNode | None = node
    for _ in range(DEEPEST_COLOUR):
        if around is None or around.tag in (None, "html"):
            return True
        if _colour(around):
            return False
        around = around.parent
    return True


@dataclass(frozen=True, slots=True)
class _Classes:
    """Style classes that hide, and that strike out."""

    hidden: frozenset[str]
    struck: frozenset[str]


def _classes(tree: LexborHTMLParser) -> _Classes:
    sheets = " ".join((node.text() or "")[:20_000] for node in tree.css("style")[:20])
    rules = _CLASS_RULE.findall(sheets)
    return _Classes(
        frozenset(name for name, rule in rules if _HIDDEN.search(rule)),
        frozenset(name for name, rule in rules if _LINE_THROUGH.search(rule)),
    )


def _is_struck(node: LexborNode, tag: str, classes: _Classes) -> bool:
    attributes = node.attributes
    names = (attributes.get("class") or "").split()
    style = (attributes.get("style") or "")[:LONGEST_STYLE]
    return tag in _STRUCK or not classes.struck.isdisjoint(names) or bool(_LINE_THROUGH.search(style))


def _colour(node: LexborNode) -> str:
    """The colour behind a row or a cell; nothing for a white one."""
    found = _COLOUR.search((node.attributes.get("style") or "")[:LONGEST_STYLE])
    colour = (node.attributes.get("bgcolor") or (found[1] if found else "") or "").strip().lower()[:40]
    return "" if colour in _WHITE else colour


def _squeeze(parts: list[str]) -> str:
    text = "".join(parts).replace("\xa0", " ")
    return re.sub(r" {2,}", "  ", re.sub(r"[\t\r\n\f\v]+", " ", text)).strip()
