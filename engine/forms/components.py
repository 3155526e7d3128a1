"""The components a form is made of, as read from its file (form-js schema, version 19)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from engine.feel import Expression, UnaryTests
from engine.forms.paths import Key
from engine.forms.texts import NO_SETTING, NO_TEXT, Setting, Text
from engine.place import Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """A component's place in the grid of 16 columns; `columns` None shares what is left."""

    row: str = ""
    columns: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """An owner's own rule (property `check`): the answers are refused where it is not true."""

    condition: Expression
    zh: str
    en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Component:
    """What every component has. `kind` is the form-js type; `properties` are the owner's own."""

    kind: str
    id: str
    place: Place
    label: Text = NO_TEXT
    label_en: str = ""
    description: Text = NO_TEXT
    description_en: str = ""
    layout: Layout = field(default_factory=Layout)
    hide: UnaryTests | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Field(Component):
    """A component with a value under `key`, relative to the group or list row around it.

    `disabled` values are shown and never submitted; `readonly` ones are submitted as the server
    knows them, whatever the client sent.
    """

    key: Key
    disabled: bool = False
    readonly: Setting = NO_SETTING
    required: bool = False
    required_when: Expression | None = None
    default: object = None
    default_formula: Expression | None = None
    prefix: Text = NO_TEXT
    suffix: Text = NO_TEXT
    import_columns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TextInput(Field):
    """`textfield` and `textarea`: str, never null."""

    min_length: Setting = NO_SETTING
    max_length: Setting = NO_SETTING
    pattern: re.Pattern[str] | None = None
    pattern_message: str = ""
    validation: Literal["", "email", "phone", "custom"] = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberInput(Field):
    """`number`: Decimal or null; a string with `as_text` (`serializeToString`)."""

    digits: int | None = None
    increment: Decimal | None = None
    as_text: bool = False
    minimum: Setting = NO_SETTING
    maximum: Setting = NO_SETTING


@dataclass(frozen=True, kw_only=True, slots=True)
class DateTimeInput(Field):
    """`datetime`: date, time, or datetime in Shanghai time; null when empty."""

    subtype: Literal["date", "time", "datetime"] = "date"
    no_past: bool = False
    minutes: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkbox(Field):
    """`checkbox`: bool."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One option to choose; `label` may be computed."""

    label: Text
    value: object


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice(Field):
    """`radio`, `select` (one value or null), `checklist`, `taglist` (a list of values).

    Options stand in the form (`options`), in the data (`options_key`) or are computed.
    """

    many: bool = False
    searchable: bool = False
    options: tuple[Option, ...] = ()
    options_key: Key = ()
    options_formula: Expression | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FilePicker(Field):
    """`filepicker`: a list of keys (int) of attachments of the case."""

    accept: Text = NO_TEXT
    multiple: Setting = NO_SETTING


@dataclass(frozen=True, kw_only=True, slots=True)
class ExpressionField(Field):
    """`expression`: computed, never shown, always the server's result."""

    formula: Expression | None = None
    compute_on: Literal["change", "presubmit"] = "change"


@dataclass(frozen=True, kw_only=True, slots=True)
class Group(Component):
    """`group`: children, whose keys stand under `path` if it has one."""

    path: Key = ()
    outline: bool = False
    children: tuple[Component, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DynamicList(Component):
    """`dynamiclist`: rows of children in a list at `path`."""

    path: Key = ()
    outline: bool = False
    children: tuple[Component, ...] = ()
    may_change_rows: bool = True
    default_rows: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class TextBlock(Component):
    """`text` (Markdown) and `html`."""

    content: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True, slots=True)
class Image(Component):
    source: Text = NO_TEXT
    alt: Text = NO_TEXT


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of a `table`."""

    label: str
    key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Table(Component):
    """`table`: rows of `data_source` (a list of contexts)."""

    data_source: Setting = NO_SETTING
    columns: tuple[Column, ...] = ()
    columns_formula: Expression | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentPreview(Component):
    """`documentPreview`: links to the documents of `data_source`."""

    data_source: Setting = NO_SETTING


@dataclass(frozen=True, kw_only=True, slots=True)
class Spacer(Component):
    """`spacer` (height in pixels) and `separator`."""

    height: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Button(Component):
    action: Literal["submit", "reset"] = "submit"


Container = Group | DynamicList


def label_of(component: Component) -> str:
    """The label as it stands in the file, for findings; the key or id where there is none."""
    if component.label.source:
        return component.label.source
    if isinstance(component, Field):
        return ".".join(component.key)
    return component.id
