"""A form that was read: what it asks for, and what may be done with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from engine.errors import Language
from engine.feel import Environment
from engine.forms.components import (
    Checkbox,
    Choice,
    Component,
    DateTimeInput,
    DynamicList,
    ExpressionField,
    Field,
    FilePicker,
    Group,
    NumberInput,
    label_of,
)
from engine.forms.errors import FieldError, FormFinding, FormInvalid
from engine.forms.filling import Filling
from engine.forms.import_row import ImportColumn, RowAnswers, answers_from_row, import_columns
from engine.forms.paths import Key
from engine.forms.present import Attachment, Mask, Presented, present
from engine.forms.reacting import reacts
from engine.forms.validate import field_errors

FieldType = Literal[
    "text", "number", "date", "time", "datetime", "boolean", "choice", "list", "files", "any"
]

NO_ENVIRONMENT = Environment()


@dataclass(frozen=True, kw_only=True, slots=True)
class FormField:
    """One field of a form, for lists and checks. `path` has no row numbers: `acts.act_no`."""

    path: str
    label: str
    label_en: str
    kind: str
    type: FieldType
    in_list: bool
    required: bool
    import_columns: tuple[str, ...]
    component: Field


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A form file, read and checked."""

    id: str
    name: str
    file: str
    version_tag: str
    components: tuple[Component, ...]
    findings: tuple[FormFinding, ...] = ()

    def fields(self) -> tuple[FormField, ...]:
        """Every component with a value, in form order."""
        return tuple(_fields(self.components, (), in_list=False))

    @property
    def reacts(self) -> bool:
        """Whether what is shown depends on what is being filled in."""
        return reacts(self.components)

    def answers(
        self,
        submitted: Mapping[str, object],
        *,
        context: Mapping[str, object],
        environment: Environment = NO_ENVIRONMENT,
        attachments: Collection[int] | None = None,
    ) -> dict[str, object]:
        """Typed answers, nested by key: what completes a task or starts an instance.

        Keys the form does not know are ignored; keys that are absent keep the value the field was
        first shown with. Hidden values are dropped, disabled ones not submitted, read-only ones are
        the server's. Of a context variable the form knows only in part, the rest is kept.
        `attachments`: keys of the files of the case, None leaves them unchecked.

        Raises `FormInvalid` with every bad field.
        """
        filling = self._fill(submitted, context, environment)
        errors = field_errors(filling, attachments=attachments)
        if errors:
            raise FormInvalid(errors=errors)
        return filling.result()

    def errors(
        self,
        submitted: Mapping[str, object],
        *,
        context: Mapping[str, object],
        environment: Environment = NO_ENVIRONMENT,
        attachments: Collection[int] | None = None,
    ) -> tuple[FieldError, ...]:
        """What `answers` would refuse; empty if nothing."""
        filling = self._fill(submitted, context, environment)
        return field_errors(filling, attachments=attachments)

    def defaults(
        self, context: Mapping[str, object], environment: Environment = NO_ENVIRONMENT
    ) -> dict[str, object]:
        """What the form shows first: variables of the task by key path, else default values."""
        return self._fill({}, context, environment).result()

    def typed(
        self,
        submitted: Mapping[str, object],
        *,
        context: Mapping[str, object],
        environment: Environment = NO_ENVIRONMENT,
    ) -> dict[str, object]:
        """What is typed so far as typed values, acceptable or not: what cannot be read is empty."""
        return self._fill(submitted, context, environment).result()

    def present(
        self,
        data: Mapping[str, object],
        errors: Iterable[FieldError] = (),
        context: Mapping[str, object] | None = None,
        environment: Environment = NO_ENVIRONMENT,
        *,
        language: Language = "zh",
        attachments: Sequence[Attachment] = (),
        mask: Mask | None = None,
        readonly: bool = False,
    ) -> tuple[Presented, ...]:
        """What a page renders for `data`: submitted (bad values are shown as typed), or `{}`.

        `mask(rule, value)` gives the shown text of read-only fields with property `mask`.
        `readonly` shows everything as text (a form of the past, a reader without rights).
        """
        filling = Filling(
            self.components,
            submitted=data,
            context=context or {},
            environment=environment,
            language=language,
        )
        return present(
            filling, errors=tuple(errors), attachments=attachments, mask=mask, readonly=readonly
        )

    def import_columns(self) -> Mapping[str, ImportColumn]:
        """Columns of an import file: header (property `importColumn`) → field."""
        return import_columns(self.components)

    def answers_from_row(
        self,
        row: Mapping[str, object],
        *,
        context: Mapping[str, object] | None = None,
        environment: Environment = NO_ENVIRONMENT,
    ) -> RowAnswers:
        """Submitted data from one row of an import file, with what cannot be read, by column."""
        return answers_from_row(
            self.components, row, context=context or {}, environment=environment
        )

    def _fill(
        self,
        submitted: Mapping[str, object],
        context: Mapping[str, object],
        environment: Environment,
    ) -> Filling:
        return Filling(
            self.components, submitted=submitted, context=context, environment=environment
        )


def _fields(components: Iterable[Component], around: Key, *, in_list: bool) -> Iterator[FormField]:
    for component in components:
        if isinstance(component, Group | DynamicList):
            inside = in_list or isinstance(component, DynamicList)
            yield from _fields(component.children, around + component.path, in_list=inside)
        elif isinstance(component, Field):
            yield FormField(
                path=".".join(around + component.key),
                label=label_of(component),
                label_en=component.label_en,
                kind=component.kind,
                type=_type_of(component),
                in_list=in_list,
                required=component.required,
                import_columns=component.import_columns,
                component=component,
            )


def _type_of(field: Field) -> FieldType:
    match field:
        case NumberInput(as_text=False):
            return "number"
        case DateTimeInput(subtype=subtype):
            return subtype
        case Checkbox():
            return "boolean"
        case Choice(many=many):
            return "list" if many else "choice"
        case FilePicker():
            return "files"
        case ExpressionField():
            return "any"
        case _:
            return "text"
