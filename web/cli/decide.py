"""`chengxin decide FILE_OR_ID`: what a decision answers, and by which rules."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from engine.dmn import DecisionInstance, DecisionModel, read_library
from engine.feel import json_text
from web.cli.evaluation import context_option, here, tell, variables_of


@click.command("decide")
@click.argument("file_or_id")
@click.option(
    "--decision",
    "decision_id",
    help="文件里的决策或决策服务，其标识或名称；只有一个顶层决策时可省略"
    " / the decision or service of the file, by id or name; the topmost one if left out",
)
@context_option(required=True)
@click.option(
    "--explain", is_flag=True, help="连同输入、命中的行和所依据的决策 / with inputs and rules"
)
def decide(file_or_id: str, decision_id: str | None, context: str, explain: bool) -> None:
    """问一项决策，以 JSON 输出结论。The answer of a decision, as JSON.

    FILE_OR_ID 是决策文件，或本系统已部署的决策的标识。文件可以引用同一文件夹里的其他决策文件。
    FILE_OR_ID is a DMN file, or the id of a decision deployed in this installation.
    """
    variables = variables_of(context)
    file = Path(file_or_id)
    if file.is_file():
        version, instance = _ask_file(file, decision_id, variables)
    else:
        version, instance = _ask_installation(decision_id or file_or_id, variables)
    for one in instance.walk():
        tell(one.warnings)
    click.echo(json_text({**version, **_evidence(instance)} if explain else instance.result))


def _ask_file(
    file: Path, decision_id: str | None, variables: Mapping[str, object]
) -> tuple[dict[str, object], DecisionInstance]:
    beside = {one.name: one.read_bytes() for one in sorted(file.parent.glob("*.dmn"))}
    model = read_library({**beside, file.name: file.read_bytes()}).model(file.name)
    return {}, model.evaluate(_asked(model, decision_id), variables, here())


def _ask_installation(
    decision_id: str, variables: Mapping[str, object]
) -> tuple[dict[str, object], DecisionInstance]:
    """The version in force in this installation answers, with its calendar and its periods."""
    from engine.runtime.queries.decide import ask_decision
    from engine.runtime.queries.reading import Reading
    from web.cli.installation import this_installation

    runtime = this_installation()
    with runtime.reading() as connection:
        look = Reading(
            connection=connection,
            definitions=runtime.definitions,
            calendars=runtime.calendars,
            clock=runtime.clock,
        )
        asked = ask_decision(look, decision_id, variables)
    deployed = asked.deployed
    return {"version": deployed.version}, asked.evidence


def _asked(model: DecisionModel, wanted: str | None) -> str:
    """The id of what is asked: as named, else the one decision that no other requires."""
    if wanted is not None:
        names = {service.name: service.id for service in model.services.values()}
        names |= {decision.name: decision.id for decision in model.decisions.values()}
        known = wanted in model.decisions or wanted in model.services
        return wanted if known else names.get(wanted, wanted)
    required = {href for one in model.decisions.values() for href in one.requirements}
    topmost = [id for id in model.decisions if id not in required]
    if len(topmost) != 1:
        choice = "、".join(topmost)
        raise click.UsageError(
            f"文件里有几项决策，请用 --decision 选一项：{choice} / choose one with --decision"
        )
    return topmost[0]


def _evidence(instance: DecisionInstance) -> dict[str, object]:
    return {
        "decision": instance.decision_id,
        "name": instance.decision_name,
        "file": instance.file,
        "hash": instance.file_hash,
        "inputs": [
            {"label": asked.label, "expression": asked.expression, "value": asked.value}
            for asked in instance.inputs
        ],
        "matched": [
            {
                "rule": rule.index,
                "id": rule.rule_id,
                "annotation": rule.annotation,
                "outputs": dict(rule.outputs),
            }
            for rule in instance.matched
        ],
        "defaulted": instance.defaulted,
        "result": instance.result,
        "warnings": [str(warning) for warning in instance.warnings],
        "required": [_evidence(one) for one in instance.required],
    }
