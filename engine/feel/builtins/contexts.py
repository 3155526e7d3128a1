"""Functions of contexts (DMN 1.5, 10.3.4.10), and questions whether something is there."""

from __future__ import annotations

from engine.feel.builtins.registry import Family, Work
from engine.feel.errors import ArgumentDoesNotFit, DuplicateEntry, NoSuchEntry, NotAsAsserted
from engine.feel.values import type_name

FUNCTIONS = Family()


@FUNCTIONS.add(
    "get value(m: context, key: string)",
    "get value(context: context, key: string)",
    work=Work.NOTHING,
)
def get_value(context: dict[str, object], key: str) -> object:
    if key not in context:
        raise NoSuchEntry(name=key, found="context")
    return context[key]


@FUNCTIONS.add("get value(context: context, keys: list)", work=Work.NOTHING)
def get_value_at(context: dict[str, object], keys: list[object]) -> object:
    """The value at a path. Raises `ArgumentDoesNotFit` for one without keys, `NoSuchEntry`."""
    if not keys:
        raise _not_fitting("get value", "keys", "list<string>", keys)
    value: object = context
    for key in keys:
        if not isinstance(key, str):
            raise _not_fitting("get value", "keys", "list<string>", keys)
        if not isinstance(value, dict) or key not in value:
            raise NoSuchEntry(name=key, found=type_name(value))
        value = value[key]
    return value


@FUNCTIONS.add("get entries(m: context)", "get entries(context: context)")
def get_entries(context: dict[str, object]) -> list[object]:
    return [{"key": key, "value": value} for key, value in context.items()]


@FUNCTIONS.add("context(entries: list)")
def context(entries: list[object]) -> dict[str, object]:
    """A context of `{key, value}` entries; a key may stand only once."""
    result: dict[str, object] = {}
    for entry in entries:
        if not isinstance(entry, dict) or "value" not in entry or "key" not in entry:
            raise _not_fitting("context", "entries", "list<context<key, value>>", entry)
        key = entry["key"]
        if not isinstance(key, str):
            raise _not_fitting("context", "key", "string", key)
        if key in result:
            raise DuplicateEntry(name=key)
        result[key] = entry["value"]
    return result


@FUNCTIONS.add("context put(context: context, key: string, value: any)")
def context_put(context: dict[str, object], key: str, value: object) -> dict[str, object]:
    return {**context, key: value}


@FUNCTIONS.add("context put(context: context, keys: list, value: any)")
def context_put_at(
    context: dict[str, object], keys: list[object], value: object
) -> dict[str, object]:
    """Puts a value at a path; contexts on the way are made where they are missing."""
    key, rest = keys[0] if keys else None, keys[1:]
    if not isinstance(key, str):
        raise _not_fitting("context put", "keys", "list<string>", keys)
    if not rest:
        return {**context, key: value}
    inner = context.get(key, {})
    if not isinstance(inner, dict):
        raise _not_fitting("context put", "keys", "context", inner)
    return {**context, key: context_put_at(inner, rest, value)}


@FUNCTIONS.add("context merge(contexts: list)", work=Work.DEEP)
def context_merge(contexts: list[object]) -> dict[str, object]:
    """Entries of later contexts win."""
    merged: dict[str, object] = {}
    for item in contexts:
        if not isinstance(item, dict):
            raise _not_fitting("context merge", "contexts", "list<context>", item)
        merged.update(item)
    return merged


@FUNCTIONS.add("is defined(value: any)", work=Work.NOTHING)
def is_defined(value: object) -> bool:
    """Whether there is a value; a missing variable or entry is no fault here."""
    return value is not None


@FUNCTIONS.add("get or else(value: any, default: any)", work=Work.NOTHING)
def get_or_else(value: object, default: object) -> object:
    """`value`, or `default` if it is null or missing."""
    return default if value is None else value


@FUNCTIONS.add("assert(value: any, condition: any, cause?: string?)", work=Work.NOTHING)
def assert_(value: object, condition: object, cause: str | None = None) -> object:
    """`value` if the condition is true; else null with a warning that gives the cause."""
    if condition is not True:
        raise NotAsAsserted(cause=cause or "assert")
    return value


def _not_fitting(function: str, parameter: str, expected: str, found: object) -> ArgumentDoesNotFit:
    return ArgumentDoesNotFit(
        function=function, parameter=parameter, expected=expected, found=type_name(found)
    )
