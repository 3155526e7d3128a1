"""What can be wrong with a form, and with what somebody filled into it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from engine.errors import ChengxinError, Language
from engine.forms.paths import input_id
from engine.place import Place


class FormError(ChengxinError):
    """Root of the errors of this room."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FormFinding:
    """One thing an owner should repair in a form file; an error stops the form from being read."""

    level: Literal["error", "warning"]
    rule: str
    place: Place
    zh: str
    en: str

    def message(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en

    def __str__(self) -> str:
        return f"{self.place}: {self.zh} / {self.en}"


class FormSchemaInvalid(FormError):
    """A form file cannot be read; `findings` says everything that is wrong with it at once."""

    zh = "表单「{file}」有 {count} 处错误：{first_zh}"
    en = "Form '{file}' has {count} errors: {first_en}"

    def __init__(self, *, file: str, findings: Iterable[FormFinding]) -> None:
        self.findings = tuple(findings)
        first = next(finding for finding in self.findings if finding.level == "error")
        count = sum(finding.level == "error" for finding in self.findings)
        super().__init__(
            place=first.place, file=file, count=count, first_zh=first.zh, first_en=first.en
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldError:
    """One bad field: `path` is its HTML name (`acts[0].act_no`), the messages name its label."""

    path: str
    label: str
    zh: str
    en: str
    label_en: str = ""

    @property
    def anchor(self) -> str:
        """The HTML id of the field on a page."""
        return input_id(self.path)

    def message(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en

    def beside(self, language: Language = "zh") -> str:
        """The message beside its field, where the label need not be said again."""
        if language == "zh":
            return self.zh.removeprefix(f"「{self.label}」").removeprefix("：")
        rest = self.en.removeprefix(self.label_en).removeprefix(":").strip()
        return rest[:1].upper() + rest[1:]


class FormInvalid(FormError):
    """The answers are not acceptable; `errors` names every bad field at once, in form order."""

    zh = "有 {count} 处需要更正：{all_zh}"
    en = "{count} to correct: {all_en}"

    def __init__(self, *, errors: Iterable[FieldError]) -> None:
        self.errors = tuple(errors)
        super().__init__(
            count=len(self.errors),
            all_zh="".join(error.zh for error in self.errors),
            all_en=" ".join(error.en for error in self.errors),
        )


class BadValue(FormError):
    """Text that cannot be read as the kind of value a field holds; becomes a `FieldError`."""

    zh = "{zh}"
    en = "{en}"

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh=zh, en=en)
