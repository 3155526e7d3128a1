"""One component of a form file → one `Component`; every form-js type has its builder."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TypedDict

from engine.feel import (
    Expression,
    FeelSyntaxError,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
    known_functions,
)
from engine.forms.components import (
    Button,
    Check,
    Checkbox,
    Choice,
    Column,
    Component,
    DateTimeInput,
    DocumentPreview,
    DynamicList,
    ExpressionField,
    FilePicker,
    Group,
    Image,
    Layout,
    NumberInput,
    Option,
    Spacer,
    Table,
    TextBlock,
    TextInput,
)
from engine.forms.findings import Findings
from engine.forms.paths import Key
from engine.forms.texts import NO_TEXT, Setting, TemplateFault, Text, compile_text
from engine.place import Place

Raw = Mapping[str, object]

MAX_DEPTH = 20
_KEY_STEP = re.compile(r"[^\W\d]\w*")
_CHECK = re.compile(r"check(\d*)")


class _Common(TypedDict):
    kind: str
    id: str
    place: Place
    label: Text
    label_en: str
    description: Text
    description_en: str
    layout: Layout
    hide: UnaryTests | None
    properties: Mapping[str, str]
    checks: tuple[Check, ...]


class _Keyed(_Common):
    key: Key
    disabled: bool
    readonly: Setting
    required: bool
    required_when: Expression | None
    default: object
    default_formula: Expression | None
    prefix: Text
    suffix: Text
    import_columns: tuple[str, ...]


class Builder:
    """Builds components and reports what is wrong with them to `findings`."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._count = 0

    def build_all(self, raw: list[object], depth: int) -> tuple[Component, ...]:
        """The components of a list; those that cannot be built are left out and reported."""
        if depth > MAX_DEPTH:
            self._findings.refuse(
                "depth", f"分组套了 {MAX_DEPTH} 层以上。", f"Nested more than {MAX_DEPTH} deep."
            )
        built = [self._build(item, depth) for item in raw]
        return tuple(component for component in built if component is not None)

    def _build(self, raw: object, depth: int) -> Component | None:
        self._count += 1
        if not isinstance(raw, Mapping):
            self._findings.error(
                "component", "", "组件应为对象。", "A component must be an object."
            )
            return None
        kind = raw.get("type")
        element = _Element(raw, self._findings, fallback=f"component_{self._count}")
        if kind == "iframe":
            element.error("iframe", "不允许嵌入外部网页（iframe）。", "iframe is not allowed.")
            return None
        if kind in ("group", "dynamiclist"):
            return self._container(element, depth)
        build = _BUILDERS.get(kind) if isinstance(kind, str) else None
        if build is None:
            element.error(
                "unknown-type", f"不认识的组件类型「{kind}」。", f"Unknown component type '{kind}'."
            )
            return None
        return build(element)

    def _container(self, element: _Element, depth: int) -> Component:
        raw = element.raw.get("components", [])
        children = self.build_all(raw, depth + 1) if isinstance(raw, list) else ()
        outline = element.flag("showOutline")
        common = element.common()
        if common["kind"] == "group":
            return Group(**common, path=element.path(), outline=outline, children=children)
        path = element.path()
        if not path:
            element.error("list-path", "动态列表没有路径（path）。", "A dynamic list needs a path.")
        rows = element.number("defaultRepetitions")
        return DynamicList(
            **common,
            path=path,
            outline=outline,
            children=children,
            may_change_rows=element.raw.get("allowAddRemove", True) is not False,
            default_rows=min(int(rows), 100) if rows is not None and rows > 0 else 0,
        )


class _Element:
    """Typed access to the settings of one component, reporting what cannot be read."""

    def __init__(self, raw: Raw, findings: Findings, *, fallback: str) -> None:
        self.raw = raw
        self._findings = findings
        identity = raw.get("id")
        self.id = identity if isinstance(identity, str) and identity else fallback
        self.place = findings.place(self.id)

    # ------------------------------------------------------------------ what every component has

    def common(self) -> _Common:
        properties = self.properties()
        label = self.raw.get("label")
        return _Common(
            kind=str(self.raw["type"]),
            id=self.id,
            place=self.place,
            label=self.text("label") if isinstance(label, str) else NO_TEXT,
            label_en=properties.get("labelEn", ""),
            description=self.text("description"),
            description_en=properties.get("descriptionEn", ""),
            layout=self._layout(),
            hide=self._condition(),
            properties=properties,
            checks=self._checks(properties),
        )

    def keyed(self) -> _Keyed:
        properties = self.properties()
        validate = self.inner("validate")
        appearance = self.inner("appearance")
        default = properties.get("default", "")
        is_formula = default.lstrip().startswith("=")
        stated = self.raw.get("defaultValue")
        headers = properties.get("importColumn", "")
        return _Keyed(
            **self.common(),
            key=self._key("key", needed=True),
            disabled=self.flag("disabled"),
            readonly=self.setting("readonly"),
            required=validate.get("required") is True,
            required_when=self._property_formula(properties, "requiredWhen"),
            default=default if default and not is_formula and stated is None else stated,
            default_formula=self._property_formula(properties, "default") if is_formula else None,
            prefix=self.words(appearance.get("prefixAdorner"), "prefixAdorner"),
            suffix=self.words(appearance.get("suffixAdorner"), "suffixAdorner"),
            import_columns=tuple(part.strip() for part in headers.split("|") if part.strip()),
        )

    def properties(self) -> dict[str, str]:
        return {
            name: value if isinstance(value, str) else str(value)
            for name, value in self.inner("properties").items()
        }

    def path(self) -> Key:
        return self._key("path", needed=False)

    def _key(self, name: str, *, needed: bool) -> Key:
        raw = self.raw.get(name)
        if not isinstance(raw, str) or not raw.strip():
            if needed:
                self.error("key", "字段没有变量名（key）。", "The field has no key.")
            return ()
        steps = tuple(raw.strip().split("."))
        if not all(_KEY_STEP.fullmatch(step) for step in steps):
            self.error(
                "key",
                f"变量名「{raw}」只能由文字、数字和下划线组成，以点分层，不以数字开头。",
                f"Key '{raw}' may hold letters, digits and underscores, levels divided by dots.",
            )
            return ()
        return steps

    def _layout(self) -> Layout:
        layout = self.inner("layout")
        row, columns = layout.get("row"), layout.get("columns")
        return Layout(
            row=row if isinstance(row, str) else "",
            columns=min(max(int(columns), 1), 16) if isinstance(columns, Decimal) else None,
        )

    def _condition(self) -> UnaryTests | None:
        hide = self.inner("conditional").get("hide")
        if not isinstance(hide, str) or not hide.strip():
            return None
        source = hide.strip().removeprefix("=").strip()
        try:
            return compile_unary_tests(source, place=self.place)
        except FeelSyntaxError as fault:
            self._bad_feel("conditional.hide", fault)
            return None

    def _checks(self, properties: Mapping[str, str]) -> tuple[Check, ...]:
        checks = []
        for name, source in properties.items():
            match = _CHECK.fullmatch(name)
            if not match or not source.strip():
                continue
            condition = self.formula(source.strip().removeprefix("="), name)
            zh = properties.get(f"checkMessage{match[1]}", "")
            if not zh:
                self.warning(
                    "check-message",
                    f"规则 {name} 没有提示语（checkMessage{match[1]}）。",
                    f"Rule {name} has no message (checkMessage{match[1]}).",
                )
            en = properties.get(f"checkMessageEn{match[1]}", "")
            if condition is not None:
                checks.append(Check(condition=condition, zh=zh, en=en))
        return tuple(checks)

    # ---------------------------------------------------------------------------- kinds of setting

    def inner(self, name: str) -> Raw:
        value = self.raw.get(name)
        return value if isinstance(value, Mapping) else {}

    def flag(self, name: str) -> bool:
        return bool(self.raw.get(name))

    def number(self, name: str) -> Decimal | None:
        value = self.raw.get(name)
        if value is None or value == "":
            return None
        try:
            return Decimal(str(value).strip())
        except InvalidOperation:
            self.error("number", f"{name} 应为数字。", f"{name} must be a number.")
            return None

    def text(self, name: str) -> Text:
        return self.words(self.raw.get(name), name)

    def words(self, value: object, name: str) -> Text:
        if not isinstance(value, str) or not value:
            return NO_TEXT
        try:
            text = compile_text(value, self.place)
        except FeelSyntaxError as fault:
            self._bad_feel(name, fault)
            return NO_TEXT
        except TemplateFault as fault:
            self.error("template", f"{name}：{fault.zh}。", f"{name}: {fault.en}.")
            return NO_TEXT
        for expression in text.expressions():
            self._known(expression)
        return text

    def setting(self, name: str, value: object = None) -> Setting:
        value = self.raw.get(name) if value is None else value
        if isinstance(value, str) and value.lstrip().startswith("="):
            return Setting(formula=self.formula(value.lstrip()[1:], name))
        return Setting(constant=value)

    def formula(self, source: str, name: str) -> Expression | None:
        try:
            return self._known(compile_expression(source.strip(), place=self.place))
        except FeelSyntaxError as fault:
            self._bad_feel(name, fault)
            return None

    def formula_at(self, name: str) -> Expression | None:
        """The expression in setting `name`, with or without its `=`; None if there is none."""
        value = self.raw.get(name)
        if not isinstance(value, str) or not value.strip().removeprefix("=").strip():
            return None
        return self.formula(value.strip().removeprefix("="), name)

    def _property_formula(self, properties: Mapping[str, str], name: str) -> Expression | None:
        source = properties.get(name, "").strip().removeprefix("=").strip()
        return self.formula(source, name) if source else None

    def _known(self, expression: Expression) -> Expression:
        for name in sorted(expression.calls - known_functions().keys()):
            self.warning("function", f"不认识函数 {name}()。", f"Function {name}() is not known.")
        return expression

    # --------------------------------------------------------------------------------- complaints

    def error(self, rule: str, zh: str, en: str) -> None:
        self._findings.error(rule, self.id, self._named(zh), self._named(en))

    def warning(self, rule: str, zh: str, en: str) -> None:
        self._findings.warning(rule, self.id, self._named(zh), self._named(en))

    def _named(self, sentence: str) -> str:
        label = self.raw.get("label") or self.raw.get("key")
        return f"「{label}」{sentence}" if isinstance(label, str) else sentence

    def _bad_feel(self, name: str, fault: FeelSyntaxError) -> None:
        self.error("feel", f"{name}：{fault.message('zh')}", f"{name}: {fault.message('en')}")


# --------------------------------------------------------------------------- a builder per type


def _text_input(element: _Element) -> Component:
    validate = element.inner("validate")
    kind = validate.get("validationType")
    message = validate.get("patternErrorMessage")
    return TextInput(
        **element.keyed(),
        min_length=element.setting("validate.minLength", validate.get("minLength")),
        max_length=element.setting("validate.maxLength", validate.get("maxLength")),
        pattern=_pattern(element, validate.get("pattern")),
        pattern_message=message if isinstance(message, str) else "",
        validation=kind if kind in ("email", "phone", "custom") else "",
    )


def _pattern(element: _Element, source: object) -> re.Pattern[str] | None:
    if not isinstance(source, str) or not source:
        return None
    try:
        return re.compile(re.sub(r"\(\?<(?![=!])", "(?P<", source), re.ASCII)
    except re.error as fault:
        element.error(
            "pattern", f"格式 {source} 不能使用：{fault}。", f"Pattern {source}: {fault}."
        )
        return None


def _number(element: _Element) -> Component:
    validate = element.inner("validate")
    digits = element.number("decimalDigits")
    return NumberInput(
        **element.keyed(),
        digits=int(digits) if digits is not None and digits >= 0 else None,
        increment=element.number("increment"),
        as_text=element.flag("serializeToString"),
        minimum=element.setting("validate.min", validate.get("min")),
        maximum=element.setting("validate.max", validate.get("max")),
    )


def _datetime(element: _Element) -> Component:
    subtype = element.raw.get("subtype", "date")
    keyed = element.keyed()
    keyed["label"] = _datetime_label(element, keyed["label"], subtype)
    minutes = element.number("timeInterval")
    return DateTimeInput(
        **keyed,
        subtype=subtype if subtype in ("time", "datetime") else "date",
        no_past=element.flag("disallowPassedDates"),
        minutes=int(minutes) if minutes is not None and 1 <= minutes <= 60 else 1,
    )


def _datetime_label(element: _Element, label: Text, subtype: object) -> Text:
    """form-js shows `dateLabel` or `timeLabel`; `label` is only the fallback."""
    own = element.text("timeLabel" if subtype == "time" else "dateLabel")
    return own if own.source else label


def _choice(element: _Element) -> Component:
    kind = element.raw["type"]
    key = element.raw.get("valuesKey")
    return Choice(
        **element.keyed(),
        many=kind in ("checklist", "taglist"),
        searchable=element.flag("searchable"),
        options=_options(element),
        options_key=tuple(key.split(".")) if isinstance(key, str) and key else (),
        options_formula=element.formula_at("valuesExpression"),
    )


def _options(element: _Element) -> tuple[Option, ...]:
    values = element.raw.get("values")
    options = []
    for item in values if isinstance(values, list) else []:
        if isinstance(item, Mapping):
            if "value" not in item:
                element.error("option", "有一个选项没有值。", "An option has no value.")
                continue
            label = item.get("label")
            options.append(Option(label=element.words(label, "values"), value=item["value"]))
        else:
            options.append(Option(label=NO_TEXT, value=item))
    return tuple(options)


def _file_picker(element: _Element) -> Component:
    return FilePicker(
        **element.keyed(), accept=element.text("accept"), multiple=element.setting("multiple")
    )


def _expression_field(element: _Element) -> Component:
    formula = element.formula_at("expression")
    if formula is None:
        element.warning("expression", "没有计算式。", "There is no expression.")
    when = element.raw.get("computeOn")
    return ExpressionField(
        **element.keyed(),
        formula=formula,
        compute_on="presubmit" if when == "presubmit" else "change",
    )


def _table(element: _Element) -> Component:
    columns = element.raw.get("columns")
    return Table(
        **element.common(),
        data_source=_data_source(element),
        columns=tuple(
            Column(label=str(item.get("label", "")), key=str(item.get("key", "")))
            for item in (columns if isinstance(columns, list) else [])
            if isinstance(item, Mapping)
        ),
        columns_formula=element.formula_at("columnsExpression"),
    )


def _data_source(element: _Element) -> Setting:
    """An expression; a plain name is one too, as form-js has it."""
    formula = element.formula_at("dataSource")
    return Setting(formula=formula)


def _spacer(element: _Element) -> Component:
    height = element.number("height")
    return Spacer(**element.common(), height=int(height) if height is not None else 60)


def _button(element: _Element) -> Component:
    action = element.raw.get("action")
    return Button(**element.common(), action="reset" if action == "reset" else "submit")


_BUILDERS: Mapping[str, Callable[[_Element], Component]] = {
    "textfield": _text_input,
    "textarea": _text_input,
    "number": _number,
    "datetime": _datetime,
    "expression": _expression_field,
    "filepicker": _file_picker,
    "checkbox": lambda element: Checkbox(**element.keyed()),
    "checklist": _choice,
    "radio": _choice,
    "select": _choice,
    "taglist": _choice,
    "text": lambda element: TextBlock(**element.common(), content=element.text("text")),
    "html": lambda element: TextBlock(**element.common(), content=element.text("content")),
    "image": lambda element: Image(
        **element.common(), source=element.text("source"), alt=element.text("alt")
    ),
    "table": _table,
    "documentPreview": lambda element: DocumentPreview(
        **element.common(), data_source=_data_source(element)
    ),
    "spacer": _spacer,
    "separator": lambda element: Spacer(**element.common()),
    "button": _button,
}
