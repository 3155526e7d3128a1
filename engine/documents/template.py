"""A template as an office edits it: `<name>.typ` for the words, `<name>.toml` for its needs.

The TOML file says what the letter is called, which variables hold its number and date, and what
it must be given:

    title = "信用修复告知书"
    title_en = "Notice of credit repair"
    number = "decision_no"
    date = "decision_date"

    [fields]
    "party.name" = { zh = "当事人名称", en = "name of the party" }
    "party.phone" = { zh = "电话", en = "phone", optional = true }
    "party.legal_rep_name" = { zh = "法定代表人", en = "legal representative",
                               when = { "party.party_class" = ["unit"] } }
    "party.responsible" = { zh = "相关责任人", en = "persons responsible", kind = "list",
                            or = "party.no_responsible" }
    "party.responsible[].name" = { zh = "相关责任人姓名", en = "name of a person responsible" }

`kind` is text (the default), date, number, list, flag or any. `when` asks for the field only if
the other one has one of these values; `or` takes a ticked or filled other field in its place;
`values` are the only ones allowed; `clause` is the clause that asks for it, named when it lacks.

A letter whose title follows from the case lists the titles by the value that decides; with another
value it has the common one:

    [titles."honour_action"]
    "撤销" = { zh = "撤销荣誉称号通知书", en = "Notice: honour revoked" }

`editable = true` offers the letter as a Word file too. `public = true` refuses a letter that would
show an identity number in full (A.6 AM-43, D09).
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, cast, get_args

from engine.documents.data import EACH, look_up
from engine.documents.errors import TemplateInvalid, TemplateUnknown
from engine.place import Place

Kind = Literal["text", "date", "number", "list", "flag", "any"]

SHARED_PREFIX = "_"
"""Typst files that begin so are shared by the templates and are none themselves."""

_FIELD_KEYS = {"zh", "en", "kind", "optional", "when", "or", "values", "clause"}
_SAFE_IMPORT = re.compile(r'\b(?:import|include)\s*\(?\s*"(?![@/])[^"\\@]*"')
_ANY_IMPORT = re.compile(r"\b(?:import|include)\b")
_FORBIDDEN = re.compile(r"\b(?:eval|plugin|read)\b")
_NAMED_PATH = re.compile(r'\b(?:need|val)\("([^"]+)"')


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One thing that a letter may say, and when it must."""

    path: str
    zh: str
    en: str
    kind: Kind = "text"
    optional: bool = False
    when: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    alternative: str | None = None
    values: tuple[str, ...] = ()
    clause: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TitleCase:
    """The title of a letter when the variable at `path` is `value`."""

    path: str
    value: str
    zh: str
    en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Template:
    """A letter's form. `fingerprint` changes with any file that has a say in its look."""

    name: str
    title: str
    title_en: str
    number_path: str | None
    date_path: str
    fields: tuple[Field, ...]
    file: Path
    fingerprint: str
    titles: tuple[TitleCase, ...] = ()
    editable: bool = False
    public: bool = False

    @property
    def roots(self) -> frozenset[str]:
        """The variables that the letter uses."""
        paths = [field.path for field in self.fields] + [self.date_path, self.number_path or ""]
        paths += [title.path for title in self.titles]
        return frozenset(path.split(".")[0].removesuffix(EACH) for path in paths if path)

    def titled_for(self, data: Mapping[str, object]) -> Template:
        """This template under the title that it has for `data`."""
        for case in self.titles:
            if any(found == case.value for _, found in look_up(data, case.path)):
                return replace(self, title=case.zh, title_en=case.en)
        return self


def read_template(folder: Path, name: str) -> Template:
    """The template `name` of `folder`. Raises `TemplateUnknown` or `TemplateInvalid`."""
    known = template_names(folder)
    if name not in known:
        raise TemplateUnknown(name=name, known="、".join(known))
    described = folder / f"{name}.toml"
    try:
        description = tomllib.loads(described.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise _invalid(described, f"不是 TOML：{error}", f"not TOML: {error}") from None
    template = Template(
        name=name,
        title=_text(description, "title", described),
        title_en=_text(description, "title_en", described),
        number_path=description.get("number"),
        date_path=_text(description, "date", described),
        fields=tuple(_fields(description.get("fields", {}), described)),
        file=folder / f"{name}.typ",
        fingerprint=_fingerprint(folder, name),
        titles=tuple(_titles(description.get("titles", {}), described)),
        editable=description.get("editable") is True,
        public=description.get("public") is True,
    )
    for source in sources(folder, name):
        refuse_unsafe(source)
    _refuse_unnamed_paths(template)
    return template


def template_names(folder: Path) -> tuple[str, ...]:
    """The templates of `folder`, in order."""
    return tuple(
        sorted(
            source.stem
            for source in folder.glob("*.typ")
            if not source.name.startswith(SHARED_PREFIX) and source.with_suffix(".toml").exists()
        )
    )


def sources(folder: Path, name: str) -> list[Path]:
    """The Typst files behind a template: its own and the shared ones."""
    return [folder / f"{name}.typ", *sorted(folder.glob(f"{SHARED_PREFIX}*.typ"))]


def refuse_unsafe(source: Path) -> None:
    """Raise `TemplateInvalid` if `source` reaches outside its folder or runs text as code.

    `#import "@…"` would ask the network for a package whatever Typst is told; a computed import
    or `eval` could hide one. Comments are judged like the rest, because `//` may stand in a text.
    """
    lines = source.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        rest = _SAFE_IMPORT.sub("", line)
        found = _ANY_IMPORT.search(rest) or _FORBIDDEN.search(rest)
        if found:
            raise _invalid(
                source,
                f"不允许「{line.strip()}」：只能引用同一文件夹中的文件",
                f"'{line.strip()}' is not allowed: only files of the same folder may be imported",
                number,
            )


def _refuse_unnamed_paths(template: Template) -> None:
    named = {field.path for field in template.fields}
    text = template.file.read_text(encoding="utf-8")
    for path in dict.fromkeys(_NAMED_PATH.findall(text)):
        if path not in named:
            raise _invalid(
                template.file,
                f"用到的「{path}」没有写入 {template.name}.toml 的 [fields]",
                f"'{path}' is used but not listed under [fields] of {template.name}.toml",
            )


def _fields(described: Mapping[str, Mapping[str, object]], file: Path) -> Iterator[Field]:
    for path, entry in described.items():
        unknown = set(entry) - _FIELD_KEYS
        kind = entry.get("kind", "text")
        if unknown or not entry.get("zh") or not entry.get("en") or kind not in get_args(Kind):
            raise _invalid(file, f"字段「{path}」的写法不对", f"field '{path}' is written wrongly")
        when = cast(Mapping[str, list[object]], entry.get("when", {}))
        alternative = entry.get("or")
        yield Field(
            path=path,
            zh=str(entry["zh"]),
            en=str(entry["en"]),
            kind=cast(Kind, kind),
            optional=bool(entry.get("optional", False)),
            when={other: tuple(values) for other, values in when.items()},
            alternative=str(alternative) if alternative else None,
            values=tuple(cast(list[str], entry.get("values", []))),
            clause=str(entry["clause"]) if entry.get("clause") else None,
        )


def _titles(
    described: Mapping[str, Mapping[str, Mapping[str, str]]], file: Path
) -> Iterator[TitleCase]:
    for path, cases in described.items():
        for value, names in cases.items():
            if set(names) != {"zh", "en"}:
                raise _invalid(
                    file, f"标题「{value}」的写法不对", f"title '{value}' is written wrongly"
                )
            yield TitleCase(path=path, value=value, zh=names["zh"], en=names["en"])


def _text(description: Mapping[str, object], key: str, file: Path) -> str:
    value = description.get(key)
    if not isinstance(value, str) or not value:
        raise _invalid(file, f"缺少 {key}", f"{key} is missing")
    return value


def _fingerprint(folder: Path, name: str) -> str:
    digest = hashlib.sha256()
    for file in [*sources(folder, name), folder / f"{name}.toml"]:
        content = file.read_bytes()
        digest.update(f"{file.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _invalid(file: Path, zh: str, en: str, line: int | None = None) -> TemplateInvalid:
    return TemplateInvalid(place=Place(file=file.name, line=line), problem_zh=zh, problem_en=en)
