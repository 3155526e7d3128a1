"""`chengxin tasks --as LOGIN`: what a person has to do."""

from __future__ import annotations

import json

import click

from web.cli.installation import acting_as, as_option, this_installation


@click.command("tasks")
@as_option(required=True)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / write JSON")
def tasks(login: str, as_json: bool) -> None:
    """列出某人的待办任务。List the open tasks that a person may do, the most urgent first."""
    from engine.runtime.queries.open_tasks import open_tasks_of

    runtime = this_installation()
    user = acting_as(runtime, login)
    user.require("task.view")
    with runtime.reading() as connection:
        found = open_tasks_of(connection, user, limit=1000)
    if as_json:
        click.echo(json.dumps([task.plain() for task in found], ensure_ascii=False, indent=2))
        return
    for task in found:
        due = task.due_date.isoformat() if task.due_date else "—"
        click.echo(
            f"{task.key:>8}  {due:<10}  {task.business_key or '—'}  {task.subject or '—'}  "
            f"{task.name}" + (f"  [{task.assignee}]" if task.assignee else "")
        )
    click.echo(f"共 {len(found)} 项 / {len(found)} tasks")
