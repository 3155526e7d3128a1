"""From a template and the variables of a case to the bytes of a letter."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Literal

import typst

from engine.documents.completeness import require_complete
from engine.documents.data import look_up, snapshot
from engine.documents.errors import CharacterMissing, NotEditable, TemplateFaulty
from engine.documents.exposure import refuse_exposure
from engine.documents.fonts import load_fonts, present_families
from engine.documents.template import Template, read_template, template_names
from engine.documents.word import word_file

SHIPPED_TEMPLATES = Path(__file__).with_name("templates")

STANDARD: Literal["a-2a"] = "a-2a"
"""PDF/A-2a: archivable, accessible, and a missing glyph is an error instead of a hole."""

CHINA = timezone(timedelta(hours=8))
_UNDISPLAYABLE = re.compile(r'text `"(.*)"` could not be displayed')
_OF_EXPORT = re.compile(r"html export is under|was ignored during HTML export")
"""What Typst says of every export of words: layout is not for them."""
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}")


@dataclass(frozen=True, kw_only=True, slots=True)
class RenderedDocument:
    """A letter, ready to be signed and served: its bytes and what they were made from."""

    template: str
    template_hash: str
    title: str
    number: str
    date: date
    data: Mapping[str, object]
    content: bytes
    sha256: str
    typst_version: str


class Press:
    """Typesets letters from one folder of templates with one set of fonts.

    One Typst compiler is kept, because it remembers the fonts; a lock lets one letter through at
    a time (some milliseconds each).
    """

    def __init__(
        self, templates: Path = SHIPPED_TEMPLATES, fonts_folder: Path | None = None
    ) -> None:
        self.templates = templates
        fonts = load_fonts(fonts_folder)
        self._families = json.dumps(present_families(fonts), ensure_ascii=False)
        self._compiler = typst.Compiler(root=templates, font_paths=fonts, ignore_system_fonts=True)
        self._lock = Lock()

    def template(self, name: str) -> Template:
        """The template `name`, read afresh: an office may have edited it."""
        return read_template(self.templates, name)

    def names(self) -> tuple[str, ...]:
        """The templates there are."""
        return template_names(self.templates)

    def produce(self, name: str, data: Mapping[str, object]) -> RenderedDocument:
        """The letter `name` about the case with the variables `data`. Same input, same bytes.

        Raises `DocumentIncomplete`, `CharacterMissing`, `TemplateFaulty`, `ValueNotPrintable`,
        `TemplateUnknown` or `TemplateInvalid`.
        """
        template, used = self._checked(name, data)
        content = self._typeset(template, used, "pdf")
        assert isinstance(content, bytes)
        return RenderedDocument(
            template=name,
            template_hash=template.fingerprint,
            title=template.title,
            number=_text_at(used, template.number_path),
            date=_day(template, used),
            data=used,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            typst_version=version("typst"),
        )

    def preview(
        self, name: str, data: Mapping[str, object], *, resolution: float = 96
    ) -> list[bytes]:
        """The pages of the letter as PNG pictures, `resolution` in dots per inch."""
        template, used = self._checked(name, data)
        pages = self._typeset(template, used, "png", resolution)
        return [pages] if isinstance(pages, bytes) else pages

    def docx(self, name: str, data: Mapping[str, object]) -> bytes:
        """The letter as a Word file with the same words, to be edited by a person.

        Raises `NotEditable` if the template does not offer that, else what `produce` raises.
        """
        template, used = self._checked(name, data)
        if not template.editable:
            raise NotEditable(title=template.title, title_en=template.title_en)
        words = self._typeset(template, used, "html")
        assert isinstance(words, bytes)
        return word_file(words, title=template.title, made=_day(template, used))

    def _checked(self, name: str, data: Mapping[str, object]) -> tuple[Template, dict[str, object]]:
        template = self.template(name)
        used = snapshot(data, template.roots)
        template = template.titled_for(used)
        require_complete(template, used)
        refuse_exposure(template, used)
        return template, used

    def _typeset(
        self,
        template: Template,
        data: Mapping[str, object],
        output: Literal["pdf", "png", "html"],
        resolution: float | None = None,
    ) -> bytes | list[bytes]:
        inputs = {"data": json.dumps(data, ensure_ascii=False), "fonts": self._families}
        day = _day(template, data)
        midnight = datetime(day.year, day.month, day.day, tzinfo=CHINA)
        try:
            with self._lock:
                content, warnings = self._compiler.compile_with_warnings(
                    template.file,
                    format=output,
                    ppi=resolution,
                    sys_inputs={**inputs, "title": template.title, "output": output},
                    pdf_standards=STANDARD if output == "pdf" else None,
                    timestamp=midnight,
                )
        except typst.TypstError as error:
            raise _explained(error, template) from error
        serious = [
            text
            for text in (one.message for one in warnings)
            if output != "html" or not _OF_EXPORT.search(text)
        ]
        if serious or content is None:
            problem = "; ".join(serious)
            raise TemplateFaulty(template=template.name, problem=problem)
        return content


@cache
def default_press() -> Press:
    """The press with the shipped templates, and the office's fonts if it has put any into the
    folder `fonts` of the data folder (`CHENGXIN_VAR`, by default `var`)."""
    return Press(fonts_folder=Path(os.environ.get("CHENGXIN_VAR", "var")) / "fonts")


def produce(
    template: str, data: Mapping[str, object], *, press: Press | None = None
) -> RenderedDocument:
    """`Press.produce` of the given press, or of the default one."""
    return (press or default_press()).produce(template, data)


def docx(name: str, data: Mapping[str, object], *, press: Press | None = None) -> bytes:
    """`Press.docx` of the given press, or of the default one."""
    return (press or default_press()).docx(name, data)


def _day(template: Template, data: Mapping[str, object]) -> date:
    return date.fromisoformat(_text_at(data, template.date_path)[:10])


def _text_at(data: Mapping[str, object], path: str | None) -> str:
    if path is None:
        return ""
    value = next((found for _, found in look_up(data, path)), None)
    return "" if value is None else str(value)


def _explained(error: typst.TypstError, template: Template) -> CharacterMissing | TemplateFaulty:
    hole = _UNDISPLAYABLE.search(error.message)
    if hole is None:
        return TemplateFaulty(template=template.name, problem=error.message)
    characters = _ESCAPED.sub(lambda code: chr(int(code.group(1), 16)), hole.group(1))
    return CharacterMissing(
        title=template.title,
        title_en=template.title_en,
        characters=characters if characters.isprintable() else "�",
        code_points=" ".join(f"U+{ord(character):04X}" for character in characters),
    )
