"""What is written about the product is true of it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from engine.bpmn.lint.registry import READING_RULES, RULES
from web.cli import main

ROOT = Path(__file__).parents[2]
LARGEST_PICTURE = 250_000
LINK = re.compile(r"!?\[[^\]]*\]\(([^()\s]+(?:\([^()]*\))?)\)|<img[^>]+src=\"([^\"]+)\"")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
DEFAULT = re.compile(r"`(deadlines|jurisdiction|criteria_check|defence_outcome)_[a-z_]+`")
TOLD_ELSEWHERE = {
    "registry": re.compile(
        r"https?://[\w.-]*(?:registry|mirror|artifactory|nexus|pypi)[\w.-]*", re.IGNORECASE
    ),
    "machine path": re.compile(r"(?<![\w.$}/-])/(?:work|root|home)/[\w.-]+"),
}


@cache
def tracked() -> tuple[Path, ...]:
    """The files of the repository; skips where there is no git."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs a git checkout")
    return tuple(ROOT / name for name in listed.split("\0") if name)


def written() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def links(page: Path) -> Iterator[str]:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for in_words, in_tag in LINK.findall(text):
        target = in_words or in_tag
        if not re.match(r"[a-z]+:", target):
            yield target


def anchor_of(heading: str) -> str:
    """The anchor that a heading gets: lower case, without punctuation, hyphens for spaces."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def anchors(page: Path) -> set[str]:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    return {anchor_of(heading) for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


@pytest.mark.parametrize("paper", written(), ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_link_leads_somewhere(paper):
    for target in links(paper):
        path, _, anchor = unquote(target).partition("#")
        there = (paper.parent / path) if path else paper
        assert there.exists(), f"{paper.name}: {target}"
        if anchor and there.suffix == ".md":
            assert anchor in anchors(there), f"{paper.name}: {target}"


def test_pictures_are_small_and_shown_somewhere():
    shown = {
        (page.parent / unquote(target)).resolve() for page in written() for target in links(page)
    }
    for picture in sorted((ROOT / "docs" / "images").glob("*")):
        assert picture.stat().st_size < LARGEST_PICTURE, f"{picture.name} is too large"
        assert picture.resolve() in shown, f"{picture.name} is shown nowhere"


def test_the_readme_names_every_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    context = click.Context(main)
    missing = [name for name in main.list_commands(context) if f"`chengxin {name}" not in readme]
    assert not missing


def test_the_readme_names_every_environment_variable():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    config = (ROOT / "web" / "config.py").read_text(encoding="utf-8")
    named = set(re.findall(r"environment\.get\(\"(\w+)\"", config))
    assert named
    assert not {name for name in named if f"`{name}`" not in readme}


def test_the_contributing_page_names_every_make_target():
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE)
    assert not [name for name in targets if name != "help" and f"make {name}" not in contributing]


def test_every_lint_rule_has_a_page_and_a_row():
    table = (ROOT / "docs" / "lint" / "README.md").read_text(encoding="utf-8")
    for rule in (*RULES, *READING_RULES):
        assert (ROOT / "docs" / "lint" / f"{rule}.md").exists(), rule
        assert f"]({rule}.md)" in table, rule


def test_every_page_of_a_lint_rule_has_its_rule():
    pages = {page.stem for page in (ROOT / "docs" / "lint").glob("*.md")} - {"README"}
    assert pages == {*RULES, *READING_RULES}


def test_rules_and_fields_named_in_the_law_exist():
    # given every row, step, decision and field that the page of defaults sends people to
    law = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")
    shipped = "\n".join(
        file.read_text(encoding="utf-8")
        for folder in ("bpmn", "dmn", "forms")
        for file in sorted((ROOT / folder).iterdir())
    )
    # then each of them is there
    rows = {match.group(0).strip("`") for match in DEFAULT.finditer(law)}
    assert len(rows) > 15
    assert not {row for row in rows if f'id="{row}"' not in shipped}
    files = set(re.findall(r"(?<!字段 )`(\w+\.(?:bpmn|dmn|form))`", law))
    assert not {name for name in files if not list(ROOT.glob(f"*/{name}"))}
    fields = set(re.findall(r"(\w+)\.form`(?: 的| 字段)? ?`([\w.]+)`", law))
    assert fields
    for form, key in fields:
        text = (ROOT / "forms" / f"{form}.form").read_text(encoding="utf-8")
        assert f'"key": "{key}"' in text or f'"path": "{key}"' in text, f"{form}.form: {key}"


@pytest.mark.parametrize("what", sorted(TOLD_ELSEWHERE))
def test_no_tracked_file_names_a_machine(what):
    pattern = TOLD_ELSEWHERE[what]
    found = []
    for file in tracked():
        if not file.is_file() or file.resolve() == Path(__file__).resolve():
            continue
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{file.relative_to(ROOT)}: {match.group(0)}" for match in pattern.finditer(text)]
    assert not found
