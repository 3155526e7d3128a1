"""Forms between a browser and the engine: what was posted, what was chosen to upload, what to show.

Nothing here completes anything; whatever is wrong, what was typed is shown again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from flask import request, url_for
from werkzeug.datastructures import FileStorage

from engine.forms import (
    Attachment,
    FieldError,
    Form,
    PageAction,
    Presented,
    change_rows,
    page_action,
    submitted_from_pairs,
)
from engine.identity import User
from engine.runtime.commands import AttachFile
from engine.runtime.errors import AttachmentRefused
from engine.runtime.queries.task import FormSheet, TaskRecord
from engine.runtime.queries.task_aside import AttachedFile
from web.engine_room import the_runtime
from web.formats import masked_identity
from web.inspector.masking import Mask
from web.language import language

UNIT = "unit"
"""The class of a party whose code is public."""
CHECKED = "_checked"
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A form ready for `form_body`."""

    presented: tuple[Presented, ...]
    errors: tuple[FieldError, ...] = ()
    reacts: bool = False
    dirty: bool = False


@dataclass(frozen=True, kw_only=True)
class Posted:
    """What a browser sent: `pairs` as typed, files already laid to the case by their keys."""

    pairs: Pairs
    errors: tuple[FieldError, ...] = ()

    @property
    def action(self) -> PageAction | None:
        """The form's own button that was pressed; None if the form was submitted."""
        return page_action(self.pairs)

    def submitted(self, form: Form) -> dict[str, object]:
        """The nested data, after the row button that was pressed."""
        data = submitted_from_pairs(form, self.pairs)
        return change_rows(form, data, self.action) if self.action else data

    @property
    def kept(self) -> Pairs:
        """What a draft keeps: the fields, not the buttons and tokens."""
        return [
            (name, text)
            for name, text in self.pairs
            if name != "csrf_token" and not name.startswith("_")
        ]


@dataclass(frozen=True, kw_only=True)
class Files:
    """The files of a case, for fields that name some of them."""

    attachments: tuple[Attachment, ...] = field(default=())

    @classmethod
    def of(cls, task: TaskRecord, files: Iterable[AttachedFile]) -> Files:
        return cls(
            attachments=tuple(
                Attachment(
                    key=file.key,
                    name=file.file_name,
                    url=url_for("inbox.attachment", key=task.key, file_key=file.key),
                    size=file.size,
                )
                for file in files
            )
        )

    @property
    def keys(self) -> set[int]:
        return {file.key for file in self.attachments}


def typed_pairs() -> Pairs:
    """Names and texts as they were posted."""
    return list(request.form.items(multi=True))


def posted_with_files(form: Form | None, instance_key: int, task_key: int, user: User) -> Posted:
    """What was posted to a task; chosen files are laid to its case before anything is checked.

    A file that is refused becomes an error at its field and the rest goes on.
    """
    pairs, errors = typed_pairs(), []
    for name, file in chosen_files(form):
        try:
            key = the_runtime().execute(
                AttachFile(
                    instance_key=instance_key,
                    user=user,
                    file_name=file.filename or "",
                    content=file.read(),
                    task_key=task_key,
                )
            )
            pairs.append((name, str(key)))
        except AttachmentRefused as refusal:
            errors.append(file_error(name, refusal))
    return Posted(pairs=pairs, errors=tuple(errors))


def chosen_files(form: Form | None) -> list[tuple[str, FileStorage]]:
    """The files that were chosen in fields of the form that take files."""
    if form is None:
        return []
    takes = {one.path for one in form.fields() if one.type == "files"}
    return [
        (name, file)
        for name, file in request.files.items(multi=True)
        if file.filename and _without_rows(name) in takes
    ]


def file_error(name: str, refusal: AttachmentRefused) -> FieldError:
    """A refused file as an error of its field."""
    return FieldError(path=name, label="", zh=refusal.message("zh"), en=refusal.message("en"))


def shown(
    sheet: FormSheet,
    data: Mapping[str, object],
    *,
    user: User,
    files: Files,
    errors: Iterable[FieldError] = (),
    dirty: bool = False,
    readonly: bool = False,
) -> Shown:
    """The form with `data` in it, as this person may see it."""
    found = tuple(errors)
    reveals = user.may("identity.reveal")
    presented = sheet.form.present(
        data,
        found,
        sheet.context,
        sheet.environment,
        language=language(),
        attachments=files.attachments,
        mask=None if reveals else _mask,
        readonly=readonly,
    )
    if not reveals:
        mask = Mask(reveals=False, known=_numbers_of(sheet.context))
        presented = tuple(_masked(one, mask) for one in presented)
    return Shown(
        presented=presented,
        errors=found,
        reacts=sheet.form.reacts,
        dirty=dirty,
    )


def errors_in(
    sheet: FormSheet, submitted: Mapping[str, object], files: Files
) -> tuple[FieldError, ...]:
    """Everything wrong with what was submitted."""
    return sheet.form.errors(
        submitted, context=sheet.context, environment=sheet.environment, attachments=files.keys
    )


def _masked(item: Presented, mask: Mask) -> Presented:
    """What is only read, with the numbers of persons in it hidden; what is typed stays."""
    return replace(
        item,
        html=mask.text(item.html),
        body=tuple(tuple(mask.text(cell) for cell in line) for line in item.body),
        children=tuple(_masked(one, mask) for one in item.children),
        rows=tuple(
            replace(row, children=tuple(_masked(one, mask) for one in row.children))
            for row in item.rows
        ),
    )


def _numbers_of(context: Mapping[str, object]) -> tuple[str, ...]:
    """The number of the party, if it is a person: it may be no citizen's number."""
    party = context.get("party")
    if not isinstance(party, Mapping) or party.get("party_class") == UNIT:
        return ()
    return (str(party.get("code") or ""),)


def _mask(rule: str, value: object) -> str:
    return masked_identity(str(value))


def _without_rows(name: str) -> str:
    return ".".join(part.partition("[")[0] for part in name.split("."))
