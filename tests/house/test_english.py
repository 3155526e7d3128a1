"""Chinese is the source; every text of a page has an English one beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract
from jinja2 import Environment

from web.language import CATALOGUES, english_catalogue

WEB = Path(__file__).resolve().parents[2] / "web"
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
CHINESE_WORDS = re.compile(r"[\u4e00-\u9fff]+")
FOR_LANGUAGE_SWITCH = {"中文"}


def files(pattern: str) -> list[Path]:
    return [
        file
        for file in sorted(WEB.rglob(pattern))
        if "frontend" not in file.parts and "static" not in file.parts
    ]


def messages() -> Iterator[tuple[str, str]]:
    """Every text of every page, with the place where it stands."""
    for file in files("*.py"):
        with file.open("rb") as stream:
            for line, found, _, _ in extract(
                "python", stream, KEYWORDS, options={"encoding": "utf-8"}
            ):
                yield (
                    f"{file.relative_to(WEB)}:{line}",
                    found if isinstance(found, str) else found[0],
                )
    for file in files("*.html"):
        with file.open("rb") as stream:
            found_here = extract(
                "jinja2.ext:babel_extract", stream, KEYWORDS, options={"silent": "false"}
            )
            for line, found, _, _ in found_here:
                yield (
                    f"{file.relative_to(WEB)}:{line}",
                    found if isinstance(found, str) else found[0],
                )


def test_every_text_has_its_english() -> None:
    catalogue = english_catalogue()
    missing = [
        f"{place}: {text}"
        for place, text in messages()
        if CHINESE.search(text) and not ((message := catalogue.get(text)) and message.string)
    ]
    assert not missing, "\n".join(missing)


def test_english_keeps_the_placeholders_of_the_chinese() -> None:
    placeholder = re.compile(r"%\((\w+)\)s")
    wrong = [
        str(message.id)
        for message in english_catalogue()
        if isinstance(message.id, str)
        and message.id
        and set(placeholder.findall(message.id)) != set(placeholder.findall(str(message.string)))
    ]
    assert not wrong, wrong


def test_no_english_is_left_over_from_a_text_that_is_gone() -> None:
    used = {text for _, text in messages()}
    stale = [
        f"{file.name}: {line}"
        for file in sorted(CATALOGUES.glob("*.po"))
        for line in re.findall(r'^msgid "(.+)"$', file.read_text(encoding="utf-8"), re.MULTILINE)
        if line.replace('\\"', '"') not in used
    ]
    assert not stale, "\n".join(stale)


@pytest.mark.parametrize("template", files("*.html"), ids=lambda file: str(file.relative_to(WEB)))
def test_a_template_says_nothing_in_chinese_only(template: Path) -> None:
    environment = Environment(autoescape=True)
    source = template.read_text(encoding="utf-8")
    bare = [
        f"{line}: {text.strip()}"
        for line, kind, text in environment.lex(source)
        if kind == "data" and CHINESE.search(text)
        for text in CHINESE_WORDS.findall(text)
        if text not in FOR_LANGUAGE_SWITCH
    ]
    assert not bare, bare
