"""A form with data in it: every component at its place, its value, and whether it is in force.

Whether a component is hidden or read-only depends on the values, and the values depend on what is
hidden; `Filling` goes over the form until nothing changes any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from engine.errors import Language
from engine.feel import Environment
from engine.forms.components import (
    Choice,
    Component,
    DynamicList,
    ExpressionField,
    Field,
    Group,
)
from engine.forms.convert import empty_value, read_value
from engine.forms.errors import BadValue
from engine.forms.options import find_option, options_of
from engine.forms.paths import MISSING, Key, Path, as_rows, dig, drop, put
from engine.forms.scope import Scope

ROW = "_row"
"""Key of a submitted row that says which row (from 0) of the variable it was before."""

MAX_ROWS = 500
MAX_PASSES = 8

Data = Mapping[str, object]


@dataclass(slots=True, kw_only=True)
class Slot:
    """A component at its place in the data."""

    component: Component
    key: Key
    path: Path
    raw: object = MISSING
    given: object = MISSING
    known: object = None
    fault: BadValue | None = None
    hidden: bool = False
    locked: bool = False
    value: object = None
    scope: Scope
    children: list[Slot] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def everything(self) -> Iterator[Slot]:
        """This slot and all below it, in form order."""
        yield self
        for child in self.children:
            yield from child.everything()
        for row in self.rows:
            for slot in row.slots:
                yield from slot.everything()


@dataclass(slots=True, kw_only=True)
class Row:
    """A row of a dynamic list; `known` is the row of the variable it was before, if it was one."""

    origin: int | None
    known: Data
    slots: list[Slot]


class Filling:
    """The components of a form filled from what was submitted and what the server knows.

    `submitted` is nested; a key that is absent keeps the value of `context`, else the default.
    """

    def __init__(
        self,
        components: Iterable[Component],
        *,
        submitted: Data,
        context: Data,
        environment: Environment,
        language: Language = "zh",
    ) -> None:
        self.context = context
        self.environment = environment
        self.language: Language = language
        root = Scope.of_root(context, environment, language)
        self.slots = self._slots(components, submitted, context, root, ())
        self.data: dict[str, object] = {}
        self.scope = root
        self._settle()

    def everything(self) -> Iterator[Slot]:
        """Every slot, hidden ones too, in form order."""
        for slot in self.slots:
            yield from slot.everything()

    def result(self) -> dict[str, object]:
        """What the form submits: nested, without hidden and disabled fields.

        A context that the form only knows in part keeps what the form does not know of it.
        """
        names = {
            str(slot.path[0])
            for slot in _fields_of_record(self.slots)
            if not slot.hidden and not _is_disabled(slot)
        }
        data: dict[str, object] = {
            name: self.context[name]
            for name in names
            if isinstance(self.context.get(name), Mapping)
        }
        _collect(self.slots, data, submit=True)
        return {name: value for name, value in data.items() if name in names}

    # ------------------------------------------------------------------------------------ building

    def _slots(
        self,
        components: Iterable[Component],
        raw: object,
        known: object,
        scope: Scope,
        around: Path,
    ) -> list[Slot]:
        slots = []
        for component in components:
            match component:
                case Group():
                    slot = self._group(component, raw, known, scope, around)
                case DynamicList():
                    slot = self._list(component, raw, known, scope, around)
                case Field():
                    slot = self._field(component, raw, known, scope, around)
                case _:
                    path = (*around, component.id)
                    slot = Slot(component=component, key=(), path=path, scope=scope)
            slots.append(slot)
        return slots

    def _group(self, group: Group, raw: object, known: object, scope: Scope, around: Path) -> Slot:
        path = (*around, *group.path)
        inner, inner_known = dig(raw, group.path), dig(known, group.path)
        slot = Slot(component=group, key=group.path, path=path or (*around, group.id), scope=scope)
        slot.children = self._slots(group.children, inner, inner_known, scope, path)
        return slot

    def _list(
        self, component: DynamicList, raw: object, known: object, scope: Scope, around: Path
    ) -> Slot:
        path = (*around, *component.path)
        submitted = dig(raw, component.path)
        before = dig(known, component.path)
        known_rows = [_context(row) for row in as_rows(before)]
        slot = Slot(component=component, key=component.path, path=path, raw=submitted, scope=scope)
        for index, (row, origin) in enumerate(_rows_of(component, submitted, before)):
            own = known_rows[origin] if origin is not None else {}
            inner = scope.of_row(self.context, own, index)
            slots = self._slots(component.children, row, own, inner, (*path, index))
            slot.rows.append(Row(origin=origin, known=own, slots=slots))
        return slot

    def _field(
        self, component: Field, raw: object, known: object, scope: Scope, around: Path
    ) -> Slot:
        slot = Slot(
            component=component,
            key=component.key,
            path=(*around, *component.key),
            raw=dig(raw, component.key),
            scope=scope,
        )
        slot.known = _known_value(component, dig(known, component.key), scope)
        slot.value = slot.known
        if slot.raw is not MISSING:
            try:
                slot.given = read_value(component, slot.raw)
            except BadValue as fault:
                slot.fault = fault
                slot.given = empty_value(component)
        return slot

    # ------------------------------------------------------------------------------------ settling

    def _settle(self) -> None:
        for _ in range(MAX_PASSES):
            self.data = dict(self.context)
            _collect(self.slots, self.data, submit=False)
            self.scope = Scope.of_root(self.data, self.environment, self.language)
            if not self._assess(self.slots, self.scope, hidden=False):
                break

    def _assess(self, slots: list[Slot], scope: Scope, *, hidden: bool) -> bool:
        changed = False
        for slot in slots:
            slot.scope = scope
            hide = slot.component.hide
            now_hidden = hidden or (hide is not None and scope.holds(hide))
            changed |= now_hidden != slot.hidden
            slot.hidden = now_hidden
            if isinstance(slot.component, Field):
                changed |= self._assess_field(slot, slot.component, scope)
            changed |= self._assess(slot.children, scope, hidden=now_hidden)
            for index, row in enumerate(slot.rows):
                inner = scope.of_row(self.data, self._row_data(row), index)
                changed |= self._assess(row.slots, inner, hidden=now_hidden)
        return changed

    def _assess_field(self, slot: Slot, component: Field, scope: Scope) -> bool:
        before = slot.value
        if isinstance(component, ExpressionField):
            slot.locked = True
            formula = component.formula
            slot.value = scope.evaluate(formula) if formula is not None else None
            return not _same(before, slot.value)
        slot.locked = component.disabled or component.readonly.value(scope) is True
        given = slot.known if slot.locked or slot.given is MISSING else slot.given
        slot.value = _as_option(component, given, scope)
        return not _same(before, slot.value)

    def _row_data(self, row: Row) -> dict[str, object]:
        data = dict(row.known)
        _collect(row.slots, data, submit=False)
        return data


def _known_value(component: Field, stated: object, scope: Scope) -> object:
    if stated is MISSING or stated is None:
        if component.default_formula is not None:
            stated = scope.evaluate(component.default_formula)
        else:
            stated = component.default
    if stated is None:
        return empty_value(component)
    try:
        return read_value(component, stated)
    except BadValue:
        return stated


def _as_option(component: Field, value: object, scope: Scope) -> object:
    """The option's own value for the text a page sent for it."""
    if not isinstance(component, Choice) or value is None:
        return value
    options = options_of(component, scope)
    if component.many:
        found = [(find_option(options, item), item) for item in as_rows(value)]
        return [option.value if option else item for option, item in found]
    option = find_option(options, value)
    return option.value if option else value


def _rows_of(
    component: DynamicList, submitted: object, before: object
) -> list[tuple[Data, int | None]]:
    """What was submitted for each row, and which row of the variable it was before."""
    known = len(as_rows(before))
    if submitted is not MISSING and component.may_change_rows:
        return _with_origins(as_rows(submitted)[:MAX_ROWS], known)
    if before is MISSING or before is None:
        sent = as_rows(submitted)[: component.default_rows]
        blank: list[object] = [{}] * (component.default_rows - len(sent))
        return [(_context(row), None) for row in [*sent, *blank]]
    sent = as_rows(submitted)
    return [(_context(sent[at]) if at < len(sent) else {}, at) for at in range(known)]


def _with_origins(rows: list[object], known: int) -> list[tuple[Data, int | None]]:
    """Rows with the row they were before: as they say (`_row`), each at most once."""
    contexts = [_context(row) for row in rows]
    says = any(ROW in row for row in contexts)
    used: set[int] = set()
    pairs: list[tuple[Data, int | None]] = []
    for index, row in enumerate(contexts):
        stated = str(row.get(ROW, "")) if says else str(index)
        origin = int(stated) if stated.isdecimal() and len(stated) < 6 else None
        if origin is not None and (origin >= known or origin in used):
            origin = None
        if origin is not None:
            used.add(origin)
        pairs.append((row, origin))
    return pairs


def _context(value: object) -> Data:
    return value if isinstance(value, Mapping) else {}


def _fields_of_record(slots: Iterable[Slot]) -> Iterator[Slot]:
    """Fields and lists outside of lists."""
    for slot in slots:
        if isinstance(slot.component, Group):
            yield from _fields_of_record(slot.children)
        elif isinstance(slot.component, Field | DynamicList):
            yield slot


def _collect(slots: Iterable[Slot], data: dict[str, object], *, submit: bool) -> None:
    """Write what is in force into `data`, which may hold values from before.

    Hidden values go first: two fields with one key may take turns.
    """
    placed = list(_placed(slots, ()))
    for key, slot in placed:
        if slot.hidden:
            drop(data, key)
    for key, slot in placed:
        if slot.hidden:
            continue
        if isinstance(slot.component, DynamicList):
            put(data, key, [_row_result(row, submit=submit) for row in slot.rows])
        elif not (submit and _is_disabled(slot)):
            put(data, key, slot.value)


def _placed(slots: Iterable[Slot], at: Key) -> Iterator[tuple[Key, Slot]]:
    for slot in slots:
        key = (*at, *slot.key)
        if isinstance(slot.component, Group):
            yield from _placed(slot.children, key)
        elif isinstance(slot.component, Field | DynamicList):
            yield key, slot


def _is_disabled(slot: Slot) -> bool:
    return isinstance(slot.component, Field) and slot.component.disabled


def _row_result(row: Row, *, submit: bool) -> dict[str, object]:
    data = dict(row.known)
    _collect(row.slots, data, submit=submit)
    return data


def _same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other
