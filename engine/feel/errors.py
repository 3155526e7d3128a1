"""What can go wrong in FEEL: texts that are not expressions, limits, and faults of evaluation.

A `FeelSyntaxError` and a `FeelLimitExceeded` are raised. A `Fault` never leaves the room: the
standard turns it into null, and we turn it into a `Warning` beside the null.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.errors import ChengxinError, Language


class FeelError(ChengxinError):
    """The root of everything this room raises."""


class FeelSyntaxError(FeelError):
    """The text is not FEEL.

    `offset` counts characters from 0, `found` is the text that stands there ("" at the end),
    `expected` says in Chinese and English what could have stood there.
    """

    zh = "表达式第 {column} 个字符处{found_zh}，这里应为{expected_zh}。"
    en = "At character {column} the expression has {found_en}; expected {expected_en}."

    def __init__(self, *, offset: int, found: str, expected: Phrase) -> None:
        super().__init__(
            column=offset + 1,
            found_zh=f"是「{found}」" if found else "已结束",
            found_en=f"“{found}”" if found else "its end",
            expected_zh=expected.zh,
            expected_en=expected.en,
        )
        self.offset = offset
        self.found = found
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a sentence in both languages."""

    zh: str
    en: str


class FeelLimitExceeded(FeelError):
    """An evaluation or a text was stopped because it grew beyond a limit; see `limits`."""


class ExpressionTooLong(FeelLimitExceeded):
    zh = "表达式有 {length} 个字符，超过 {limit} 个的上限。请拆成几个决策或变量。"
    en = "The expression has {length} characters, more than {limit}. Split it into several."


class ExpressionTooDeep(FeelLimitExceeded):
    zh = "表达式嵌套超过 {limit} 层。请拆成几个决策或变量。"
    en = "The expression is nested more than {limit} levels deep. Split it into several."


class TooManySteps(FeelLimitExceeded):
    zh = "求值超过 {limit} 步，已停止。请检查循环的范围。"
    en = "The evaluation took more than {limit} steps and was stopped. Check what it iterates over."


class CallsTooDeep(FeelLimitExceeded):
    zh = "函数相互调用超过 {limit} 层，已停止。请检查递归的结束条件。"
    en = "Functions call each other more than {limit} levels deep. Check where recursion ends."


class StringTooLong(FeelLimitExceeded):
    zh = "文本长 {length} 个字符，超过 {limit} 个的上限。"
    en = "A string of {length} characters is longer than the limit of {limit}."


class EvaluationTooDeep(FeelLimitExceeded):
    zh = "求值嵌套太深，超出可用的调用栈。请减少函数之间、决策之间的层层调用。"
    en = "The evaluation nests deeper than the stack allows. Let functions and decisions call less."


class ValueTooLarge(FeelLimitExceeded):
    zh = "值展开后的字符和项超过 {limit} 个。请不要在列表里反复嵌入同一个列表。"
    en = (
        "Written out, the value has more than {limit} characters and items. "
        "Do not put the same list into lists again and again."
    )


class ValueTooDeep(FeelLimitExceeded):
    zh = "值里的列表和上下文嵌套超过 {limit} 层。请把结构改得平一些。"
    en = "The value nests lists and contexts more than {limit} levels deep. Make it flatter."


class ListTooLong(FeelLimitExceeded):
    zh = "列表有 {length} 项，超过 {limit} 项的上限。"
    en = "A list of {length} items is longer than the limit of {limit}."


class PatternTooLong(FeelLimitExceeded):
    zh = "正则表达式有 {length} 个字符，超过 {limit} 个的上限。"
    en = "The pattern has {length} characters, more than {limit}."


class PatternTooDeep(FeelLimitExceeded):
    zh = "正则表达式的分组或字符类嵌套超过 {limit} 层。"
    en = "Groups or classes of the pattern are nested more than {limit} levels deep."


class PatternTooLarge(FeelLimitExceeded):
    zh = "正则表达式把重复次数展开后超过 {limit} 个部分。请减小花括号中的次数。"
    en = "With its repetitions the pattern has more than {limit} parts. Lower the counts in braces."


class PatternTooSlow(FeelLimitExceeded):
    zh = "正则表达式匹配超过 {limit} 步，已停止。请简化正则表达式或缩短文本。"
    en = "Matching patterns took more than {limit} steps and was stopped. Simplify the pattern."


class NotEncodable(FeelError):
    """A value that cannot be stored as a variable, such as a function."""

    zh = "类型为 {found} 的值不能作为变量保存。"
    en = "A value of type {found} cannot be stored as a variable."


class NotDecodable(FeelError):
    """A stored text that is no encoded value."""

    zh = "「{text}」不是已编码的变量值。"
    en = "“{text}” is not an encoded value."


class Fault(FeelError):
    """A fault of evaluation; becomes null and a warning. Host functions may raise one."""


class NoSuchVariable(Fault):
    zh = "没有名为「{name}」的变量。"
    en = "There is no variable named “{name}”."


class NoSuchEntry(Fault):
    zh = "{found} 没有「{name}」这一项。"
    en = "{found} has no entry “{name}”."


class NoSuchFunction(Fault):
    zh = "没有名为「{name}」的函数。"
    en = "There is no function named “{name}”."


class NotAFunction(Fault):
    zh = "{found} 不是函数，不能调用。"
    en = "{found} is not a function and cannot be called."


class NoSuchIndex(Fault):
    zh = "列表只有 {length} 项，没有第 {index} 项。"
    en = "The list has {length} items, there is no item {index}."


class OperandsDoNotFit(Fault):
    zh = "「{operator}」不能用于 {left} 和 {right}。"
    en = "“{operator}” does not work on {left} and {right}."


class OperandDoesNotFit(Fault):
    zh = "「{operator}」不能用于 {operand}。"
    en = "“{operator}” does not work on {operand}."


class NotComparable(Fault):
    zh = "{left} 和 {right} 不能比较。"
    en = "{left} and {right} cannot be compared."


class NotABoolean(Fault):
    zh = "此处应为 true 或 false，得到 {found}。"
    en = "Expected true or false, got {found}."


class NotIterable(Fault):
    zh = "此处应为列表或范围，得到 {found}。"
    en = "Expected a list or a range to go through, got {found}."


class DivisionByZero(Fault):
    zh = "除数为零。"
    en = "Division by zero."


class NumberOutOfRange(Fault):
    zh = "运算结果超出数的范围（34 位有效数字）。"
    en = "The result is outside the range of numbers (34 digits)."


class DateOutOfRange(Fault):
    zh = (
        "运算结果超出日期或时长的范围（-999999999 年至 999999999 年；"
        "期限和工作日函数为 0001 年至 9999 年）。"
    )
    en = (
        "The result is outside the range of dates and durations (years -999999999 to 999999999; "
        "0001 to 9999 for functions of periods and working days)."
    )


class WrongArguments(Fault):
    zh = "函数「{function}」的参数不对：应为 {expected}，得到 {found}。"
    en = "Wrong arguments for “{function}”: expected {expected}, got {found}."


class ArgumentDoesNotFit(Fault):
    zh = "函数「{function}」的参数「{parameter}」应为 {expected}，得到 {found}。"
    en = "“{function}” expects {expected} as “{parameter}”, got {found}."


class ResultDoesNotFit(Fault):
    zh = "函数「{function}」的结果应为 {expected}，得到 {found}。"
    en = "The result of “{function}” should be {expected}, got {found}."


class NotReadable(Fault):
    zh = "「{text}」不能读作 {expected}。"
    en = "“{text}” cannot be read as {expected}."


class NotSuchAPattern(Fault):
    zh = "正则表达式「{pattern}」读到第 {position} 个字符有误：{reason_zh}。"
    en = "The pattern “{pattern}” is not valid at character {position}: {reason_en}."


class NotSuchAFlag(Fault):
    zh = "正则表达式没有标志「{flag}」，可用 s、m、i、x、q。"
    en = "Patterns have no flag “{flag}”; there are s, m, i, x and q."


class PatternMatchesNothing(Fault):
    zh = "正则表达式「{pattern}」能匹配空文本，不能用于「{function}」。"
    en = "The pattern “{pattern}” matches the empty text, so “{function}” cannot use it."


class NotSuchAReplacement(Fault):
    zh = "替换文本「{text}」有误：「$」之后应为 0 至 9，「\\」之后应为「\\」或「$」。"
    en = "The replacement “{text}” is not valid: 0 to 9 follows “$”, “\\” or “$” follows “\\”."


class DuplicateEntry(Fault):
    zh = "「{name}」在同一上下文中出现两次。"
    en = "The context has the entry “{name}” twice."


class RangeDoesNotFit(Fault):
    zh = "范围的两端 {low} 和 {high} 不能构成范围。"
    en = "{low} and {high} do not make a range."


class NotAFeelValue(Fault):
    zh = "变量「{name}」的值类型为 {found}，不是 FEEL 的值。"
    en = "The variable “{name}” holds a {found}, which is not a FEEL value."


class NoExternalFunctions(Fault):
    """Java and PMML would run code that no table shows."""

    zh = "不执行外部函数（external，Java 或 PMML）。请用 FEEL 改写，或写成业务知识模型（BKM）。"
    en = (
        "External functions (Java or PMML) are not run. Write the function in FEEL, "
        "or as a business knowledge model."
    )


class NoSuchType(Fault):
    zh = "没有名为「{name}」的类型。"
    en = "There is no type named “{name}”."


class ServiceMissing(Fault):
    zh = "此处没有提供{service_zh}，「{function}」不能使用。"
    en = "No {service_en} was provided here, so “{function}” cannot be used."


class NotAsAsserted(Fault):
    zh = "断言不成立：{cause}。"
    en = "Assertion failed: {cause}."


@dataclass(frozen=True, kw_only=True, slots=True)
class Warning:
    """Why a part of an expression became null.

    `kind` names the fault, `zh` and `en` are templates filled by `values`, `offset` is where in
    the expression the fault stands, counted from 0.
    """

    kind: str
    zh: str
    en: str
    values: dict[str, object] = field(default_factory=dict)
    offset: int = 0

    @classmethod
    def of(cls, fault: ChengxinError, offset: int) -> Warning:
        return cls(
            kind=type(fault).__name__,
            zh=fault.zh,
            en=fault.en,
            values=dict(fault.values),
            offset=offset,
        )

    def message(self, language: Language = "zh") -> str:
        """The sentence for a person."""
        return (self.zh if language == "zh" else self.en).format(**self.values)

    def __str__(self) -> str:
        return f"{self.message('zh')} / {self.message('en')}"
