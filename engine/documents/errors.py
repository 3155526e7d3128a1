"""Why a letter was not produced or cannot be shown."""

from __future__ import annotations

from engine.errors import ChengxinError


class DocumentError(ChengxinError):
    """The root of this room's errors."""


class TemplateUnknown(DocumentError):
    """No template of that name."""

    zh = "没有名为「{name}」的文书模板。现有：{known}。"
    en = "There is no document template '{name}'. There are: {known}."


class TemplateInvalid(DocumentError):
    """A template or the file that describes it cannot be used."""

    zh = "文书模板不能使用：{problem_zh}"
    en = "The document template cannot be used: {problem_en}"


class TemplateFaulty(DocumentError):
    """Typst refused the template, or warned about it: a letter with a warning is not sent."""

    zh = "文书模板「{template}」排版失败：{problem}"
    en = "Template '{template}' could not be typeset: {problem}"


class DocumentIncomplete(DocumentError):
    """The case lacks what the letter must say; `missing` lists every field, not the first only."""

    zh = "《{title}》还缺 {count} 项内容：{missing_zh}。请补齐后再出具。"
    en = "'{title_en}' lacks {count} item(s): {missing_en}. Complete them first."


class IdentityNumberShown(DocumentError):
    """A public letter would show somebody's identity number in full (A.6 AM-43; D09)."""

    zh = "《{title}》是公开文书，但「{fields_zh}」中有完整的身份证件号码。请脱敏后再出具。"
    en = "'{title_en}' is public, but {fields_en} hold(s) a full identity number. Mask it first."


class NotEditable(DocumentError):
    """A record of the system is kept as it was made and not handed out for editing."""

    zh = "《{title}》是留存的记录，不提供 Word 文件；请下载 PDF。"
    en = "'{title_en}' is a record and not offered as a Word file. Download the PDF."


class CharacterMissing(DocumentError):
    """No font has this character; a letter with a hole in a name must not be served."""

    zh = (
        "《{title}》中的字符「{characters}」（{code_points}）没有字体可以显示。"
        "请核对，或在字体文件夹中加入含此字的字体。"
    )
    en = (
        "No font has the character '{characters}' ({code_points}) of '{title_en}'. "
        "Check it, or put a font that has it into the font folder."
    )


class ValueNotPrintable(DocumentError):
    """A variable of a kind that no letter can hold."""

    zh = "「{path}」的值不能写入文书：{found}。"
    en = "The value of '{path}' cannot be put into a letter: {found}."


class DocumentNotFound(DocumentError):
    """No document is kept under this key."""

    zh = "没有编号为 {key} 的文书。"
    en = "No document is kept under key {key}."


class DocumentDamaged(DocumentError):
    """The bytes kept are not those that were served."""

    zh = "文书 {key}《{title}》与出具时的校验值不符，不能作为原件使用。请从备份恢复。"
    en = "Document {key} '{title}' differs from what was served. Restore it from a backup."
