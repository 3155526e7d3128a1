"""`chengxin scenario FILE…`: rehearse procedures, written in given / when / then."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from engine.scenario import (
    ScenarioInvalid,
    plain_report,
    read_scenarios,
    report,
    run_scenario,
    together,
)

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("scenario")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option(
    "--coverage",
    "picture",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="OUT.svg",
    help="把走过的节点和连线画成图 / draw what was passed",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / write JSON")
@click.option("--english", is_flag=True, help="报告用英文 / report in English")
def scenario(files: tuple[Path, ...], picture: Path | None, as_json: bool, english: bool) -> None:
    """演练场景文件（已知、当、那么）。Play scenario files; exit code 1 if one does not pass.

    每个场景在内存数据库和虚拟时钟上独立演练，不影响正式数据。
    """
    try:
        scenarios = [found for file in files for found in read_scenarios(file)]
    except ScenarioInvalid as invalid:
        click.echo(invalid.message("en" if english else "zh"), err=True)
        sys.exit(2)
    results = [run_scenario(each) for each in scenarios]
    if as_json:
        click.echo(json.dumps(plain_report(results), ensure_ascii=False, indent=2))
    else:
        click.echo(report(results, "en" if english else "zh"))
    if picture is not None:
        picture.write_text(together(r.coverage for r in results).svg(), encoding="utf-8")
    if not all(result.passed for result in results):
        sys.exit(1)
