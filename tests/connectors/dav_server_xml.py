"""The XML that the tests' CalDAV server reads and writes, in the various spellings of real servers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

D, C = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
CS, SABRE = "{http://calendarserver.org/ns/}", "{http://sabredav.org/ns}"

Style = Literal["usual", "odd", "default", "local"]
Encoding = Literal["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"]

PREFIXES: Mapping[Style, Mapping[str, str]] = {
    "usual": {"DAV:": "d", C[1:-1]: "c", CS[1:-1]: "cs", SABRE[1:-1]: "s"},
    "odd": {"DAV:": "ns-0.x", C[1:-1]: "D", CS[1:-1]: "d", SABRE[1:-1]: "_"},
    "default": {"DAV:": "", C[1:-1]: "CAL", CS[1:-1]: "CS", SABRE[1:-1]: "S"},
}
"""What each namespace is called; in the style "local" every element declares its own as the default."""


@dataclass(frozen=True, slots=True)
class Node:
    """One element, and what is in it."""

    tag: str
    inside: tuple[Node | str, ...] = ()
    name: str = ""
    """The attribute of that name, the only one that any element here has."""


def node(tag: str, *inside: Node | str, name: str = "") -> Node:
    return Node(tag, inside, name)


Way = Literal["escaped", "cdata", "folded"]
"""How the text of an object stands in the document; folded is by bytes, also within a letter."""


def document(root: Node, style: Style, encoding: Encoding, way: Way = "escaped") -> bytes:
    """The element as a whole document; what the encoding cannot hold becomes a character reference."""
    spaces = "".join(
        f' xmlns{":" if prefix else ""}{prefix}="{space}"'
        for space, prefix in PREFIXES.get(style, {}).items()
    )
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    text = f'<?xml version="1.0" encoding="{name}"?>\n' + "".join(_pieces(root, style, way, spaces))
    return text.encode(encoding, "surrogateescape" if way == "folded" else "xmlcharrefreplace")


def _pieces(one: Node | str, style: Style, way: Way, spaces: str = "") -> Iterator[str]:
    if isinstance(one, str):
        yield _escaped(one)
        return
    space, local = one.tag[1:].split("}")
    prefixes = PREFIXES.get(style)
    if prefixes is None:
        name, spaces = local, f' xmlns="{space}"'
    else:
        name = f"{prefixes[space]}:{local}" if prefixes[space] else local
    given = f' name="{escape(one.name)}"' if one.name else ""
    yield f"<{name}{spaces}{given}>"
    for inner in one.inside:
        if one.tag == f"{C}calendar-data" and isinstance(inner, str):
            yield _of_an_object(inner, way)
        else:
            yield from _pieces(inner, style, way)
    yield f"</{name}>"


def _escaped(text: str) -> str:
    # A bare carriage return would be read as a line feed.
    return escape(text, {"\r": "&#13;"})


def _of_an_object(text: str, way: Way) -> str:
    if way == "cdata":
        quoted = text.replace("]]>", "]]]]><![CDATA[>")
        return f"<!-- as it is --><![CDATA[{quoted}]]><!-- was -->"
    if way == "folded":
        folded = re.sub(rb"([\xc2-\xf4])(?=[\x80-\xbf])", rb"\1\r\n ", _escaped(text).encode())
        return folded.decode("utf-8", "surrogateescape")
    return _escaped(text)


def parsed(body: bytes) -> ET.Element | None:
    """What a request says; None where it says nothing."""
    return ET.fromstring(body) if body.strip() else None


def names_in(tree: ET.Element | None, path: str) -> list[str]:
    """The names of the elements inside `path`."""
    return [] if tree is None else [one.tag for one in tree.iterfind(f"{path}/*")]


def texts_in(tree: ET.Element | None, path: str) -> dict[str, str]:
    """The texts of the elements inside `path`, by name."""
    return {} if tree is None else {one.tag: one.text or "" for one in tree.iterfind(f"{path}/*")}


def status(code: int) -> Node:
    return node(f"{D}status", f"HTTP/1.1 {code} Told So")


def response(href: str, found: list[Node], missing: list[str] | None = None) -> Node:
    """What is known of one resource, and which of the properties asked for it has not."""
    told = [node(f"{D}propstat", node(f"{D}prop", *found), status(200))] if found or not missing else []
    lacking = [node(tag) for tag in missing or ()]
    lacks = [node(f"{D}propstat", node(f"{D}prop", *lacking), status(404))] if lacking else []
    return node(f"{D}response", node(f"{D}href", href), *told, *lacks)


def lone(href: str, code: int, *more: Node) -> Node:
    """One resource of which there is only a status."""
    return node(f"{D}response", node(f"{D}href", href), status(code), *more)
