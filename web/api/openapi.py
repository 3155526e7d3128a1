"""What the interface offers, as OpenAPI: made from the addresses themselves."""

from __future__ import annotations

import re

from flask import Response, current_app, jsonify

from web.api.room import room
from web.api.schemas import taken_by
from web.security import guard_of, public

PROBLEMS = {
    "400": "the body is not what is expected",
    "401": "sign in, or give login and password",
    "403": "not permitted",
    "404": "there is no such thing",
    "409": "somebody else was first; nothing was changed",
    "422": "refused; `errors` or `findings` say why",
}
SAFE = ("HEAD", "OPTIONS")


@room.get("/api/openapi.json")
@public
def openapi() -> Response:
    """The description of every address below /api/v1."""
    paths: dict[str, dict[str, object]] = {}
    for rule in current_app.url_map.iter_rules():
        if not rule.rule.startswith("/api/v1/"):
            continue
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for method in sorted(set(rule.methods or ()) - set(SAFE)):
            paths.setdefault(path, {})[method.lower()] = _operation(rule.endpoint, path, method)
    return jsonify(
        openapi="3.1.0",
        info={"title": "诚信 Chengxin", "version": "1"},
        paths=paths,
        components={
            "securitySchemes": {
                "basic": {"type": "http", "scheme": "basic"},
                "session": {"type": "apiKey", "in": "cookie", "name": "chengxin"},
            },
            "schemas": {"Problem": _PROBLEM},
        },
        security=[{"basic": []}, {"session": []}],
    )


def _operation(endpoint: str, path: str, method: str) -> dict[str, object]:
    view = current_app.view_functions[endpoint]
    guard = guard_of(view)
    operation: dict[str, object] = {
        "operationId": endpoint.partition(".")[2],
        "summary": (view.__doc__ or view.__name__.replace("_", " ")).strip().splitlines()[0],
        "description": "one of: " + ", ".join(guard.permissions if guard else ()),
        "parameters": [
            {
                "name": name,
                "in": "path",
                "required": True,
                "schema": {"type": "integer" if name == "key" else "string"},
            }
            for name in re.findall(r"{(\w+)}", path)
        ],
        "responses": {
            "2XX": {"description": "done"},
            **{
                status: {
                    "description": text,
                    "content": {
                        "application/problem+json": {
                            "schema": {"$ref": "#/components/schemas/Problem"}
                        }
                    },
                }
                for status, text in PROBLEMS.items()
            },
        },
    }
    if method != "GET":
        operation["requestBody"] = {"content": {"application/json": {"schema": taken_by(view)}}}
    return operation


_PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object"}},
        "findings": {"type": "array", "items": {"type": "object"}},
    },
}
