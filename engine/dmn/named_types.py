"""Item definitions as types of FEEL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from engine.dmn.model import Definitions, ItemDefinition, Parameter
from engine.feel import Type
from engine.feel.types import ANY, BUILT_IN

MODELS = 512
"""How many files have their types at hand at a time."""

_OTHER_NAMES = {
    "integer": "number",
    "long": "number",
    "double": "number",
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
}
"""Types as DMN 1.1 and modelers call them, with their names in FEEL."""


def built_in(type_ref: str) -> str:
    """The FEEL name of a type that needs no definition; empty for any other."""
    name = _OTHER_NAMES.get(type_ref, type_ref)
    return name if name in BUILT_IN else ""


class NamedTypesOf(Mapping[str, Type]):
    """The types a file can name: its own, and those of imports behind the name of the import.

    They are what a value is made of; which values are allowed is not looked at (the standard
    leaves `instance of` blind to it, DMN 1.5 §10.3.2.9.3).
    """

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self._known: dict[str, Type] = {}

    def __getitem__(self, name: str) -> Type:
        """The type `name`. Raises `KeyError`."""
        known = self._known.get(name)
        if known is None:
            item = item_named(name, self.definitions)
            if item is None:
                raise KeyError(name)
            known = self._type_of(item, name[: len(name) - len(item.name)])
            self._known[name] = known
        return known

    def __iter__(self) -> Iterator[str]:
        return iter(self.definitions.types)

    def __len__(self) -> int:
        return len(self.definitions.types)

    def referred(self, type_ref: str, around: str = "") -> Type:
        """The type behind a `typeRef` of the file imported as `around`, Any if there is none."""
        name = built_in(type_ref)
        if name:
            return Type(offset=0, name=name)
        name = around + type_ref
        known = bool(type_ref) and item_named(name, self.definitions) is not None
        return Type(offset=0, name=name) if known else ANY

    def _type_of(self, item: ItemDefinition, around: str) -> Type:
        single = self._single(item, around)
        return Type(offset=0, name="list", items=(single,)) if item.is_collection else single

    def _single(self, item: ItemDefinition, around: str) -> Type:
        if item.function is not None:
            return self.function(item.function.parameters, item.function.result, around)
        if not item.components:
            return self.referred(item.type_ref, around)
        entries = tuple((one.name, self._type_of(one, around)) for one in item.components)
        return Type(offset=0, name="context", entries=entries)

    def function(self, parameters: Iterable[Parameter], result: str, around: str = "") -> Type:
        """The type of functions that take `parameters` and give `result`."""
        return Type(
            offset=0,
            name="function",
            items=tuple(self.referred(one.type_ref, around) for one in parameters),
            result=self.referred(result, around),
        )


@lru_cache(maxsize=MODELS)
def named_types(definitions: Definitions) -> NamedTypesOf:
    """The types a file can name, made once."""
    return NamedTypesOf(definitions)


def item_named(name: str, definitions: Definitions) -> ItemDefinition | None:
    """The item definition `name`, or `import.name` of an imported file."""
    found, _ = home_of(name, definitions)
    return found


def home_of(name: str, definitions: Definitions) -> tuple[ItemDefinition | None, Definitions]:
    """An item definition and the file it stands in."""
    waiting = [(name, definitions)]
    seen: set[tuple[str, str]] = set()
    while waiting:
        wanted, home = waiting.pop()
        if wanted in home.types:
            return home.types[wanted], home
        if (wanted, home.namespace) in seen:
            continue
        seen.add((wanted, home.namespace))
        for imported in home.imports:
            prefix = f"{imported.name}." if imported.name else ""
            following = home.imported.get(imported.namespace)
            if following is not None and wanted.startswith(prefix):
                waiting.append((wanted.removeprefix(prefix), following))
    return None, definitions
