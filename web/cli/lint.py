"""`chengxin lint PATH…`: what is wrong with diagrams, tables and forms, before deployment."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import click

from engine.bpmn.errors import DiagramInvalid
from engine.bpmn.findings import Finding
from engine.bpmn.lint import Surroundings
from engine.bpmn.lint import lint as check
from engine.bpmn.lint.steps import of_people
from engine.bpmn.reader import read_diagram
from engine.bpmn.safe_xml import parse
from engine.dmn import DmnFinding, DmnInvalid, Library, check_decisions, left_open, read_library
from engine.forms import FormSchemaInvalid, read_form
from engine.forms.errors import FormFinding
from engine.place import Place

KINDS = (".bpmn", ".dmn", ".form")

_PATH = click.Path(exists=True, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A remark about a file of any kind; `more` is what only the checks of its kind can tell."""

    level: Literal["error", "warning", "note"]
    rule: str
    place: Place
    zh: str
    en: str
    more: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.place} {self.level} {self.rule}: {self.zh} / {self.en}"

    def plain(self) -> dict[str, object]:
        """For programs."""
        return {
            "file": self.place.file,
            "line": self.place.line,
            "element": self.place.element,
            "level": self.level,
            "rule": self.rule,
            "zh": self.zh,
            "en": self.en,
            **self.more,
        }


@click.command("lint")
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option(
    "--beside",
    multiple=True,
    type=_FOLDER,
    help="一并部署的表单、决策、流程所在目录 / folder of the forms, decisions and processes beside",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / write JSON")
def lint(paths: tuple[Path, ...], beside: tuple[Path, ...], as_json: bool) -> None:
    """检查流程图、决策表和表单（文件或文件夹）。Check diagrams, decision tables and forms.

    一次列出全部问题；有错误时退出码为 1。Every finding at once, with its line; exit code 1 on
    errors. 决策文件引用的其他决策文件，在同一文件夹或 --beside 里找。note 说明哪里没有查全。
    A note tells what was not looked for.
    """
    files = list(_files_in(paths))
    surroundings = surroundings_of(beside) if beside else Surroundings()
    library = _library(files, beside)
    found = [finding for file in files for finding in _findings(file, surroundings, library)]
    if as_json:
        click.echo(json.dumps([one.plain() for one in found], ensure_ascii=False, indent=2))
    else:
        _print(found, len(files))
    if any(finding.level == "error" for finding in found):
        sys.exit(1)


def _files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those of the kinds we know in the folders named, each once."""
    known: dict[Path, None] = {}
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        known |= dict.fromkeys(
            file for file in inside if file == path or (file.is_file() and file.suffix in KINDS)
        )
    yield from known


def _findings(file: Path, surroundings: Surroundings, library: Library) -> Iterator[Found]:
    """The findings of one file; those of a file that cannot be read at all are errors too."""
    try:
        if file.suffix == ".dmn":
            model = library.model(str(file))
            yield from map(_of_table, [*check_decisions(model), *left_open(model)])
        elif file.suffix == ".form":
            yield from map(_of_others, read_form(file.read_bytes(), str(file)).findings)
        else:
            diagram = read_diagram(file.read_bytes(), str(file))
            yield from map(_of_others, check(diagram, surroundings))
    except DmnInvalid as invalid:
        yield from map(_of_table, invalid.findings)
    except (DiagramInvalid, FormSchemaInvalid) as invalid:
        yield from map(_of_others, invalid.findings)


def _of_others(finding: Finding | FormFinding) -> Found:
    return Found(
        level=finding.level,
        rule=finding.rule,
        place=finding.place,
        zh=finding.zh,
        en=finding.en,
    )


def _of_table(finding: DmnFinding) -> Found:
    return Found(
        level=finding.level,
        rule=finding.check,
        place=finding.place,
        zh=finding.zh,
        en=finding.en,
        more={
            "decision": finding.decision,
            "rules": list(finding.rules),
            "column": finding.column,
            "cell": finding.cell,
        },
    )


def _library(files: Iterable[Path], beside: Iterable[Path]) -> Library:
    """The decision files, with those they may import: beside them, or in the folders given."""
    tables = [file for file in files if file.suffix == ".dmn"]
    folders = [*dict.fromkeys(file.parent for file in tables)] if tables else []
    around = [other for folder in folders for other in sorted(folder.glob("*.dmn"))]
    around += [other for folder in beside for other in sorted(folder.rglob("*.dmn"))]
    known = {other.resolve(): other for other in around}
    known |= {file.resolve(): file for file in tables}
    return read_library({str(file): file.read_bytes() for file in known.values()})


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


def _print(findings: Iterable[Found], files: int) -> None:
    errors = warnings = 0
    for finding in findings:
        click.echo(str(finding))
        errors += finding.level == "error"
        warnings += finding.level == "warning"
    click.echo(
        f"{files} 个文件：{errors} 个错误，{warnings} 个警告 / "
        f"{files} file(s): {errors} error(s), {warnings} warning(s)"
    )
