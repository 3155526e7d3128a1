"""What the house forbids beyond what ruff and import-linter see."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([*(ROOT / "engine").rglob("*.py"), *(ROOT / "web").rglob("*.py")])


CONSTANT = re.compile(r"[A-Z_]+ = ")
"""A table that pages ask by themselves, not a diagram, has its name in one constant."""


def ids_of_diagrams() -> set[str]:
    """The ids of processes and user tasks that are shipped."""
    ids: set[str] = set()
    for file in (ROOT / "bpmn").glob("*.bpmn"):
        text = file.read_text(encoding="utf-8")
        ids.update(re.findall(r'<(?:bpmn:)?(?:process|userTask)\s[^>]*?\bid="([^"]+)"', text))
    return ids


def ids_of_tables() -> set[str]:
    """The ids of decisions that are shipped."""
    ids: set[str] = set()
    for file in (ROOT / "dmn").glob("*.dmn"):
        ids.update(re.findall(r'<decision\s[^>]*?\bid="([^"]+)"', file.read_text(encoding="utf-8")))
    return ids


def quoted(ids: set[str]) -> re.Pattern[str]:
    """Any of `ids` of more than one word, in quotes."""
    names = sorted(re.escape(name) for name in ids if "_" in name)
    return re.compile("|".join(rf"['\"]{name}['\"]" for name in names) or "$^")


def test_no_python_names_a_procedure_a_task_or_a_role() -> None:
    named, tables = quoted(ids_of_diagrams()), quoted(ids_of_tables())
    role = re.compile(r"['\"]R(?:[1-9]|1[0-5])['\"]")
    found = [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in SOURCES
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if named.search(line)
        or role.search(line)
        or (tables.search(line) and not CONSTANT.match(line))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("word", ["eval(", "exec("])
def test_nothing_evaluates_text_as_python(word: str) -> None:
    call = re.compile(rf"(?<![\w.]){re.escape(word)}")
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in SOURCES
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if call.search(line)
    ]
    assert not found


def test_only_the_clock_reads_the_clock() -> None:
    reads = re.compile(r"\b(?:datetime\.(?:now|utcnow|today)|date\.today|time\.time)\(")
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in SOURCES
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if reads.search(line) and file != ROOT / "engine" / "clock.py"
    ]
    assert not found


def test_no_page_has_inline_styles_or_scripts() -> None:
    inline = re.compile(
        r"""\sstyle=["']|\son[a-z]+=["']|<script(?![^>]*\bsrc=)|javascript:|\shx-on"""
    )
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in sorted((ROOT / "web").rglob("*.html"))
        if "static" not in file.parts
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if inline.search(line)
    ]
    assert not found


def test_no_file_names_the_address_of_a_registry() -> None:
    registries = re.compile(r"registry\.npmjs|pypi\.org/simple|files\.pythonhosted|mirrors?\.\w+\.")
    listed = [ROOT / name for name in ("pyproject.toml", "constraints.txt", "package-lock.json")]
    listed += [ROOT / ".npmrc", ROOT / "package.json", ROOT / "Makefile"]
    listed += sorted((ROOT / "tools").glob("*.py"))
    assert not [f for f in listed if registries.search(f.read_text(encoding="utf-8"))]
