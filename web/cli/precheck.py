"""`chengxin precheck --as LOGIN NAME CODE`: whether a party stands in the list."""

from __future__ import annotations

import json

import click

from web.cli.installation import acting_as, as_option, this_installation

DOOR = "command"


@click.command("precheck")
@click.argument("name")
@click.argument("code")
@as_option(required=True)
@click.option("--purpose", required=True, help="事由 / purpose, by its name or id")
@click.option("--project", default="", help="项目编号 / number of the project")
@click.option(
    "--as-of", default="", help="审查时点 / instant, such as 2026-03-10T23:59; now if left out"
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / write JSON")
def precheck(
    name: str, code: str, login: str, purpose: str, project: str, as_of: str, as_json: bool
) -> None:
    """信用前置审查；每次查询都留有记录，不通过时退出码为 1。Whether a party may take part."""
    from engine.clock import parse_instant
    from engine.register.precheck import AskPrecheck, Question
    from engine.register.precheck.log import find_query

    runtime = this_installation()
    user = acting_as(runtime, login)
    try:
        instant = parse_instant(as_of) if as_of else None
    except ValueError:
        raise click.BadParameter("2026-03-10T23:59", param_hint="--as-of") from None
    question = Question(
        purpose=purpose, name=name, code=code, project_no=project, as_of=instant, door=DOOR
    )
    answer = runtime.execute(AskPrecheck(question=question, user=user))
    if as_json:
        with runtime.reading() as connection:
            kept = find_query(connection, user, answer.key)
        click.echo(json.dumps(kept.plain(), ensure_ascii=False, indent=2))
    else:
        verdict = "passes" if answer.passes else "does not pass"
        click.echo(f"{answer.answer} / {verdict}  {answer.query_no}")
        for entry in answer.entries:
            click.echo(f"  {entry.entry_no}  至 {entry.last_day.isoformat()}")
        for warning in answer.warnings:
            click.echo(f"  {warning['zh']} / {warning['en']}")
    if not answer.passes:
        raise SystemExit(1)
