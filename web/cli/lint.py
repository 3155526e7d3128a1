"""`chengxin lint FILE…`: what is wrong with diagrams, before anybody deploys them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from engine.bpmn.errors import DiagramInvalid
from engine.bpmn.findings import Finding
from engine.bpmn.lint import Surroundings
from engine.bpmn.lint import lint as check
from engine.bpmn.lint.steps import of_people
from engine.bpmn.reader import read_diagram
from engine.bpmn.safe_xml import parse

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("lint")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option(
    "--beside",
    multiple=True,
    type=_FOLDER,
    help="一并部署的表单、决策、流程所在目录 / folder of the forms, decisions and processes beside",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / write JSON")
def lint(files: tuple[Path, ...], beside: tuple[Path, ...], as_json: bool) -> None:
    """检查流程图（BPMN）。Check diagrams: every finding with its line; exit code 1 on errors."""
    surroundings = surroundings_of(beside) if beside else Surroundings()
    findings = [finding for file in files for finding in findings_of(file, surroundings)]
    if as_json:
        click.echo(json.dumps([_plain(f) for f in findings], ensure_ascii=False, indent=2))
    else:
        _print(findings, len(files))
    if any(finding.level == "error" for finding in findings):
        sys.exit(1)


def findings_of(file: Path, surroundings: Surroundings) -> list[Finding]:
    """The findings of one file; those of a file that cannot be read at all are errors too."""
    try:
        return check(read_diagram(file.read_bytes(), str(file)), surroundings)
    except DiagramInvalid as invalid:
        return list(invalid.findings)


def surroundings_of(folders: Iterable[Path]) -> Surroundings:
    """The ids of everything deployable in the folders and below; unreadable files are left out."""
    files = [file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()]
    return Surroundings(
        forms=frozenset(id for file in files if file.suffix == ".form" for id in _form_ids(file)),
        decisions=frozenset(id for file in files for id in _ids(file, ".dmn", "decision")),
        processes=frozenset(id for file in files for id in _ids(file, ".bpmn", "process")),
        steps=frozenset(id for file in files if file.suffix == ".bpmn" for id in _steps(file)),
    )


def _form_ids(file: Path) -> list[str]:
    try:
        form = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return []
    return [str(form["id"])] if isinstance(form, dict) and "id" in form else []


def _ids(file: Path, suffix: str, kind: str) -> list[str]:
    if file.suffix != suffix:
        return []
    try:
        root = parse(file.read_bytes(), str(file))
    except DiagramInvalid:
        return []
    return [node.get("id", "") for node in root.iterchildren(f"{{*}}{kind}")]


def _steps(file: Path) -> frozenset[str]:
    try:
        return of_people(read_diagram(file.read_bytes(), str(file)))
    except DiagramInvalid:
        return frozenset()


def _print(findings: Iterable[Finding], files: int) -> None:
    errors = warnings = 0
    for finding in findings:
        click.echo(str(finding))
        errors += finding.level == "error"
        warnings += finding.level == "warning"
    click.echo(
        f"{files} 个文件：{errors} 个错误，{warnings} 个警告 / "
        f"{files} file(s): {errors} error(s), {warnings} warning(s)"
    )


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "file": finding.place.file,
        "line": finding.place.line,
        "element": finding.place.element,
        "level": finding.level,
        "rule": finding.rule,
        "zh": finding.zh,
        "en": finding.en,
    }
