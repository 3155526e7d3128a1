"""Putting a draft in force: what changes, what is wrong, what runs on it, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from engine.runtime import SourceFile
from engine.runtime.commands import DeployStudioDrafts
from engine.runtime.errors import DeploymentRefused, NotFound
from engine.runtime.queries.definitions import deployed_file, drafts, holders, studio_file
from engine.runtime.studio_drafts import KeptDraft, definition_ids, kept_draft
from web.engine_room import reading, the_runtime
from web.language import language
from web.security import requires, the_user
from web.studio.changes import Comparison, compare
from web.studio.findings import ShownFinding, findings_of, shown
from web.studio.room import room

if TYPE_CHECKING:
    from sqlalchemy import Connection


@room.get("/files/<file_name>/deploy")
@requires("definition.deploy")
def deploy_page(file_name: str) -> str:
    return _page(file_name)


@room.post("/files/<file_name>/deploy")
@requires("definition.deploy")
def deploy(file_name: str) -> str | Response | tuple[str, int]:
    """Deploy the draft that was looked at, and the other drafts that were ticked."""
    note = request.form.get("note", "").strip()
    if not note:
        return _page(file_name, error=_("请写明部署说明：改了什么、为什么改。")), 422
    revisions = {file_name: request.form.get("revision", 0, type=int)}
    for ticked in request.form.getlist("also"):
        name, _at, revision = ticked.rpartition("@")
        revisions[name] = int(revision) if revision.isdigit() else 0
    with reading() as connection:
        before = studio_file(connection, file_name).in_force
    try:
        key = the_runtime().execute(
            DeployStudioDrafts(revisions=revisions, note=note, user=the_user())
        )
    except DeploymentRefused as refused:
        findings = shown(refused.findings)
        return _page(file_name, findings=findings, error=refused.message(language())), 422
    if key is None:
        flash(_("草稿与生效版本相同，没有需要部署的内容；草稿已清除。"), "done")
    elif before is not None and before.running:
        flash(
            _(
                "已部署，新办事项按新版本办理；正在办理的 %(count)s 件仍按原版本办完。",
                count=before.running,
            ),
            "done",
        )
    else:
        flash(_("已部署，即时生效。"), "done")
    return redirect(url_for("studio.file", file_name=file_name))


def _page(file_name: str, *, findings: list[ShownFinding] | None = None, error: str = "") -> str:
    with reading() as connection:
        file = studio_file(connection, file_name)
        draft = kept_draft(connection, file_name)
        if draft is None:
            raise NotFound(what="草稿", what_en="draft of", key=file_name)
        if findings is None:
            findings = findings_of(connection, draft.file)
        newest = file.in_force
        comparison = _changes(draft, deployed_file(connection, newest.key) if newest else None)
        taken_over = _taken_over(connection, draft.file)
        others = [line for line in drafts(connection) if line.file_name != file_name]
    return render_template(
        "studio/deploy.html",
        file=file,
        draft=draft,
        findings=findings,
        errors=sum(1 for found in findings if found.level == "error"),
        comparison=comparison,
        others=others,
        ticked=request.form.getlist("also"),
        taken_over=taken_over,
        overtaken=newest is not None and draft.base_key != newest.key,
        error=error,
        note=request.form.get("note", ""),
    )


def _taken_over(connection: Connection, file: SourceFile) -> list[tuple[str, str]]:
    """Ids of a file that another file gives now, with the name of that file."""
    given = holders(connection, definition_ids(file))
    return [(id_, name) for (_what, id_), name in given.items() if name != file.name]


def _changes(draft: KeptDraft, in_force: SourceFile | None) -> Comparison | None:
    return compare(in_force, draft.file) if in_force else None
