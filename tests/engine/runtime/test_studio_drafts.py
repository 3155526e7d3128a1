"""Drafts of the studio: kept beside what is in force, put in force together, never lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.identity.errors import NotPermitted
from engine.runtime.commands import (
    DeployStudioDrafts,
    DiscardStudioDraft,
    SaveStudioDraft,
)
from engine.runtime.errors import (
    DeploymentRefused,
    DraftConflict,
    DraftRefused,
    ReasonMissing,
)
from engine.runtime.queries.definition_uses import uses_of
from engine.runtime.queries.definitions import (
    definition_versions,
    deployed_file,
    deployment,
    deployments,
    drafts,
    holders,
    studio_file,
    studio_files,
)
from engine.runtime.studio_drafts import kept_draft
from tests.builders.diagram import diagram, end, start, user_task

OWNER_MAY = frozenset({"definition.view", "definition.edit", "definition.deploy"})


def process(name: str = "审核", form: str = "") -> bytes:
    task = user_task("review", form=form).replace('name="review"', f'name="{name}"')
    return diagram("p", start(), task, end(), flows="start -> review -> end")


@pytest.fixture
def owner(desk):
    return replace(desk.clerk, login="owner", permissions=OWNER_MAY)


def save(desk, owner, content: bytes, revision: int = 0, name: str = "p.bpmn") -> int:
    return desk.runtime.execute(
        SaveStudioDraft(file_name=name, content=content, revision=revision, user=owner)
    )


def test_a_draft_changes_nothing_in_force(desk, owner) -> None:
    # given a process in force and a case on it
    desk.deploy(("p.bpmn", process()))
    desk.start("p")
    # when an owner keeps another version of it
    save(desk, owner, process("复核"))
    # then the file has a draft, and one version with its case
    with desk.runtime.reading() as connection:
        file = studio_file(connection, "p.bpmn")
    assert file.draft is not None
    assert (len(file.versions), file.in_force.running) == (1, 1)


def test_a_draft_in_force_leaves_running_cases_on_theirs(desk, owner) -> None:
    desk.deploy(("p.bpmn", process()))
    desk.start("p")
    revision = save(desk, owner, process("复核"))
    # when it is deployed
    key = desk.runtime.execute(
        DeployStudioDrafts(revisions={"p.bpmn": revision}, note="改名", user=owner)
    )
    desk.start("p")
    # then the old case stays on version 1, the new one is on version 2, and the draft is gone
    with desk.runtime.reading() as connection:
        file = studio_file(connection, "p.bpmn")
        versions = definition_versions(connection, "process", "p")
        line, made = deployment(connection, key)
        assert deployed_file(connection, file.versions[1].key).content == process()
    assert file.draft is None
    assert file.running_on_older == 1
    assert [(v.definition.version, v.definition.running) for v in versions] == [(2, 1), (1, 1)]
    assert (line.note, [version.number for _, version in made]) == ("改名", [2])


def test_the_second_save_of_two_people_is_refused(desk, owner) -> None:
    # given two people who opened the same draft
    revision = save(desk, owner, process())
    save(desk, owner, process("甲"), revision)
    # when the other saves too
    with pytest.raises(DraftConflict) as refused:
        save(desk, owner, process("乙"), revision)
    # then it is said who was first, and the first save is what is kept
    assert "owner" in refused.value.message("zh")
    with desk.runtime.reading() as connection:
        assert kept_draft(connection, "p.bpmn").file.content == process("甲")


def test_a_new_draft_is_not_taken_for_the_one_before(desk, owner) -> None:
    # given a draft that was discarded and begun again by somebody else
    revision = save(desk, owner, process())
    desk.runtime.execute(DiscardStudioDraft(file_name="p.bpmn", revision=revision, user=owner))
    save(desk, owner, process("甲"))
    # when the page of the first is saved
    with pytest.raises(DraftConflict):
        save(desk, owner, process("乙"), revision)


def test_a_draft_that_was_deployed_meanwhile_is_not_saved_over(desk, owner) -> None:
    revision = save(desk, owner, process())
    desk.runtime.execute(
        DeployStudioDrafts(revisions={"p.bpmn": revision}, note="首次", user=owner)
    )
    with pytest.raises(DraftConflict, match="部署或放弃"):
        save(desk, owner, process("乙"), revision)


def test_a_faulty_draft_is_kept_but_not_deployed(desk, owner) -> None:
    # given a draft that names a form nobody has
    revision = save(desk, owner, process(form="absent"))
    # when it is deployed
    with pytest.raises(DeploymentRefused) as refused:
        desk.runtime.execute(
            DeployStudioDrafts(revisions={"p.bpmn": revision}, note="试", user=owner)
        )
    # then the finding is at its element, and the draft is still there
    assert "review" in {finding.place.element for finding in refused.value.findings}
    with desk.runtime.reading() as connection:
        assert [line.file_name for line in drafts(connection)] == ["p.bpmn"]
        assert deployments(connection) == []


def test_drafts_that_need_each_other_are_deployed_together(desk, owner) -> None:
    form = b'{"id": "review_form", "type": "default", "schemaVersion": 19, "components": []}'
    revisions = {
        "p.bpmn": save(desk, owner, process(form="review_form")),
        "review_form.form": save(desk, owner, form, name="review_form.form"),
    }
    desk.runtime.execute(DeployStudioDrafts(revisions=revisions, note="一并", user=owner))
    desk.start("p")
    # then the form knows the step that uses it and the case on it
    with desk.runtime.reading() as connection:
        assert [use.element_id for use in uses_of(connection, "form", "review_form")] == ["review"]
        assert studio_file(connection, "review_form.form").in_force.running == 1
        assert holders(connection, [("form", "review_form"), ("process", "q")]) == {
            ("form", "review_form"): "review_form.form"
        }


def test_files_are_found_by_what_stands_in_them(desk, owner) -> None:
    desk.deploy(("one.bpmn", process()))
    save(desk, owner, b"<definitions/>", name="other.dmn")
    with desk.runtime.reading() as connection:
        names = [file.name for file in studio_files(connection)]
        by_id = [file.name for file in studio_files(connection, text="P")]
        tables = [file.name for file in studio_files(connection, kind="dmn")]
    assert (names, by_id, tables) == (["one.bpmn", "other.dmn"], ["one.bpmn"], ["other.dmn"])


@pytest.mark.parametrize(
    "name", ["../p.bpmn", "p.txt", ".bpmn", "a b.bpmn", "p.bpmn.py", "a/b.dmn"]
)
def test_a_name_that_is_no_file_name_is_refused(desk, owner, name: str) -> None:
    with pytest.raises(DraftRefused):
        save(desk, owner, process(), name=name)


def test_chinese_file_names_are_fine(desk, owner) -> None:
    assert save(desk, owner, process(), name="列入流程-2026.bpmn")


def test_a_deployment_says_why(desk, owner) -> None:
    revision = save(desk, owner, process())
    with pytest.raises(ReasonMissing):
        desk.runtime.execute(
            DeployStudioDrafts(revisions={"p.bpmn": revision}, note="  ", user=owner)
        )


def test_who_may_only_look_keeps_nothing(desk) -> None:
    with pytest.raises(NotPermitted):
        save(desk, desk.clerk, process())
