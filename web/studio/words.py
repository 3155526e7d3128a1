"""What the studio calls things: kinds of files, elements, columns and properties."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _l

from engine.bpmn.words import KINDS
from web.language import in_language

FILE_KINDS = {"bpmn": _l("流程图"), "dmn": _l("决策表"), "form": _l("表单")}
DEFINITIONS = {"process": _l("流程"), "decision": _l("决策"), "form": _l("表单")}

HOW = {
    "added": _l("新增"),
    "removed": _l("删除"),
    "changed": _l("修改"),
    "reordered": _l("调整次序"),
}

ITEMS = {
    "definitions": _l("文件"),
    "process": _l("流程"),
    "collaboration": _l("协作"),
    "participant": _l("池"),
    "laneSet": _l("泳道组"),
    "lane": _l("泳道"),
    "sequenceFlow": _l("顺序流"),
    "association": _l("关联"),
    "textAnnotation": _l("注释"),
    "message": _l("消息"),
    "error": _l("错误"),
    "escalation": _l("升级"),
    "signal": _l("信号"),
    "decision": _l("决策"),
    "decisionTable": _l("决策表"),
    "rule": _l("规则"),
    "input": _l("输入列"),
    "output": _l("输出列"),
    "inputExpression": _l("输入表达式"),
    "inputData": _l("输入数据"),
    "literalExpression": _l("文字表达式"),
    "informationRequirement": _l("信息需求"),
    "form": _l("表单"),
    "textfield": _l("单行文本"),
    "textarea": _l("多行文本"),
    "number": _l("数字"),
    "datetime": _l("日期时间"),
    "select": _l("下拉选择"),
    "radio": _l("单选"),
    "checkbox": _l("勾选框"),
    "checklist": _l("多选"),
    "taglist": _l("标签多选"),
    "filepicker": _l("附件"),
    "group": _l("分组"),
    "dynamiclist": _l("可增减列表"),
    "text": _l("文字"),
    "html": _l("HTML 文字"),
    "table": _l("表格"),
    "expression": _l("表达式"),
    "separator": _l("分隔线"),
    "spacer": _l("空白"),
    "button": _l("按钮"),
}

FACTS = {
    "name": _l("名称"),
    "label": _l("标签"),
    "description": _l("说明"),
    "documentation": _l("说明"),
    "conditionExpression": _l("条件"),
    "sourceRef": _l("起点"),
    "targetRef": _l("终点"),
    "default": _l("缺省流"),
    "formDefinition.formId": _l("表单"),
    "assignmentDefinition.candidateGroups": _l("候选组"),
    "assignmentDefinition.candidateUsers": _l("候选人"),
    "assignmentDefinition.assignee": _l("办理人"),
    "taskSchedule.dueDate": _l("到期日"),
    "taskSchedule.followUpDate": _l("跟进日"),
    "priorityDefinition.priority": _l("优先级"),
    "calledDecision.decisionId": _l("决策"),
    "calledElement.processId": _l("被调用流程"),
    "taskDefinition.type": _l("作业类型"),
    "taskDefinition.retries": _l("重试次数"),
    "script.expression": _l("脚本"),
    "cancelActivity": _l("中断"),
    "attachedToRef": _l("附着于"),
    "flowNodeRef": _l("包含"),
    "hitPolicy": _l("命中策略"),
    "aggregation": _l("汇总方式"),
    "text": _l("文字"),
    "key": _l("键"),
    "type": _l("类型"),
    "typeRef": _l("类型"),
    "values": _l("选项"),
    "defaultValue": _l("缺省值"),
    "disabled": _l("停用"),
    "readonly": _l("只读"),
    "conditional.hide": _l("隐藏条件"),
    "validate.required": _l("必填"),
    "validate.min": _l("最小值"),
    "validate.max": _l("最大值"),
    "validate.minLength": _l("最短长度"),
    "validate.maxLength": _l("最长长度"),
    "validate.pattern": _l("格式"),
    "parent": _l("所在分组"),
}

_PATTERNS = (
    (re.compile(r"property\[(.+)\]\.value"), _l("属性")),
    (re.compile(r"properties\.(.+)"), _l("属性")),
    (re.compile(r"header\[(.+)\]\.value"), _l("参数")),
    (re.compile(r"input\[(.+)\]\.source"), _l("输入映射")),
    (re.compile(r"output\[(.+)\]\.source"), _l("输出映射")),
    (re.compile(r"annotation\[(.+)\]"), _l("备注")),
)


def how_word(how: str) -> str:
    """`新增`, `删除`, …"""
    return str(HOW[how])


def item_kind(kind: str) -> str:
    """`用户任务`, `规则`; the word of the format where we have none."""
    if kind in KINDS:
        return in_language(*KINDS[kind])
    return str(ITEMS.get(kind, kind))


def fact_name(name: str) -> str:
    """`候选组` for `assignmentDefinition.candidateGroups`; a column keeps its own name."""
    if name in FACTS:
        return str(FACTS[name])
    for pattern, word in _PATTERNS:
        if found := pattern.fullmatch(name):
            return f"{word} {found[1]}"
    return name
