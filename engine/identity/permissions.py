"""The one permission matrix: what can be permitted. Who has it is data (`role_permission`)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PERMISSIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "task.view": ("查看任务", "see tasks"),
        "task.claim": ("签收任务", "claim tasks"),
        "task.complete": ("办理任务", "complete tasks"),
        "task.reassign": ("转办任务", "reassign tasks"),
        "task.urge": ("催办任务", "urge tasks"),
        "case.view": ("查看案件", "see cases"),
        "case.start": ("登记线索", "register clues"),
        "case.import": ("导入线索", "import clues"),
        "case.export": ("导出案件", "export cases"),
        "case.supervise": ("督办案件", "supervise cases"),
        "identity.reveal": ("查看完整证件号码", "see full identity numbers"),
        "register.view": ("查看名单", "see the list"),
        "register.precheck": ("前置审查", "check a party before a decision"),
        "register.publish": ("公示与推送", "publish and push"),
        "honour.keep": ("登记荣誉", "record honours"),
        "report.submit": ("报送", "submit reports"),
        "report.view": ("查看统计", "see figures"),
        "instance.view": ("查看流程实例", "see process instances"),
        "instance.intervene": ("干预流程实例", "intervene in process instances"),
        "incident.resolve": ("处理异常", "resolve incidents"),
        "deadline.change": ("调整期限", "change due dates"),
        "definition.view": ("查看流程设计", "see diagrams, tables and forms"),
        "definition.edit": ("编辑流程设计", "edit diagrams, tables and forms"),
        "definition.deploy": ("部署流程", "deploy diagrams, tables and forms"),
        "scenario.run": ("运行场景", "run scenarios"),
        "calendar.view": ("查看日历", "see calendars"),
        "calendar.edit": ("编辑日历", "edit calendars"),
        "calendar.approve": ("批准日历", "approve calendars"),
        "user.view": ("查看用户", "see users"),
        "user.manage": ("管理用户", "manage users"),
        "deputy.manage": ("管理代理人", "manage deputies"),
        "audit.view": ("查看审计记录", "see the audit trail"),
    }
)
"""Permission → what it allows, in Chinese and English."""
