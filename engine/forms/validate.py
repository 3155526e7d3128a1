"""Answers against the rules of a form: as form-js checks them, and stricter.

Fields that are hidden or locked are not checked: nobody could repair them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date, datetime
from decimal import Decimal

from engine.clock import in_shanghai
from engine.forms.components import (
    Check,
    Checkbox,
    Choice,
    DateTimeInput,
    DynamicList,
    ExpressionField,
    Field,
    FilePicker,
    NumberInput,
    TextInput,
)
from engine.forms.convert import is_empty, read_number
from engine.forms.errors import BadValue, FieldError
from engine.forms.filling import MAX_ROWS, Filling, Slot
from engine.forms.options import find_option, options_of
from engine.forms.paths import MISSING, as_rows, path_text
from engine.forms.wording import day_shown, number_shown

_EMAIL = re.compile(r"[^\s@,;<>()]+@[^\s@.,;<>()]+(\.[^\s@.,;<>()]+)+")
_PHONE = re.compile(
    r"(\+86[- ]?)?1[3-9]\d{9}"  # mobile
    r"|(\+86[- ]?)?(0\d{2,3}[- ]?)?[2-9]\d{6,7}([-转]\d{1,6})?"  # fixed line, extension
    r"|[48]00[- ]?\d{3}[- ]?\d{4}"  # service numbers
    r"|1\d{4}|9[56]\d{3,6}|11\d|12\d"  # 12333, 95588, 110
    r"|\+\d{1,3}[- ]?\d{5,14}"  # abroad
)

Complaint = tuple[str, str]
"""What is wrong, in Chinese and English, as the rest of a sentence that begins with the label."""


def field_errors(
    filling: Filling, *, attachments: Collection[int] | None = None
) -> tuple[FieldError, ...]:
    """Every bad field of a filled form, in form order.

    `attachments`: the keys of the files of the case; None leaves them unchecked.
    """
    labels = _Labels(filling)
    errors: list[FieldError] = []
    for slot in filling.everything():
        if slot.hidden:
            continue
        complaint = _complaint(slot, attachments)
        if complaint:
            errors.append(_error(slot, labels, complaint))
    bad = {error.path for error in errors}
    unsure = bool(errors)
    for slot in filling.everything():
        if slot.hidden or path_text(slot.path) in bad:
            continue
        check = _broken_check(slot, forgiving=unsure)
        if check:
            errors.append(_broken(slot, labels, check))
    order = {path_text(slot.path): at for at, slot in enumerate(filling.everything())}
    return tuple(sorted(errors, key=lambda error: order[error.path]))


def is_required(slot: Slot) -> bool:
    """Whether an answer must be given here: `validate.required`, or property `requiredWhen`."""
    component = slot.component
    if not isinstance(component, Field) or slot.locked:
        return False
    when = component.required_when
    return component.required or (when is not None and slot.scope.evaluate(when) is True)


# ------------------------------------------------------------------------------------- one field


def _complaint(slot: Slot, attachments: Collection[int] | None) -> Complaint | None:
    component = slot.component
    if isinstance(component, DynamicList):
        return _too_many_rows(slot)
    if not isinstance(component, Field) or isinstance(component, ExpressionField) or slot.locked:
        return None
    if slot.fault is not None:
        return f"：{slot.fault.message('zh')}。", f": {slot.fault.message('en')}."
    if is_empty(slot.value) or slot.value is False:
        return _missing(component) if is_required(slot) else None
    for rule in _RULES.get(type(component), ()):
        complaint = rule(slot, component)
        if complaint:
            return complaint
    if isinstance(component, FilePicker) and attachments is not None:
        return _unknown_files(slot.value, attachments)
    return None


def _missing(component: Field) -> Complaint:
    match component:
        case Checkbox():
            return "必须勾选。", " must be ticked."
        case Choice(many=True):
            return "至少选择一项。", ": choose at least one."
        case Choice() | DateTimeInput():
            return "未选择，请选择。", ": choose one."
        case FilePicker():
            return "未附材料，请添加附件。", ": attach a file."
        case _:
            return "未填写，请填写。", " must be filled in."


def _too_many_rows(slot: Slot) -> Complaint | None:
    if slot.raw is not MISSING and len(as_rows(slot.raw)) > MAX_ROWS:
        return f"超过 {MAX_ROWS} 项。", f" has more than {MAX_ROWS} rows."
    return None


def _unknown_files(value: object, attachments: Collection[int]) -> Complaint | None:
    if all(key in attachments for key in as_rows(value)):
        return None
    return "中有不属于本案的附件，请重新选择。", " names a file that is not in this case."


# ----------------------------------------------------------------------------------------- rules


def _length(slot: Slot, field: Field) -> Complaint | None:
    assert isinstance(field, TextInput)
    length = len(str(slot.value).strip())
    least = _number_in(field.min_length.value(slot.scope))
    most = _number_in(field.max_length.value(slot.scope))
    if least is not None and length < least:
        return (
            f"至少 {least} 字，现为 {length} 字。",
            f" needs at least {least} characters, found {length}.",
        )
    if most is not None and length > most:
        return (
            f"至多 {most} 字，现为 {length} 字。",
            f" takes at most {most} characters, found {length}.",
        )
    return None


def _pattern(slot: Slot, field: Field) -> Complaint | None:
    assert isinstance(field, TextInput)
    if field.pattern is None or field.pattern.search(str(slot.value)):
        return None
    if field.pattern_message:
        return f"：{field.pattern_message}", f": {field.pattern_message}"
    return "格式不对，请检查。", " is not in the required format."


def _kind_of_text(slot: Slot, field: Field) -> Complaint | None:
    assert isinstance(field, TextInput)
    text = str(slot.value).strip()
    if field.validation == "email" and not _EMAIL.fullmatch(text):
        return "不是电子邮箱地址，应像 name@example.cn。", " is not an e-mail address."
    if field.validation == "phone" and not _PHONE.fullmatch(text):
        return (
            "不是电话号码，应像 13812345678 或 0566-2123456。",
            " is not a telephone number such as 13812345678 or 0566-2123456.",
        )
    return None


def _number(slot: Slot, field: Field) -> Complaint | None:
    assert isinstance(field, NumberInput)
    number = read_number(slot.value)
    if number is None:
        return None
    digits = field.digits
    if digits is not None and number != round(number, digits):
        if digits == 0:
            return "应为整数。", " must be a whole number."
        return f"至多 {digits} 位小数。", f" takes at most {digits} decimal places."
    least = _number_in(field.minimum.value(slot.scope))
    most = _number_in(field.maximum.value(slot.scope))
    if least is not None and number < least:
        return f"不能小于 {number_shown(least)}。", f" must not be below {number_shown(least)}."
    if most is not None and number > most:
        return f"不能大于 {number_shown(most)}。", f" must not be above {number_shown(most)}."
    return None


def _not_past(slot: Slot, field: Field) -> Complaint | None:
    assert isinstance(field, DateTimeInput)
    clock = slot.scope.environment.clock
    if not field.no_past or clock is None:
        return None
    now = in_shanghai(clock.now())
    value = slot.value
    if isinstance(value, datetime):
        past = value < now.replace(second=0, microsecond=0)
    else:
        past = isinstance(value, date) and value < now.date()
    if not past:
        return None
    today = now.date()
    return f"不能早于今天（{day_shown(today)}）。", f" must not be before today ({today})."


def _among_options(slot: Slot, field: Field) -> Complaint | None:
    assert isinstance(field, Choice)
    options = options_of(field, slot.scope)
    values = as_rows(slot.value) if field.many else [slot.value]
    strange = [value for value in values if find_option(options, value) is None]
    if strange:
        named = "、".join(f"「{value}」" for value in strange[:3])
        return f"的选项中没有{named}。", f" has no such option: {named}."
    if len({str(value) for value in values}) < len(values):
        return "中有重复的选项。", " has an option twice."
    return None


def _one_file(slot: Slot, field: Field) -> Complaint | None:
    assert isinstance(field, FilePicker)
    if field.multiple.value(slot.scope) is True or len(as_rows(slot.value)) <= 1:
        return None
    return "只能附一份。", " takes one file only."


_RULES: dict[type[Field], tuple[Callable[[Slot, Field], Complaint | None], ...]] = {
    TextInput: (_length, _pattern, _kind_of_text),
    NumberInput: (_number,),
    DateTimeInput: (_not_past,),
    Choice: (_among_options,),
    FilePicker: (_one_file,),
}


def _number_in(value: object) -> Decimal | None:
    try:
        return read_number(value)
    except BadValue:
        return None


# --------------------------------------------------------------------------------- owner's checks


def _broken_check(slot: Slot, *, forgiving: bool) -> Check | None:
    """The first check that is not true.

    A check that cannot say (null) is broken too, except where its field is empty, or where other
    fields must be corrected first (`forgiving`).
    """
    empty = isinstance(slot.component, Field) and is_empty(slot.value)
    for check in slot.component.checks:
        outcome = slot.scope.evaluate(check.condition)
        if outcome is True or (outcome is None and (empty or forgiving)):
            continue
        return check
    return None


def _broken(slot: Slot, labels: _Labels, check: Check) -> FieldError:
    zh, en = labels.of(slot)
    message_zh = check.zh or f"不符合规则 {check.condition.source}"
    message_en = check.en or check.zh or f"breaks the rule {check.condition.source}"
    return FieldError(
        path=path_text(slot.path),
        label=zh,
        label_en=en,
        zh=f"「{zh}」{_closed('：' + message_zh, '。')}" if zh else _closed(message_zh, "。"),
        en=_closed(f"{en}: {message_en}" if en else message_en, "."),
    )


# ------------------------------------------------------------------------------------- sentences


class _Labels:
    """Labels of fields; those in lists with the list and the number of their row."""

    def __init__(self, filling: Filling) -> None:
        self._rows: dict[int, Complaint] = {}
        for slot in filling.everything():
            for index, row in enumerate(slot.rows):
                zh, en = self.of(slot)
                for inner in row.slots:
                    for one in inner.everything():
                        self._rows[id(one)] = (f"{zh}第 {index + 1} 项 · ", f"{en} {index + 1}: ")

    def of(self, slot: Slot) -> Complaint:
        own = label_in(slot, "zh")
        zh, en = self._rows.get(id(slot), ("", ""))
        return zh + own, en + (label_in(slot, "en") or own)


def label_in(slot: Slot, language: str) -> str:
    """The label of a slot; its key where it has none."""
    component = slot.component
    if language == "en" and component.label_en:
        return component.label_en
    label = component.label.render(slot.scope).strip().rstrip("：:*").strip()
    if label or not isinstance(component, Field):
        return label
    return ".".join(component.key)


def _error(slot: Slot, labels: _Labels, complaint: Complaint) -> FieldError:
    zh, en = labels.of(slot)
    return FieldError(
        path=path_text(slot.path),
        label=zh,
        label_en=en,
        zh=_closed(f"「{zh}」{complaint[0]}", "。"),
        en=_closed(f"{en}{complaint[1]}", "."),
    )


def _closed(sentence: str, stop: str) -> str:
    return sentence if sentence.endswith(("。", "！", "？", ".", "!", "?")) else sentence + stop
