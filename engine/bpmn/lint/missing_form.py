"""`missing-form`: a user task whose form is not deployed, or that has none."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn import words
from engine.bpmn.findings import Finding
from engine.bpmn.lint.facts import Surroundings, error, warning
from engine.bpmn.model import Diagram, Element

RULE = "missing-form"

FOREIGN_FORMS = ("zeebe:formDefinition@formKey", "zeebe:formDefinition@externalReference")
"""Forms the modeler can name that are not deployed: embedded ones and those of other systems."""


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    for process in diagram.processes.values():
        for element in process.elements.values():
            if element.form is not None:
                yield from _unknown(element, element.form.form_id, surroundings)
            elif element.kind == "userTask":
                yield _without(element)


def _unknown(element: Element, form_id: str, surroundings: Surroundings) -> Iterator[Finding]:
    if surroundings.forms is not None and form_id not in surroundings.forms:
        yield error(
            RULE,
            element.place,
            f"{words.zh(element)}的表单「{form_id}」没有部署。请一并部署该表单或改正 id。",
            f"The form '{form_id}' of the {words.en(element)} is not deployed. Deploy it too, or"
            " correct the id.",
        )


def _without(element: Element) -> Finding:
    if any(name in FOREIGN_FORMS for name in element.unknown_extensions):
        return warning(
            RULE,
            element.place,
            f"{words.zh(element)}的表单是嵌入式或外部的，不会显示。请改为链接已部署的表单。",
            f"The form of the {words.en(element)} is embedded or external and is not shown. Link a"
            " deployed form instead.",
        )
    return warning(
        RULE,
        element.place,
        f"{words.zh(element)}没有表单，办理人只能点完成。请链接表单。",
        f"The {words.en(element)} has no form; one can only press complete. Link a form.",
    )
