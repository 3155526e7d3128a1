"""What a browser posts (names and texts) → nested submitted data; and its row buttons.

Names are dotted paths with row numbers: `party.name`, `acts[0].act_no`. A name posted empty beside
a checkbox or list says that the field was on the page, so that "nothing ticked" is not mistaken for
"not asked".
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Literal

from engine.forms.components import Choice, Component, DynamicList, Field, FilePicker, Group
from engine.forms.filling import MAX_ROWS, ROW
from engine.forms.form import Form
from engine.forms.paths import Key, Path, as_rows, dig, read_path, without_rows

ADD, REMOVE, REFRESH, IMPORT = "_add", "_remove", "_refresh", "_import"
"""Names of the buttons that change or redraw a form without submitting it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PageAction:
    """A button of the form itself was pressed: the page is to be shown again, nothing submitted."""

    kind: Literal["add", "remove", "refresh", "import"]
    path: Path = ()


def page_action(pairs: Iterable[tuple[str, str]]) -> PageAction | None:
    """The form's own button among what was posted; None means the form is really submitted."""
    for name, value in pairs:
        path = read_path(value)
        if name == ADD and path:
            return PageAction(kind="add", path=path)
        if name == REMOVE and path and isinstance(path[-1], int):
            return PageAction(kind="remove", path=path)
        if name == IMPORT and path:
            return PageAction(kind="import", path=path)
        if name in (ADD, REMOVE, REFRESH, IMPORT):
            return PageAction(kind="refresh")
    return None


def submitted_from_pairs(form: Form, pairs: Iterable[tuple[str, str]]) -> dict[str, object]:
    """Nested submitted data from posted pairs; names the form does not know are ignored."""
    kinds = dict(_kinds(form.components, ()))
    tree: dict[str | int, object] = {}
    for name, value in pairs:
        path = read_path(name)
        if path is None or isinstance(path[-1], int):
            continue
        key = without_rows(path)
        is_origin = path[-1] == ROW
        component = kinds.get(key[:-1] if is_origin else key)
        if component is None or not _rows_fit(path):
            continue
        if isinstance(component, DynamicList) and not is_origin:
            _open(tree, path)
        elif is_origin or not _takes_many(component):
            _at(tree, path[:-1])[path[-1]] = value
        else:
            items = _at(tree, path[:-1]).setdefault(path[-1], [])
            if value and isinstance(items, list):
                items.append(value)
    return {str(name): _listed(value) for name, value in tree.items()}


def change_rows(form: Form, submitted: dict[str, object], action: PageAction) -> dict[str, object]:
    """`submitted` after a row was added or removed; as it was for `refresh` and `import`.

    `submitted` must hold the list (pages post every row they show).
    """
    changed = deepcopy(submitted)
    if action.kind in ("refresh", "import"):
        return changed
    path = action.path if action.kind == "add" else action.path[:-1]
    component = dict(_kinds(form.components, ())).get(without_rows(path))
    if not isinstance(component, DynamicList) or not component.may_change_rows:
        return changed
    rows = as_rows(dig(changed, path))
    if action.kind == "add":
        rows.append({ROW: ""})
    else:
        index = action.path[-1]
        rows = [row for at, row in enumerate(rows) if at != index]
    holder = dig(changed, path[:-1])
    if isinstance(holder, dict):
        holder[path[-1]] = rows[:MAX_ROWS]
    return changed


def _kinds(components: Iterable[Component], around: Key) -> Iterable[tuple[Key, Component]]:
    for component in components:
        if isinstance(component, Group):
            yield from _kinds(component.children, around + component.path)
        elif isinstance(component, DynamicList):
            yield around + component.path, component
            yield from _kinds(component.children, around + component.path)
        elif isinstance(component, Field):
            yield around + component.key, component


def _takes_many(component: Component) -> bool:
    return isinstance(component, FilePicker) or (isinstance(component, Choice) and component.many)


def _rows_fit(path: Path) -> bool:
    return all(step < 2 * MAX_ROWS for step in path if isinstance(step, int))


def _at(tree: dict[str | int, object], path: Path) -> dict[str | int, object]:
    for step in path:
        inner = tree.get(step)
        if not isinstance(inner, dict):
            inner = {}
            tree[step] = inner
        tree = inner
    return tree


class _Rows(dict[str | int, object]):
    """Rows by number; a dict, because numbers may have gaps."""


def _open(tree: dict[str | int, object], path: Path) -> None:
    holder = _at(tree, path[:-1])
    if not isinstance(holder.get(path[-1]), dict):
        holder[path[-1]] = _Rows()


def _listed(value: object) -> object:
    if not isinstance(value, dict):
        return value
    if isinstance(value, _Rows) or (value and all(isinstance(step, int) for step in value)):
        numbers = sorted(step for step in value if isinstance(step, int))
        return [_listed(value[number]) for number in numbers]
    return {step: _listed(inner) for step, inner in value.items()}
