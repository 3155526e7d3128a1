"""The page of one case and its tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, abort, jsonify, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from engine.bpmn.picture import draw
from engine.documents import documents_of
from engine.errors import Language
from engine.identity import SYSTEM, User
from engine.runtime.queries.case_messages import OpenMessage, open_messages
from engine.runtime.queries.case_page import (
    case_head,
    stage_line,
    tree_of,
    waiting_tasks,
    waiting_timers,
)
from engine.runtime.queries.case_papers import files_of, forms_of, remarks_of, variables_of
from engine.runtime.queries.deadlines import DeadlineLine, deadlines_of
from engine.runtime.queries.instance_history import history_of
from engine.runtime.queries.instance_page import (
    InstanceHead,
    diagram_file,
    standing_tokens,
    travelled,
)
from engine.runtime.queries.reading import Reading
from web.cases.paper_views import editable_templates
from web.cases.room import room
from web.cases.words import STATES, TONES, element_name, happened, process_name
from web.engine_room import looking
from web.inspector.masking import Mask
from web.language import in_language, language
from web.security import requires, the_user

UNIT = "unit"
"""The kind of subject whose code is public."""


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """What every tab of a case shows above itself."""

    head: InstanceHead
    tree: tuple[InstanceHead, ...]
    messages: tuple[OpenMessage, ...]
    mask: Mask

    def message_names(self) -> list[str]:
        """What the events are called that wait for a message."""
        elements = (one.element for one in self.messages)
        return [in_language(e.name, e.properties.get("name:en", "")) for e in elements]


@room.get("/cases/<int:key>")
@requires("case.view")
def case(key: int) -> str | AnyResponse:
    with looking() as look:
        view = case_view(look, the_user(), key)
        if view.head.key != key:
            return redirect(url_for("cases.case", key=view.head.key))
        moments = _moments(look, view)
        remarks = remarks_of(look.connection, key)
        return _page(look, view, "course", moments=moments, remarks=remarks)


@room.get("/cases/<int:key>/documents")
@requires("case.view")
def papers(key: int) -> str:
    with looking() as look:
        view = case_view(look, the_user(), key)
        number = view.head.business_key
        documents = documents_of(look.connection, number) if number else ()
        files = files_of(look.connection, view.head.key)
        editable = editable_templates()
        return _page(look, view, "papers", documents=documents, files=files, editable=editable)


@room.get("/cases/<int:key>/processes")
@requires("case.view")
def processes(key: int) -> str:
    with looking() as look:
        view = case_view(look, the_user(), key)
        drawn = [_drawn(look, head) for head in view.tree]
        return _page(look, view, "processes", drawn=drawn)


@room.get("/cases/<int:key>/data")
@requires("case.view")
def data(key: int) -> str:
    with looking() as look:
        view = case_view(look, the_user(), key)
        forms = _forms(look, view, language())
        return _page(look, view, "data", forms=forms)


@room.get("/cases/<int:key>/deadlines")
@requires("case.view")
def deadlines(key: int) -> str:
    with looking() as look:
        view = case_view(look, the_user(), key)
        lines = [
            (head, line)
            for head in view.tree
            for line in deadlines_of(
                look.connection,
                look.definitions,
                head.key,
                horizon=head.horizon,
                calendar=look.calendar_of(head.organisation_path),
                clock=look.clock,
            )
        ]
        lines.sort(key=lambda pair: (pair[1].is_superseded, not pair[1].is_open, pair[1].due_date))
        return _page(look, view, "deadlines", lines=_deadline_rows(lines))


@room.get("/cases/instances/<int:key>/diagram.bpmn")
@requires("case.view")
def diagram_xml(key: int) -> Response:
    with looking() as look:
        head = _member(look, the_user(), key)
        return Response(
            diagram_file(look.connection, head.deployed.key), mimetype="application/xml"
        )


@room.get("/cases/instances/<int:key>/tokens.json")
@requires("case.view")
def tokens(key: int) -> Response:
    with looking() as look:
        head = _member(look, the_user(), key)
        way = travelled(look.connection, key)
        return jsonify(
            tokens=_tokens(look, head),
            passed=sorted(way.elements | way.flows),
            incidents=dict(way.incidents),
            notes={},
        )


def case_view(look: Reading, user: User, key: int) -> CaseView:
    """The case that `key` belongs to. Raises `NotFound`, `NotPermitted`."""
    head = case_head(look, user, key)
    tree = tree_of(look, head.key)
    may_give = user.may("task.complete")
    hidden = (head.subject_code,) if head.subject_code and head.subject_kind != UNIT else ()
    return CaseView(
        head=head,
        tree=tree,
        messages=open_messages(look, tree) if may_give else (),
        mask=Mask(reveals=False, known=hidden),
    )


def _page(look: Reading, view: CaseView, tab: str, **more: object) -> str:
    return render_template(
        f"cases/{tab}.html",
        view=view,
        head=view.head,
        tab=tab,
        stages=stage_line(look.connection, view.head),
        waiting=waiting_tasks(look, view.head, language()),
        timers=waiting_timers(look, view.tree),
        states=STATES,
        tones=TONES,
        process_name=process_name,
        element_name=element_name,
        unit_kind=UNIT,
        **more,
    )


def _member(look: Reading, user: User, key: int) -> InstanceHead:
    root = case_head(look, user, key)
    found = next((head for head in tree_of(look, root.key) if head.key == key), None)
    if found is None:
        abort(404)
    return found


# -- what happened ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A line of what happened."""

    at: datetime
    words: str
    person: str | None
    reason: str
    part: str


def _moments(look: Reading, view: CaseView) -> list[Moment]:
    moments = []
    for head in view.tree:
        part = "" if head.parent_key is None else process_name(head)
        for line in history_of(look.connection, head.key):
            words = happened(head, line)
            if not words:
                continue
            moment = Moment(
                at=line.at,
                words=view.mask.text(words),
                person=line.person if line.login != SYSTEM.login else None,
                reason=view.mask.text(line.reason or ""),
                part="" if line.event.startswith("instance_") else part,
            )
            moments.append((line.key, moment))
    return [moment for _key, moment in sorted(moments, key=lambda pair: pair[0], reverse=True)]


# -- procedures ------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A procedure of the case with its picture, and where it stands in words."""

    head: InstanceHead
    svg: str
    standing: tuple[str, ...]


def _drawn(look: Reading, head: InstanceHead) -> Drawn:
    way = travelled(look.connection, head.key)
    tokens = _tokens(look, head)
    labels = {
        element.id: element.properties["name:en"]
        for element in head.deployed.process.elements.values()
        if language() == "en" and element.name and element.properties.get("name:en")
    }
    svg = draw(
        head.deployed.diagram,
        tokens=tokens,
        passed_elements=way.elements,
        passed_flows=way.flows,
        labels=labels,
    )
    standing = dict.fromkeys(element_name(head, id_) for id_ in tokens)
    return Drawn(head=head, svg=svg, standing=tuple(name for name in standing if name))


def _tokens(look: Reading, head: InstanceHead) -> dict[str, int]:
    found: dict[str, int] = {}
    for token in standing_tokens(look.connection, head):
        if not token.is_container:
            found[token.element_id] = found.get(token.element_id, 0) + 1
    return found


# -- data ------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ShownForm:
    """A form with what it says now."""

    title: str
    presented: tuple[Any, ...]


def _forms(look: Reading, view: CaseView, wanted: Language) -> list[ShownForm]:
    shown = []
    for filled in forms_of(look, view.tree):
        variables = view.mask.value(variables_of(look.connection, filled.instance_key))
        presented = filled.form.form.present(
            {},
            context=variables if isinstance(variables, dict) else {},
            language=wanted,
            readonly=True,
            mask=lambda _rule, value: view.mask.text(str(value)),
        )
        title = in_language(filled.title, filled.title_en)
        shown.append(ShownForm(title=title, presented=presented))
    return shown


# -- deadlines -------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class DeadlineRow:
    """A deadline with its arithmetic in words."""

    name: str
    part: str
    line: DeadlineLine
    arithmetic: str
    basis: str


def _deadline_rows(lines: Sequence[tuple[InstanceHead, DeadlineLine]]) -> list[DeadlineRow]:
    return [
        DeadlineRow(
            name=element_name(head, line.element_id) or line.rule,
            part="" if head.parent_key is None else process_name(head),
            line=line,
            arithmetic=in_language(line.explanation.zh, line.explanation.en)
            if line.explanation
            else _("日历未覆盖该日期"),
            basis=line.source.annotation if line.source else "",
        )
        for head, line in lines
    ]
