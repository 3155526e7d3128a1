"""`chengxin deploy`: put diagrams, tables and forms in force."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from web.cli.installation import acting_as, as_option, this_installation


@click.command("deploy")
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--note", default="", help="部署说明 / what changed")
@as_option()
def deploy(files: tuple[Path, ...], note: str, login: str | None) -> None:
    """部署流程图、决策表和表单。Deploy diagrams, tables and forms; folders are taken whole.

    不给文件时部署随程序发布的 bpmn、dmn、forms。已在办的案件沿用其开始时的版本。
    """
    from engine.runtime import SourceFile, files_in
    from engine.runtime.commands import Deploy
    from engine.runtime.errors import DeploymentRefused
    from engine.shipped import shipped_folder
    from web.prepare import SHIPPED

    runtime = this_installation()
    paths = files or tuple(shipped_folder(name) for name in SHIPPED)
    found = [*files_in(*(path for path in paths if path.is_dir()))]
    found += [SourceFile(name=p.name, content=p.read_bytes()) for p in paths if p.is_file()]
    strange = [file.name for file in found if file.kind is None]
    if strange:
        raise click.ClickException(
            f"不是 .bpmn、.dmn 或 .form 文件：{'、'.join(strange)} / "
            f"no .bpmn, .dmn or .form file: {', '.join(strange)}"
        )
    user = acting_as(runtime, login)
    try:
        key = runtime.execute(Deploy(files=found, note=note, user=user))
    except DeploymentRefused as refused:
        for finding in refused.findings:
            click.echo(str(finding), err=True)
        click.echo("未部署任何文件。 / Nothing was deployed.", err=True)
        sys.exit(1)
    if key is None:
        click.echo("与生效版本相同，无需部署。 / Nothing differs from what is in force.")
    else:
        click.echo(f"部署 {key} 已生效。 / Deployment {key} is in force.")
