"""Pre-check (信用前置审查): whether a party stands in the list, asked before it is chosen (C.8 d).

Every question is kept with its answer. Only entries in force count: what is still under notice
neither changes the answer nor shows in it (AM-46).
"""

from engine.register.precheck.ask import Answer, Question, ask
from engine.register.precheck.ask_precheck import AskPrecheck
from engine.register.precheck.batch import BeginPrecheckRun, CancelPrecheckRun, CheckNextRows
from engine.register.precheck.deciding import Decide, tables_in_force
from engine.register.precheck.purposes import Purpose, purposes
from engine.register.precheck.worker import PrecheckWorker, advance

__all__ = [
    "Answer",
    "AskPrecheck",
    "BeginPrecheckRun",
    "CancelPrecheckRun",
    "CheckNextRows",
    "Decide",
    "PrecheckWorker",
    "Purpose",
    "Question",
    "advance",
    "ask",
    "purposes",
    "tables_in_force",
]
