"""Form files as the modeler's form builder writes them → a checked `Form`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

from engine.forms.builders import Builder
from engine.forms.components import Component, DynamicList, Field, Group, label_of
from engine.forms.findings import Findings
from engine.forms.form import Form
from engine.forms.paths import Key

SCHEMA_VERSION = 19
MAX_LENGTH = 1_000_000


def read_form(text: str | bytes, file: str = "") -> Form:
    """Read a form file of schema version 19 or older.

    Raises `FormSchemaInvalid` with every error found; what is only doubtful stays in
    `Form.findings` as warnings.
    """
    source = text.decode("utf-8-sig", errors="replace") if isinstance(text, bytes) else text
    findings = Findings(source=source, file=file)
    schema = _schema(source, findings)
    components = _components(schema, findings)
    identity = schema.get("id")
    form_id = identity if isinstance(identity, str) else ""
    if not form_id:
        findings.error("form-id", "", "表单没有编号（id）。", "The form has no id.")
    _check_names(components, findings)
    findings.raise_errors()
    version_tag, name = schema.get("versionTag"), schema.get("name")
    return Form(
        id=form_id,
        name=name if isinstance(name, str) else form_id,
        file=file,
        version_tag=version_tag if isinstance(version_tag, str) else "",
        components=components,
        findings=findings.all(),
    )


def _schema(source: str, findings: Findings) -> dict[str, object]:
    if len(source) > MAX_LENGTH:
        findings.refuse(
            "size",
            f"表单文件超过 {MAX_LENGTH:,} 字。",
            f"The form exceeds {MAX_LENGTH:,} characters.",
        )
    try:
        schema = json.loads(source, parse_float=Decimal, parse_int=Decimal)
    except (ValueError, RecursionError) as fault:
        findings.refuse("json", f"不是 JSON 文件：{fault}", f"Not a JSON file: {fault}")
    if not isinstance(schema, dict):
        findings.refuse("json", "不是表单文件。", "Not a form file.")
    if schema.get("type", "default") != "default":
        findings.error("type", "", "不是表单文件（type 应为 default）。", "type must be 'default'.")
    version = schema.get("schemaVersion")
    if isinstance(version, Decimal) and version > SCHEMA_VERSION:
        findings.warning(
            "schema-version",
            "",
            f"表单格式版本 {version} 比本系统认识的 {SCHEMA_VERSION} 新，新的设置可能不起作用。",
            f"Schema version {version} is newer than {SCHEMA_VERSION}; new settings may be idle.",
        )
    return schema


def _components(schema: dict[str, object], findings: Findings) -> tuple[Component, ...]:
    raw = schema.get("components", [])
    if not isinstance(raw, list):
        findings.error("components", "", "components 应为列表。", "components must be a list.")
        return ()
    return Builder(findings).build_all(raw, depth=0)


def _check_names(components: tuple[Component, ...], findings: Findings) -> None:
    ids: set[str] = set()
    keys: dict[Key, Component] = {}
    for component, key in _with_keys(components, ()):
        if component.id in ids:
            findings.error(
                "duplicate-id",
                component.id,
                f"编号 {component.id} 用了不止一次。",
                f"Id {component.id} is used more than once.",
            )
        ids.add(component.id)
        if key is None:
            continue
        if key in keys and not (component.hide and keys[key].hide):
            name = ".".join(key)
            findings.warning(
                "duplicate-key",
                component.id,
                f"「{label_of(component)}」与「{label_of(keys[key])}」写入同一个变量 {name}。",
                f"'{label_of(component)}' and '{label_of(keys[key])}' both write {name}.",
            )
        keys[key] = component


def _with_keys(
    components: tuple[Component, ...], around: Key
) -> Iterator[tuple[Component, Key | None]]:
    for component in components:
        if isinstance(component, Group | DynamicList):
            yield component, None
            yield from _with_keys(component.children, around + component.path)
        elif isinstance(component, Field):
            yield component, around + component.key
        else:
            yield component, None
