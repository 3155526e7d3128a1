"""The page of a task, put together: the task, its form, and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for

from engine.bpmn.picture import draw
from engine.documents import ArchivedDocument, documents_of
from engine.forms import FieldError, submitted_from_pairs
from engine.identity import Person, User, role_names
from engine.register.entry_page import key_of_entry
from engine.runtime.queries.history import history_of
from engine.runtime.queries.reading import Reading
from engine.runtime.queries.receivers import receivers_of
from engine.runtime.queries.task import (
    Draft,
    FormSheet,
    TaskRecord,
    answers_given,
    draft_of,
    form_sheet,
)
from engine.runtime.queries.task_aside import (
    AttachedFile,
    DueLine,
    Remark,
    attached_files,
    due_line,
    remarks_on,
)
from engine.runtime.queries.way import Way, way_of
from web.inbox.access import barred_by, may_work_now
from web.inbox.history_words import Told, told
from web.inbox.lights import Light, light_of
from web.inbox.room import UnitNames, case_address
from web.inbox.row_import import ImportedRows, template_address
from web.inbox.sheets import Files, Shown, shown
from web.language import in_language, language

DEFAULT_VERB = ("办理完毕", "Complete")


@dataclass(frozen=True, kw_only=True)
class TaskPage:
    """Everything the page shows but the form."""

    task: TaskRecord
    light: Light
    due: DueLine | None
    unit: str
    groups: str
    stage: str
    verb: str
    help: str
    may_work: bool
    barred_by: str
    files: tuple[AttachedFile, ...]
    documents: tuple[ArchivedDocument, ...]
    remarks: tuple[Remark, ...]
    history: list[Told]
    draft: Draft | None
    case_address: str | None
    entry_address: str | None
    receivers: tuple[Person, ...]
    may_reassign: bool
    picture: str
    here: str

    @property
    def is_mine(self) -> bool:
        return self.may_work and self.task.assignee is not None

    @property
    def form_files(self) -> Files:
        return Files.of(self.task, self.files)


def task_page(look: Reading, user: User, task: TaskRecord) -> TaskPage:
    """The page of a task for one person."""
    files = attached_files(look.connection, task.root_key)
    way = way_of(look.connection, task)
    workable = may_work_now(look, user, task)
    may_reassign = task.is_open and (user.may("task.reassign") or workable)
    return TaskPage(
        task=task,
        light=light_of(
            look,
            due_date=task.due_date,
            due_at=task.due_at,
            provisional=task.due_provisional,
            organisation_path=task.organisation_path,
        ),
        due=due_line(look, task),
        unit=UnitNames.read(look).of(task.organisation_path),
        groups=_groups(look, task),
        stage=in_language(task.said("stage"), task.said("stage:en")),
        verb=verb_of(task.said("verb"), task.said("verb:en")),
        help=in_language(task.said("help"), task.said("help:en")),
        may_work=workable,
        barred_by=barred_by(look, user, task) if task.is_open else "",
        files=files,
        documents=letters_beside(look, user, task),
        remarks=remarks_on(look.connection, task.root_key),
        history=told(history_of(look, task.root_key)),
        draft=draft_of(look.connection, task.key, user.login) if workable else None,
        case_address=(
            case_address(task.root_key, task.case.business_key) if user.may("case.view") else None
        ),
        entry_address=_entry_address(look, user, task),
        receivers=receivers_of(look.connection, task, user.login) if may_reassign else (),
        may_reassign=may_reassign,
        picture=picture_of(task, way),
        here=in_language(task.name, task.name_en),
    )


def verb_of(zh: str, en: str) -> str:
    """The word of the button that completes a step."""
    if not zh:
        zh, en = DEFAULT_VERB
    return in_language(zh, en)


def first_shown(look: Reading, user: User, page: TaskPage) -> Shown | None:
    """The form as it is first shown: the draft, else defaults; of a done task what was answered."""
    sheet = form_sheet(look, page.task)
    if sheet is None:
        return None
    return shown(
        sheet,
        _data(look, page, sheet),
        user=user,
        files=page.form_files,
        readonly=not page.may_work,
    )


def _data(look: Reading, page: TaskPage, sheet: FormSheet) -> Mapping[str, object]:
    if page.task.state == "completed":
        return answers_given(look.connection, page.task)
    if page.draft is not None:
        return submitted_from_pairs(sheet.form, page.draft.pairs)
    return {}


def render_task(
    page: TaskPage,
    form: Shown | None,
    *,
    refused: str = "",
    warnings: tuple[str, ...] = (),
    errors: tuple[FieldError, ...] = (),
    rows: ImportedRows | None = None,
) -> str:
    """The page as HTML. `refused` is why the act was not done, `warnings` what to confirm first,
    `rows` what became of a file of rows.
    """
    return render_template(
        "inbox/task.html",
        page=page,
        task=page.task,
        form=form,
        refused=refused,
        warnings=warnings,
        preview_address=url_for("inbox.preview", key=page.task.key),
        rows_address=template_address(page.task.key),
        rows=rows,
    )


def picture_of(task: TaskRecord, way: Way) -> str:
    """The diagram as drawn on the server: what is shown where no script runs."""
    labels: dict[str, str] = {}
    if language() == "en":
        elements: Mapping[str, Any] = task.deployed.process.elements
        labels = {
            one.id: one.properties["name:en"]
            for one in elements.values()
            if one.properties.get("name:en")
        }
    return draw(
        task.deployed.diagram,
        tokens=way.tokens,
        passed_elements=way.elements,
        passed_flows=way.flows,
        labels=labels,
    )


def _groups(look: Reading, task: TaskRecord) -> str:
    names = role_names(look.connection, language())
    said = [names.get(code, code) for code in sorted(task.groups)]
    return ("、" if language() == "zh" else ", ").join(said)


def _entry_address(look: Reading, user: User, task: TaskRecord) -> str | None:
    """Where the entry stands that the matter is about, for who may see it."""
    number = task.case.business_key
    if not number or not user.may("register.view") or not user.sees(task.case.organisation_path):
        return None
    key = key_of_entry(look.connection, number)
    return url_for("register.entry", key=key) if key is not None else None


def letters_beside(look: Reading, user: User, task: TaskRecord) -> tuple[ArchivedDocument, ...]:
    """The letters that lie beside a task: of the whole matter for who may see cases, for others
    those of the procedure the task belongs to."""
    if not task.case.business_key:
        return ()
    every = documents_of(look.connection, task.case.business_key)
    if user.may("case.view"):
        return every
    return tuple(one for one in every if one.instance_key == task.root_key)
