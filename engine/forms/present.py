"""A filled form as a page renders it: words computed, options listed, errors at their fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from engine.clock import in_shanghai
from engine.forms.components import (
    Button,
    Checkbox,
    Choice,
    Component,
    DateTimeInput,
    DocumentPreview,
    DynamicList,
    ExpressionField,
    Field,
    FilePicker,
    Group,
    Image,
    NumberInput,
    Spacer,
    Table,
    TextBlock,
    TextInput,
)
from engine.forms.convert import is_empty, read_number
from engine.forms.errors import BadValue, FieldError
from engine.forms.filling import MAX_ROWS, ROW, Filling, Slot
from engine.forms.markup import clean_html, escape_html, escape_markdown, markdown
from engine.forms.options import find_option, option_key, options_of
from engine.forms.paths import as_rows, input_id, path_text
from engine.forms.scope import Scope
from engine.forms.validate import is_required, label_in
from engine.forms.wording import amount_in_capitals, number_shown, number_typed, shown

IMPORT_ROWS = "importRows"
"""Property of a list that takes rows from a file."""
GRID = 16
"""Columns of a form-js grid."""

Mask = Callable[[str, object], str]
"""(rule, value) → what may be shown of it; the rule is the field's property `mask`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file of the case that a `filepicker` can name; `size` in bytes."""

    key: int
    name: str
    url: str = ""
    size: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PresentedOption:
    """One option: `key` is submitted; `stale` means it is not offered any more."""

    id: str
    key: str
    label: str
    checked: bool
    stale: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A document or picture to open; `url` is empty where it may not be linked."""

    label: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PresentedRow:
    """A row of a dynamic list. `name` is its path; `origin_name`, `origin` a hidden input."""

    number: int
    name: str
    origin_name: str
    origin: str
    children: tuple[Presented, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Presented:
    """A component ready to render.

    What is not `visible` but `keeps` its text goes along as hidden inputs: it may be shown again.
    `kind` is the form-js type, `name` the HTML name, `columns` of 16, `starts` begins a line.
    `text` is what stands in the input, bad text as it was typed; `shown` is the value in words.
    """

    kind: str
    id: str
    name: str
    visible: bool = True
    keeps: bool = False
    columns: int = GRID
    starts: bool = True
    label: str = ""
    description: str = ""
    error: str = ""
    readonly: bool = False
    disabled: bool = False
    required: bool = False
    masked: bool = False
    value: object = None
    text: str = ""
    shown: str = ""
    prefix: str = ""
    suffix: str = ""
    capitals: str = ""
    subtype: str = ""
    bad: bool = False
    searchable: bool = False
    multiple: bool = False
    accept: str = ""
    minimum: str = ""
    maximum: str = ""
    step: str = ""
    min_length: int | None = None
    max_length: int | None = None
    lines: int = 4
    digits: int | None = None
    options: tuple[PresentedOption, ...] = ()
    outline: bool = False
    children: tuple[Presented, ...] = ()
    rows: tuple[PresentedRow, ...] = ()
    can_change_rows: bool = False
    can_add: bool = False
    can_import: bool = False
    html: str = ""
    links: tuple[Link, ...] = ()
    source: str = ""
    head: tuple[str, ...] = ()
    numeric: tuple[bool, ...] = ()
    body: tuple[tuple[str, ...], ...] = ()
    height: int = 0
    action: str = ""

    @property
    def hint_id(self) -> str:
        return f"{self.id}-hint"

    @property
    def error_id(self) -> str:
        return f"{self.id}-error"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Page:
    asked: frozenset[str]
    errors: Mapping[str, str]
    attachments: Sequence[Attachment]
    mask: Mask | None
    readonly: bool


def present(
    filling: Filling,
    *,
    errors: Sequence[FieldError],
    attachments: Sequence[Attachment],
    mask: Mask | None,
    readonly: bool,
) -> tuple[Presented, ...]:
    """Every component of a filled form, hidden ones marked, in form order."""
    words = {error.path: error.beside(filling.language) for error in reversed(errors)}
    asked = frozenset(
        path_text(slot.path)
        for slot in filling.everything()
        if isinstance(slot.component, Field) and not slot.hidden
    )
    page = _Page(asked=asked, errors=words, attachments=attachments, mask=mask, readonly=readonly)
    return _all(filling.slots, page)


def _all(slots: Sequence[Slot], page: _Page) -> tuple[Presented, ...]:
    presented: list[Presented] = []
    for line in _lines(slots):
        widths = _widths([slot.component.layout.columns for slot in line])
        for at, (slot, width) in enumerate(zip(line, widths, strict=True)):
            presented.append(replace(_one(slot, page), columns=width, starts=at == 0))
    return tuple(presented)


def _lines(slots: Sequence[Slot]) -> list[list[Slot]]:
    """Visible components of one layout row stand in one line; hidden ones take no place."""
    lines: list[list[Slot]] = []
    row = ""
    for slot in slots:
        own = slot.component.layout.row
        if slot.hidden:
            lines.append([slot])
        elif own and own == row:
            next(line for line in reversed(lines) if not line[0].hidden).append(slot)
        else:
            lines.append([slot])
            row = own
    return lines


def _widths(columns: Sequence[int | None]) -> list[int]:
    """Stated columns as they are; the rest share what is left of 16, at least 2 each."""
    left = GRID - sum(width for width in columns if width is not None)
    free = sum(width is None for width in columns)
    share = max(left // free, 2) if free else 0
    return [share if width is None else width for width in columns]


def _one(slot: Slot, page: _Page) -> Presented:
    component, scope = slot.component, slot.scope
    name = path_text(slot.path)
    basis = Presented(
        kind=component.kind,
        id=input_id(name),
        name=name,
        visible=not slot.hidden,
        keeps=slot.hidden and name not in page.asked,
        label=label_in(slot, scope.language),
        description=_description(component, scope),
        error=page.errors.get(name, ""),
    )
    if isinstance(component, Field):
        return _field(basis, slot, component, page)
    return _shown_only(basis, slot, page)


def _description(component: Component, scope: Scope) -> str:
    if scope.language == "en" and component.description_en:
        return component.description_en
    return component.description.render(scope)


# ----------------------------------------------------------------------------------------- fields


def _field(basis: Presented, slot: Slot, component: Field, page: _Page) -> Presented:
    scope = slot.scope
    locked = slot.locked or page.readonly
    rule = component.properties.get("mask", "")
    masked = bool(locked and rule and page.mask and not is_empty(slot.value))
    words = _in_words(slot, component, page)
    if masked and page.mask is not None:
        words = page.mask(rule, slot.value)
    basis = replace(
        basis,
        description="" if page.readonly else basis.description,
        visible=basis.visible and not isinstance(component, ExpressionField),
        readonly=locked,
        disabled=component.disabled,
        required=not locked and is_required(slot),
        masked=masked,
        value=None if masked else slot.value,
        text="" if masked else _typed(slot, component),
        shown=words,
        prefix=component.prefix.render(scope),
        suffix=component.suffix.render(scope),
        bad=slot.fault is not None,
    )
    match component:
        case TextInput():
            return _text_input(basis, component, scope)
        case NumberInput():
            return _number_input(basis, slot, component)
        case DateTimeInput():
            return _datetime_input(basis, component, scope)
        case Choice():
            options = _options(slot, component, basis.id)
            return replace(basis, options=options, searchable=component.searchable)
        case FilePicker():
            return _file_input(basis, slot, component, page)
        case _:
            return basis


def _text_input(basis: Presented, component: TextInput, scope: Scope) -> Presented:
    lines = component.properties.get("rows", "")
    return replace(
        basis,
        subtype=component.validation,
        min_length=_count(component.min_length.value(scope)),
        max_length=_count(component.max_length.value(scope)),
        lines=min(max(int(lines), 2), 30) if lines.isdecimal() and len(lines) < 4 else 4,
    )


def _number_input(basis: Presented, slot: Slot, component: NumberInput) -> Presented:
    number = _number(slot.value)
    capitals = component.properties.get("capital", "") not in ("", "false") and number is not None
    return replace(
        basis,
        minimum=_bound(component.minimum.value(slot.scope)),
        maximum=_bound(component.maximum.value(slot.scope)),
        step=_bound(component.increment),
        digits=component.digits,
        capitals=amount_in_capitals(number) if capitals and number is not None else "",
    )


def _datetime_input(basis: Presented, component: DateTimeInput, scope: Scope) -> Presented:
    clock = scope.environment.clock
    today = ""
    if component.no_past and clock is not None and component.subtype != "time":
        first = in_shanghai(clock.now())
        today = f"{first:%Y-%m-%d}" + ("T00:00" if component.subtype == "datetime" else "")
    step = str(component.minutes * 60) if component.subtype != "date" else ""
    return replace(basis, subtype=component.subtype, minimum=today, step=step)


def _file_input(basis: Presented, slot: Slot, component: FilePicker, page: _Page) -> Presented:
    chosen = set(as_rows(slot.value))
    options = tuple(
        PresentedOption(
            id=f"{basis.id}-{file.key}",
            key=str(file.key),
            label=file.name,
            checked=file.key in chosen,
        )
        for file in page.attachments
    )
    links = tuple(
        Link(label=file.name, url=file.url) for file in page.attachments if file.key in chosen
    )
    return replace(
        basis,
        options=options,
        links=links,
        multiple=component.multiple.value(slot.scope) is True,
        accept=component.accept.render(slot.scope),
    )


def _options(slot: Slot, component: Choice, base: str) -> tuple[PresentedOption, ...]:
    offered = options_of(component, slot.scope)
    values = as_rows(slot.value) if component.many else [slot.value]
    keys = {option_key(value) for value in values if value is not None}
    options = [
        PresentedOption(
            id=f"{base}-{at}", key=option.key, label=option.label, checked=option.key in keys
        )
        for at, option in enumerate(offered, start=1)
    ]
    for value in values:
        if value is not None and find_option(offered, value) is None:
            words = shown(value, slot.scope.language)
            options.append(
                PresentedOption(
                    id=f"{base}-{len(options) + 1}",
                    key=option_key(value),
                    label=words,
                    checked=True,
                    stale=True,
                )
            )
    return tuple(options)


def _typed(slot: Slot, component: Field) -> str:
    """The text of the input: what was typed while it is typed text, else the value's."""
    as_typed = slot.fault is not None or isinstance(component, NumberInput)
    if as_typed and not slot.locked and isinstance(slot.raw, str):
        return slot.raw
    value = slot.value
    match component:
        case NumberInput(digits=digits):
            number = _number(value)
            if number is None:
                return ""
            exact = digits is None or number == round(number, digits)
            return number_typed(number, digits if exact else None)
        case DateTimeInput(subtype="time"):
            return f"{value:%H:%M}" if hasattr(value, "hour") else ""
        case DateTimeInput(subtype="datetime"):
            return f"{value:%Y-%m-%dT%H:%M}" if hasattr(value, "hour") else ""
        case DateTimeInput():
            return f"{value:%Y-%m-%d}" if hasattr(value, "year") else ""
        case Checkbox():
            return "true" if value is True else ""
        case _:
            return value if isinstance(value, str) else "" if value is None else option_key(value)


def _in_words(slot: Slot, component: Field, page: _Page) -> str:
    language = slot.scope.language
    match component:
        case NumberInput(digits=digits):
            number = _number(slot.value)
            return "" if number is None else number_shown(number, digits)
        case Choice():
            options = options_of(component, slot.scope)
            values = as_rows(slot.value) if component.many else [slot.value]
            found = [(find_option(options, value), value) for value in values]
            return shown([option.label if option else value for option, value in found], language)
        case FilePicker():
            names = {file.key: file.name for file in page.attachments}
            return shown(
                [names.get(key, key) for key in as_rows(slot.value) if isinstance(key, int)],
                language,
            )
        case _:
            return shown(slot.value, language)


def _number(value: object) -> Decimal | None:
    try:
        return read_number(value)
    except BadValue:
        return None


def _bound(value: object) -> str:
    number = _number(value)
    return "" if number is None else number_typed(number)


def _count(value: object) -> int | None:
    number = _number(value)
    return None if number is None else int(number)


# ------------------------------------------------------------------------------------- shown only


def _shown_only(basis: Presented, slot: Slot, page: _Page) -> Presented:
    scope = slot.scope
    match slot.component:
        case Group(outline=outline):
            return replace(basis, outline=outline, children=_all(slot.children, page))
        case DynamicList() as component:
            return _list(basis, slot, component, page)
        case TextBlock(kind="html", content=content):
            return replace(basis, html=clean_html(content.render(scope, escape_html)))
        case TextBlock(content=content):
            return replace(basis, html=markdown(content.render(scope, escape_markdown)))
        case Image() as component:
            return _image(basis, component, scope)
        case Table() as component:
            return _table(basis, component, scope)
        case DocumentPreview(data_source=source):
            return replace(basis, links=_documents(source.value(scope), page))
        case Spacer(height=height):
            return replace(basis, height=height)
        case Button(action=action):
            return replace(basis, action=action)
        case _:
            return basis


def _list(basis: Presented, slot: Slot, component: DynamicList, page: _Page) -> Presented:
    rows = tuple(
        PresentedRow(
            number=index + 1,
            name=f"{basis.name}[{index}]",
            origin_name=f"{basis.name}[{index}].{ROW}",
            origin="" if row.origin is None else str(row.origin),
            children=_all(row.slots, page),
        )
        for index, row in enumerate(slot.rows)
    )
    may_change = component.may_change_rows and not page.readonly
    return replace(
        basis,
        outline=component.outline,
        rows=rows,
        can_change_rows=may_change,
        can_add=may_change and len(rows) < MAX_ROWS,
        can_import=may_change and component.properties.get(IMPORT_ROWS) == "true",
        readonly=page.readonly,
    )


def _image(basis: Presented, component: Image, scope: Scope) -> Presented:
    """Pictures of our own are shown; those from elsewhere are only linked (strict CSP)."""
    source = component.source.render(scope).strip()
    alt = component.alt.render(scope) or basis.label
    if source.startswith("data:image/") or (source.startswith("/") and source[1:2] != "/"):
        return replace(basis, source=source, label=alt)
    links = (Link(label=alt or source, url=_safe_url(source)),) if source else ()
    return replace(basis, links=links, label=alt)


def _table(basis: Presented, component: Table, scope: Scope) -> Presented:
    columns = [(column.label, column.key) for column in component.columns]
    if component.columns_formula is not None:
        stated = as_rows(scope.evaluate(component.columns_formula))
        columns = [
            (shown(column.get("label")), str(column.get("key", "")))
            for column in stated
            if isinstance(column, Mapping)
        ]
    rows = [row for row in as_rows(component.data_source.value(scope)) if isinstance(row, Mapping)]
    cells = [_cells([row.get(key) for row in rows], scope) for _, key in columns]
    return replace(
        basis,
        head=tuple(label for label, _ in columns),
        numeric=tuple(numeric for numeric, _ in cells),
        body=tuple(zip(*(words for _, words in cells), strict=True)),
    )


def _cells(values: Sequence[object], scope: Scope) -> tuple[bool, list[str]]:
    """A column in words, and whether it is one of numbers; these get the same decimals."""
    stated = [value for value in values if value is not None]
    numbers = [value for value in stated if isinstance(value, Decimal | int | float)]
    if not stated or len(numbers) < len(stated) or any(isinstance(one, bool) for one in stated):
        return False, [shown(value, scope.language) for value in values]
    exact = [Decimal(str(number)) for number in numbers]
    has_decimals = any(number != number.to_integral_value() for number in exact)
    digits = max(2, *(_decimals(number) for number in exact)) if has_decimals else None
    return True, [
        "" if value is None else number_shown(Decimal(str(value)), digits) for value in values
    ]


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _documents(value: object, page: _Page) -> tuple[Link, ...]:
    known = {file.key: file for file in page.attachments}
    links = []
    for item in as_rows(value) or [value]:
        if isinstance(item, Mapping):
            metadata = item.get("metadata")
            inner = metadata if isinstance(metadata, Mapping) else {}
            label = item.get("name") or item.get("title") or inner.get("fileName") or ""
            url = item.get("url") or item.get("link") or item.get("endpoint") or ""
            links.append(Link(label=shown(label) or str(url), url=_safe_url(str(url))))
        elif isinstance(item, Decimal | int) and int(item) in known:
            file = known[int(item)]
            links.append(Link(label=file.name, url=file.url))
    return tuple(links)


def _safe_url(url: str) -> str:
    inside = url.startswith("/") and not url.startswith(("//", "/\\"))
    return url if inside or url.startswith(("https://", "http://")) else ""
