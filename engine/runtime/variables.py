"""The variables of an instance by scope, as in Camunda 8: read up the chain, written downward.

A scope is the instance itself (id `""`), a sub-process, a multi-instance body or child, or an
activity with local variables. Values stay encoded until somebody reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from engine.feel import decode, encode

ROOT = ""
"""The scope id of the instance itself."""


class Scope:
    """The variables of one scope, decoded when read; knows which of them changed."""

    def __init__(self, encoded: Mapping[str, str] | None = None) -> None:
        self._encoded: dict[str, str] = dict(encoded or {})
        self._values: dict[str, object] = {}
        self.changed: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return name in self._values or name in self._encoded

    def __getitem__(self, name: str) -> object:
        if name not in self._values:
            self._values[name] = decode(self._encoded[name])
        return self._values[name]

    def __setitem__(self, name: str, value: object) -> None:
        self._values[name] = value
        self.changed.add(name)

    def __iter__(self) -> Iterator[str]:
        yield from self._encoded
        yield from (name for name in self._values if name not in self._encoded)

    def changes(self) -> Iterator[tuple[str, str]]:
        """Name and encoded value of every variable that is new or has another value."""
        for name in sorted(self.changed):
            text = encode(self._values[name])
            if self._encoded.get(name) != text:
                self._encoded[name] = text
                yield name, text
        self.changed.clear()


class Variables:
    """All open scopes of one instance."""

    def __init__(self, scopes: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self._scopes = {key: Scope(names) for key, names in (scopes or {}).items()}
        self._scopes.setdefault(ROOT, Scope())
        self.closed: list[str] = []

    def open(self, scope_id: str) -> Scope:
        """The scope, made if it is not there yet."""
        return self._scopes.setdefault(scope_id, Scope())

    def close(self, scope_id: str) -> None:
        """The scope is over; its variables stay to be read by a person, not by expressions."""
        if scope_id != ROOT and scope_id in self._scopes:
            self.closed.append(scope_id)

    def view(self, chain: Sequence[str]) -> View:
        """What an expression sees from the scope `chain[0]`, inner scopes first."""
        return View([self._scopes[key] for key in chain if key in self._scopes])

    def set_local(self, scope_id: str, values: Mapping[str, object]) -> None:
        """Set variables in the scope itself."""
        scope = self.open(scope_id)
        for name, value in values.items():
            scope[name] = value

    def merge(self, chain: Sequence[str], values: Mapping[str, object]) -> None:
        """Set each variable in the innermost scope that has it, else in the instance."""
        for name, value in values.items():
            owner = next(
                (key for key in chain if key in self._scopes and name in self._scopes[key]), ROOT
            )
            self.open(owner)[name] = value

    def changes(self) -> Iterator[tuple[str, str, str]]:
        """Scope, name and encoded value of everything that changed."""
        for scope_id, scope in self._scopes.items():
            for name, text in scope.changes():
                yield scope_id, name, text

    @property
    def root(self) -> Scope:
        return self._scopes[ROOT]

    def root_changed(self) -> bool:
        return bool(self._scopes[ROOT].changed)


class View(Mapping[str, Any]):
    """The variables visible from a scope, as a read-only mapping; inner ones hide outer ones."""

    def __init__(self, scopes: Sequence[Scope]) -> None:
        self._visible = scopes

    def __getitem__(self, name: str) -> object:
        for scope in self._visible:
            if name in scope:
                return scope[name]
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and any(name in scope for scope in self._visible)

    def __iter__(self) -> Iterator[str]:
        seen: set[str] = set()
        for scope in self._visible:
            for name in scope:
                if name not in seen:
                    seen.add(name)
                    yield name

    def __len__(self) -> int:
        return sum(1 for _ in self)


def put(target: dict[str, object], path: str, value: object) -> None:
    """Set `value` at a dotted path of a context, making the contexts on the way."""
    *parents, last = path.split(".")
    for name in parents:
        inner = target.get(name)
        inner = dict(inner) if isinstance(inner, Mapping) else {}
        target[name] = inner
        target = inner
    target[last] = value


def merged(old: object, new: object) -> object:
    """`new` laid over `old`: contexts entry by entry, everything else replaced."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        both: dict[str, object] = dict(old)
        for name, value in new.items():
            both[name] = merged(both.get(name), value)
        return both
    return new


def picked(view: Mapping[str, object], names: Iterable[str]) -> dict[str, object]:
    """The values of `names` that are there: what an expression read, for an incident."""
    return {name: view[name] for name in sorted(names) if name in view}
