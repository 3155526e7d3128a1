"""`chengxin tck DIR`: how much of the DMN technology compatibility kit the engine passes."""

from __future__ import annotations

from pathlib import Path

import click

from engine.feel.texts import literal_of
from web.cli.evaluation import here
from web.cli.tck.run import Outcome, run_tree, tally

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("tck")
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option(
    "--list-failures", is_flag=True, help="逐条列出未通过的 / name every result that differs"
)
def tck(folder: Path, list_failures: bool) -> None:
    """运行 DMN 兼容性测试集。Run a tree of the DMN compatibility kit and count what passes.

    这是报告而不是检查：有未通过的也以 0 结束；一个用例也没有的文件夹才算错误。
    A report, not a gate: the exit code is 0 unless the folder holds no test case at all.
    """
    outcomes = list(run_tree(folder, here()))
    if not outcomes:
        raise click.ClickException(f"{folder}：没有测试用例 / no test cases")
    if list_failures:
        for outcome in outcomes:
            if not outcome.passed:
                click.echo(_told(outcome))
    for count in tally(outcomes):
        name = count.folder or "合计 / total"
        click.echo(f"{name}: passed {count.passed} of {count.total}")


def _told(outcome: Outcome) -> str:
    problem = f"  ({outcome.problem})" if outcome.problem else ""
    return (
        f"FAILED {outcome.folder}/{outcome.case} {outcome.result}:"
        f" expected {literal_of(outcome.expected)}, found {literal_of(outcome.found)}{problem}"
    )
