"""The commands: each a frozen wish with its one handler, in a file named for it."""

from engine.runtime.commands.approve_calendar import ApproveCalendar, EnterCalendar
from engine.runtime.commands.attach_file import AttachFile
from engine.runtime.commands.cancel_instance import CancelInstance
from engine.runtime.commands.change_due_date import ChangeDueDate
from engine.runtime.commands.claim_task import ClaimTask, UnclaimTask
from engine.runtime.commands.comment_case import CommentCase
from engine.runtime.commands.complete_task import CompleteTask
from engine.runtime.commands.correlate_message import CorrelateMessage
from engine.runtime.commands.deploy import Deploy, SourceFile
from engine.runtime.commands.deploy_studio_drafts import DeployStudioDrafts
from engine.runtime.commands.discard_studio_draft import DiscardStudioDraft
from engine.runtime.commands.fail_job import FailJob
from engine.runtime.commands.fire_timers import FireTimers, FireTimerStart
from engine.runtime.commands.rearm_start_timers import RearmStartTimers
from engine.runtime.commands.reassign_task import ReassignTask
from engine.runtime.commands.recompute_deadlines import RecomputeDeadlines
from engine.runtime.commands.record_incident import RecordIncident
from engine.runtime.commands.remind import Remind
from engine.runtime.commands.retry_incident import RetryIncident
from engine.runtime.commands.run_job import CompleteJob, EndOutsideJob, LeaseJob, RunJob
from engine.runtime.commands.save_draft import SaveDraft
from engine.runtime.commands.save_studio_draft import SaveStudioDraft
from engine.runtime.commands.start_instance import StartInstance

__all__ = [
    "ApproveCalendar",
    "AttachFile",
    "CancelInstance",
    "ChangeDueDate",
    "ClaimTask",
    "CommentCase",
    "CompleteJob",
    "CompleteTask",
    "CorrelateMessage",
    "Deploy",
    "DeployStudioDrafts",
    "DiscardStudioDraft",
    "EndOutsideJob",
    "EnterCalendar",
    "FailJob",
    "FireTimerStart",
    "FireTimers",
    "LeaseJob",
    "RearmStartTimers",
    "ReassignTask",
    "RecomputeDeadlines",
    "RecordIncident",
    "Remind",
    "RetryIncident",
    "RunJob",
    "SaveDraft",
    "SaveStudioDraft",
    "SourceFile",
    "StartInstance",
    "UnclaimTask",
]
