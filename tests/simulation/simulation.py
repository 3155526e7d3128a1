"""One run: the virtual clock, what is planned, who works, what is checked on the way."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select

from engine.clock import VirtualClock
from engine.register.keep_honours import RecordHonour
from engine.register.models import Entry
from engine.runtime import Command, Runtime
from engine.runtime.commands import AttachFile, StartInstance
from engine.runtime.definitions import DeployedProcess
from engine.runtime.errors import AlreadyStarted
from engine.runtime.models import Incident, ProcessDefinition, ProcessInstance
from tests.simulation import parties
from tests.simulation.agenda import Agenda
from tests.simulation.answers.outside import following
from tests.simulation.calendar_oracle import WorkingDays
from tests.simulation.chance import Chance
from tests.simulation.clues import Clue, Clues
from tests.simulation.course import Courses
from tests.simulation.desk_work import DeskWork
from tests.simulation.failure import SimulationFailed, require
from tests.simulation.ledger import Ledger, Listing
from tests.simulation.messages import Messages
from tests.simulation.people import People
from tests.simulation.platform import Platform
from tests.simulation.settings import Setting

WEEK = timedelta(days=7)
LISTING = "listing"
PDF = b"%PDF-1.4\n%%EOF\n"
Check = Callable[["Simulation"], None]


class Simulation:
    """A world with its people and its future. `run` lets all of it happen."""

    def __init__(
        self,
        setting: Setting,
        runtime: Runtime,
        platform: Platform,
        checks: tuple[Check, ...] = (),
        *,
        aloud: bool = False,
    ) -> None:
        self.setting = setting
        self.runtime = runtime
        self.platform = platform
        self.checks = checks
        self.aloud = aloud
        self.chance = Chance(setting.seed)
        self.agenda = Agenda()
        self.calendar = WorkingDays()
        self.ledger = Ledger()
        self.courses = Courses()
        self.people = People(runtime)
        self.clues = Clues(self.chance)
        self.clues_by_code: dict[str, Clue] = {}
        self.desk_work = DeskWork(self)
        self.messages = Messages(self)
        self.other_codes = 0
        self.seen: dict[str, int] = {}
        """Where checks note how far they have looked."""
        self.seen_at: dict[str, datetime] = {}
        self.calendar_changes: list[datetime] = []
        self.began = time.monotonic()

    # -- what happens ---------------------------------------------------------------------------

    def run(self, until: datetime) -> None:
        """Do what is planned up to an instant. A failure says how to play it again."""
        self.told(lambda: self._run(until))

    def told(self, action: Callable[[], None]) -> None:
        """Do something; whatever fails says how to play it again."""
        try:
            action()
        except Exception as error:
            raise self._told(error) from error

    def _run(self, until: datetime) -> None:
        while self.agenda:
            at, action = self.agenda.next()
            if at > until:
                self.agenda.add(at, action)
                break
            self._go_on_to(at)
            action()
            self._look_around()
        self._go_on_to(until)
        self._look_around()

    def _go_on_to(self, at: datetime) -> None:
        if at > self.now:
            self.runtime.run_until(at)

    def _look_around(self) -> None:
        self.require_no_incident()
        self.desk_work.look()
        self.messages.look()

    def go_down_until(self, at: datetime) -> None:
        """The server is down and comes up again at `at`; what was planned meanwhile comes then."""
        self.note(None, "server", f"停机至 {at:%Y-%m-%d %H:%M}")
        self.runtime = Runtime(self.runtime.engine, VirtualClock(max(at, self.now)))
        self.runtime.sweep()

    def clue_comes(self) -> None:
        """Somebody registers a clue; now and then twice, which the start key refuses."""
        clue = self.new_clue()
        user = self.chance.one_of(*self.people.of("R1", clue.source_unit))
        command = StartInstance(process_id=LISTING, user=user, variables=clue.answers())
        self.execute(command)
        self.note(None, user.login, f"线索 {clue.code} {clue.case['criteria']}")
        if self.chance.happens(0.4):
            self._honour(clue)
        if self.chance.happens(0.03):
            try:
                self.execute(command)
            except AlreadyStarted:
                return
            require(False, f"a clue about {clue.code} was registered twice")

    def _honour(self, clue: Clue) -> None:
        """The party holds an honour, perhaps one of the window in which it should not have."""
        begun = clue.case["act_date_from"]
        assert isinstance(begun, date)
        self.execute(
            RecordHonour(
                user=self.people.named("cz_rs01"),
                holder_name=str(clue.party["name"]),
                holder_code=clue.code,
                title=f"先进单位（{self.now:%Y}）",
                field="社保" if self.chance.happens(0.7) else "其他",
                award_date=self.chance.day_between(begun - WEEK, self.now.date()),
                document_no=f"表彰{self.now:%Y%m%d%H%M}号",
            )
        )

    def new_clue(self, source_unit: str | None = None) -> Clue:
        """Something was found out; nobody has registered it yet."""
        clue = self.clues.next(self.now.date())
        if source_unit is not None:
            clue = replace(clue, source_unit=source_unit)
        self.clues_by_code[clue.code] = clue
        return clue

    def start_about(
        self, process_id: str, role: str, listing: Listing, answers: Mapping[str, object]
    ) -> None:
        """Somebody of the office that decided starts a process about an entry."""
        rows = self.rows(select(Entry.organisation).where(Entry.entry_no == listing.entry_no))
        user = self.people.of(role, f"{rows[0].organisation}-XB")[0]
        variables = {"entry_no": listing.entry_no, **answers}
        self.execute(StartInstance(process_id=process_id, user=user, variables=variables))
        self.note(listing.entry_no, user.login, f"发起 {process_id}", answers)

    def listed(self, listing: Listing) -> None:
        """A decision was signed: whatever may follow about the entry is planned."""
        self.ledger.listed(listing)
        self.courses.belongs(listing.entry_no, listing.case_no)
        known = self.startable()
        for process_id, plan in following().items():
            if process_id in known:
                plan(self, listing)

    def send(self, message: str, key: str, variables: dict[str, object]) -> bool:
        """Send a message now. Whether somebody waited for it."""
        return self.messages.send(message, key, variables)

    def attach(self, task: Any) -> int:
        """Lay a file to a task. Gives its key."""
        publisher = self.people.named("cz_fb01")
        command = AttachFile(instance_key=task.instance_key, task_key=task.key, user=publisher,
                             file_name="proof.pdf", content=PDF)  # fmt: skip
        return int(self.execute(command))

    def told_by_hand(self, entry_no: str, action: str, event: str) -> None:
        """A person told the platform what the push could not."""
        self.platform.told(entry_no, action, event)

    def another_code(self, is_unit: bool) -> str:
        """The code of a party that nobody has met."""
        self.other_codes += 1
        return (parties.credit_code if is_unit else parties.identity_number)(
            9_000 + self.other_codes)  # fmt: skip

    def send_later(
        self, at: datetime, message: str, key: str, variables: Callable[[], dict[str, object]]
    ) -> None:
        """Send a message at an instant."""
        self.messages.send_later(at, message, key, variables)

    def say(self) -> None:
        """Tell how far the run has come, if it is aloud."""
        if self.aloud:
            print(f"{self.now:%Y-%m-%d}  {self.summary()}", flush=True)

    def summary(self) -> str:
        """How much was done, and how long that took."""
        grounds = Counter(one.ground_at(self.now) for one in self.ledger.listings.values())
        ends = "，".join(f"{ground or '在列'} {count}" for ground, count in grounds.items())
        seconds = time.monotonic() - self.began
        return f"{sum(self.desk_work.done.values())} 项任务，{ends}，{seconds:.0f} 秒"

    # -- looking ---------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        return self.runtime.clock.now()

    def execute(self, command: Command) -> Any:
        """Execute a command of the runtime."""
        return self.runtime.execute(command)

    def rows(self, query: Any) -> list[Row[Any]]:
        """The rows of a query."""
        with self.runtime.reading() as connection:
            return list(connection.execute(query).all())

    def newly(self, what: str) -> bool:
        """Whether a check sees something for the first time."""
        is_new = what not in self.seen
        self.seen[what] = 1
        return is_new

    def calendar_changed_since(self, at: datetime) -> bool:
        """Whether a notice was put in force after `at`."""
        return any(change > at for change in self.calendar_changes)

    def clue_about(self, code: str) -> Clue | None:
        """The last clue about a party."""
        return self.clues_by_code.get(code)

    def entry_of(self, case_no: str) -> str:
        """The number of the entry that a case led to."""
        self.require_no_incident()
        rows = self.rows(select(Entry.entry_no).where(Entry.case_no == case_no))
        require(len(rows) == 1, f"a signed case led to {len(rows)} entries", case_no)
        return str(rows[0].entry_no)

    def processes(self) -> Iterator[DeployedProcess]:
        """The newest version of every deployed process."""
        newest = select(func.max(ProcessDefinition.key)).group_by(ProcessDefinition.process_id)
        with self.runtime.reading() as connection:
            for key in connection.scalars(newest).all():
                yield self.runtime.definitions.process(connection, key)

    def startable(self) -> set[str]:
        """The processes that a person starts about an entry."""
        return {d.process_id for d in self.processes()
                if d.process.properties.get("about") == "entry"}  # fmt: skip

    def thrown_messages(self) -> set[str]:
        """The names of the messages that diagrams throw."""
        return {
            e.task_type.headers["messageName"]
            for d in self.processes()
            for e in d.process.elements.values()
            if e.task_type is not None and "messageName" in e.task_type.headers
        }

    def messages_that_begin(self) -> set[str]:
        """The names of the messages that begin processes."""
        return {
            e.event.message.name.text
            for d in self.processes()
            for e in d.process.children_of(d.process_id)
            if e.kind == "startEvent" and e.event is not None and e.event.message is not None
        }

    def note(
        self, key: str | None, who: str, what: str, answers: Mapping[str, object] | None = None
    ) -> None:
        """Keep what happened, for whoever looks into a failure."""
        self.courses.note(key, self.now, who, what, answers or {})

    def require_no_incident(self) -> None:
        """Raise `SimulationFailed` if anything failed and waits for a person."""
        rows = self.rows(select(Incident).where(Incident.resolved_at.is_(None)).limit(1))
        for row in rows:
            raise SimulationFailed(
                f"incident at {row.element_id} (instance {row.instance_key}): {row.message_zh} "
                f"{row.details}",
                self._business_key(row.instance_key),
            )

    def _business_key(self, instance_key: int) -> str | None:
        rows = self.rows(
            select(ProcessInstance.business_key).where(ProcessInstance.key == instance_key)
        )
        return rows[0].business_key if rows else None

    def _told(self, error: Exception) -> SimulationFailed:
        about = error.about if isinstance(error, SimulationFailed) else None
        what = getattr(error, "what", f"{type(error).__name__}: {error}")
        return SimulationFailed(
            f"\n{what}\n\n{self.setting}, at {self.now:%Y-%m-%d %H:%M:%S}, about {about}\n"
            f"{self.courses.of(about)}",
            about,
        )
