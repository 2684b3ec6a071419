"""The calendar API as its discovery document tells it: which requests there are, and what may be in them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs, unquote

Json = dict[str, Any]

SCOPE = "https://www.googleapis.com/auth/"
SERVICE = "calendar-json.googleapis.com"
STAMP = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)?")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


class ApiError(Exception):
    """What Google says instead of an answer."""

    def __init__(
        self,
        status: int,
        reason: str,
        message: str,
        *,
        domain: str = "global",
        location: str = "",
        kind: str = "parameter",
        headers: Mapping[str, str] | None = None,
        details: str = "",
        headline: str = "",
    ) -> None:
        super().__init__(message)
        self.status, self.headers = status, dict(headers or {})
        error = {"domain": domain, "reason": reason, "message": message}
        if location:
            error |= {"locationType": kind, "location": location}
        told: Json = {"errors": [error], "code": status, "message": headline or message}
        if details:
            # Newer errors have these too, and the library then hands on nothing else as `error_details`.
            info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": details}
            told["details"] = [{**info, "domain": "googleapis.com", "metadata": {"service": SERVICE}}]
            told["status"] = "UNAUTHENTICATED" if status == 401 else "PERMISSION_DENIED"
        self.body: Json = {"error": told}


class UnsupportedError(Exception):
    """Something that Google can do and this server cannot."""


def invalid(message: str, location: str = "", reason: str = "invalid") -> ApiError:
    return ApiError(400, reason, message, location=location)


def not_found() -> ApiError:
    return ApiError(404, "notFound", "Not Found")


@dataclass(frozen=True)
class Method:
    """One request of the API."""

    id: str
    verb: str
    pattern: re.Pattern[str]
    parameters: Json
    request: str | None
    response: str | None
    scopes: frozenset[str]


@dataclass(frozen=True)
class Call:
    """A request that the document allows, by somebody with a token."""

    method: Method
    params: Json
    body: Json
    if_match: str | None
    account: str
    client: str
    scopes: frozenset[str]

    @property
    def granted(self) -> frozenset[str]:
        """The scopes of the token that the method takes, without their common start."""
        return frozenset(scope.removeprefix(SCOPE) for scope in self.scopes & self.method.scopes)


@dataclass(frozen=True)
class Document:
    """The discovery document, and the checks that follow from it."""

    methods: tuple[Method, ...]
    common: Json
    schemas: Json
    batch: str
    base: str
    scopes: frozenset[str] = field(default_factory=frozenset)

    def find(self, verb: str, path: str) -> tuple[Method, dict[str, str]] | None:
        """The method of a request, and what its path says."""
        for method in self.methods:
            found = method.pattern.fullmatch(path)
            if method.verb == verb and found:
                return method, {name: unquote(value) for name, value in found.groupdict().items()}
        return None

    def query(self, method: Method, query: str) -> Json:
        """The parameters behind the question mark, each as its type."""
        try:
            told = parse_qs(query, keep_blank_values=True, strict_parsing=bool(query), errors="strict")
        except ValueError:
            raise invalid("Invalid query string.", reason="badRequest") from None
        known = {name: rule for name, rule in method.parameters.items() if rule["location"] == "query"}
        known |= self.common
        for name in told.keys() - known.keys():
            message = f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter.'
            raise invalid(message, name, "badRequest")
        for name, rule in known.items():
            if rule.get("required") and name not in told:
                raise invalid(f"Required parameter: {name}", name, "required")
        return {name: self._values(known[name], name, values) for name, values in told.items()}

    def _values(self, rule: Json, name: str, values: list[str]) -> object:
        taken = [_value(rule, name, value) for value in values]
        if rule.get("repeated"):
            return taken
        if len(taken) > 1:
            raise invalid(f"Parameter {name} may not be repeated.", name, "invalidParameter")
        return taken[0]

    def body(self, method: Method, raw: bytes, content_type: str) -> Json:
        """The body of a request, in which nothing is unknown and all is of its type."""
        if method.request is None:
            if raw:
                raise invalid("This method takes no body.", reason="badRequest")
            return {}
        if not content_type.partition(";")[0].strip().lower().endswith("json"):
            raise invalid(f"Media type {content_type!r} is not supported.", reason="badContent")
        try:
            told = json.loads(raw)
        except ValueError:
            raise invalid("Parse Error", reason="parseError") from None
        self.check({"$ref": method.request}, told, method.request[0].lower() + method.request[1:])
        return dict(told)

    def check(self, rule: Json, value: object, where: str) -> None:
        """Refuses what the schema does not allow at this place; a field that is null is as good as absent."""
        if "$ref" in rule:
            rule = self.schemas[rule["$ref"]]
        kind = rule.get("type", "any")
        if not _fits(kind, rule.get("format", ""), value):
            raise invalid(f"Invalid value at '{where}' ({kind}), {json.dumps(value)[:80]}", where)
        if isinstance(value, list):
            for number, inner in enumerate(value):
                self.check(rule["items"], inner, f"{where}[{number}]")
        elif isinstance(value, dict) and kind == "object":
            known = rule.get("properties", {})
            for name, inner in value.items():
                one = known.get(name, rule.get("additionalProperties"))
                if one is None:
                    message = f"Invalid JSON payload received. Unknown name \"{name}\" at '{where}': Cannot find field."
                    raise invalid(message, where, "badRequest")
                if inner is not None:
                    self.check(one, inner, f"{where}.{name}")
        elif "enum" in rule and value not in rule["enum"]:
            raise invalid(f"Invalid value at '{where}', {value!r}", where)

    def select(self, method: Method, fields: str, answer: Json) -> Json:
        """The part of an answer that `fields` asks for."""
        tree = _Selection(fields).tree()
        self._known({"$ref": method.response}, tree, fields)
        return dict(_picked(tree, answer))

    def _known(self, rule: Json, tree: Json, fields: str) -> None:
        while "$ref" in rule or "items" in rule:
            rule = self.schemas[rule["$ref"]] if "$ref" in rule else rule["items"]
        for name, inner in tree.items():
            one = rule.get("properties", {}).get(name, rule.get("additionalProperties"))
            if name != "*" and one is None:
                raise invalid(f"Invalid field selection {name}", "fields", "invalidParameter")
            if name != "*":
                self._known(one, inner, fields)


def _fits(kind: str, form: str, value: object) -> bool:
    match kind:
        case "object":
            return isinstance(value, dict)
        case "array":
            return isinstance(value, list)
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**31
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "string":
            return isinstance(value, str) and _formed(form, value)
        case _:
            return True


def _formed(form: str, value: str) -> bool:
    try:
        if form == "date":
            return bool(DAY.fullmatch(value) and date.fromisoformat(value))
        if form == "date-time":
            return bool(STAMP.fullmatch(value) and datetime.fromisoformat(value.upper()))
    except ValueError:
        return False
    return True


def _value(rule: Json, name: str, text: str) -> object:
    """One value of the query, as the type that the document gives it."""
    refused = invalid(f"Invalid value '{text}' for {name}.", name, "invalidParameter")
    match rule["type"]:
        case "boolean":
            if text.lower() not in {"true", "false"}:
                raise refused
            return text.lower() == "true"
        case "integer":
            if not re.fullmatch(r"-?\d{1,10}", text):
                raise refused
            low, high = int(rule.get("minimum", -(2**31))), int(rule.get("maximum", 2**31 - 1))
            if not low <= int(text) <= high:
                message = f"Invalid value '{text}'. Values must be within the range: [{low}, {high}]"
                raise invalid(message, name, "invalidParameter")
            return int(text)
    if text not in rule.get("enum", [text]) or not _formed(rule.get("format", ""), text):
        raise refused
    if rule.get("format") == "date-time" and datetime.fromisoformat(text.upper()).tzinfo is None:
        raise refused
    return text


class _Selection:
    """Reads `items(id,start/date),nextPageToken`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[str] = re.findall(r"[A-Za-z0-9_*-]+|[(),/]", text)
        if "".join(self.tokens) != text.replace(" ", ""):
            raise self._refused()

    def _refused(self) -> ApiError:
        return invalid(f"Invalid field selection {self.text}", "fields", "invalidParameter")

    def _take(self) -> str:
        if not self.tokens:
            raise self._refused()
        return self.tokens.pop(0)

    def tree(self) -> Json:
        found = self._list()
        if self.tokens:
            raise self._refused()
        return found

    def _list(self) -> Json:
        found: Json = {}
        while True:
            name, inner = self._one()
            found[name] = found.get(name, {}) | inner
            if self.tokens[:1] != [","]:
                return found
            self._take()

    def _one(self) -> tuple[str, Json]:
        name = self._take()
        if name in "(),/":
            raise self._refused()
        if self.tokens[:1] == ["/"]:
            self._take()
            return name, dict([self._one()])
        if self.tokens[:1] == ["("]:
            self._take()
            inner = self._list()
            if self._take() != ")":
                raise self._refused()
            return name, inner
        return name, {}


def _picked(tree: Json, value: Any) -> Any:
    if not tree or "*" in tree:
        return value
    if isinstance(value, list):
        return [_picked(tree, one) for one in value]
    return {name: _picked(inner, value[name]) for name, inner in tree.items() if name in value}


def _methods(resources: Json, base: str) -> list[Method]:
    found = []
    for resource in resources.values():
        for told in resource.get("methods", {}).values():
            path = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(base + told["path"]))
            method = Method(
                id=told["id"],
                verb=told["httpMethod"],
                pattern=re.compile(path),
                parameters=told.get("parameters", {}),
                request=told.get("request", {}).get("$ref"),
                response=told.get("response", {}).get("$ref"),
                scopes=frozenset(told.get("scopes", ())),
            )
            found.append(method)
        found += _methods(resource.get("resources", {}), base)
    return found


@cache
def document() -> Document:
    """The document that Google's own client carries."""
    path = files("googleapiclient").joinpath("discovery_cache/documents/calendar.v3.json")
    told = json.loads(path.read_text("utf-8"))
    # Fixed paths come first: "events/import" is no event of the name "import".
    methods = sorted(_methods(told["resources"], told["basePath"]), key=lambda one: one.pattern.groups)
    return Document(
        methods=tuple(methods),
        common=told["parameters"],
        schemas=told["schemas"],
        batch="/" + told["batchPath"],
        base=told["basePath"],
        scopes=frozenset(told["auth"]["oauth2"]["scopes"]),
    )
