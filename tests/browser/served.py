"""The program as people meet it: served in a thread, and a browser of their own for each."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request
from playwright.sync_api import expect as expect_that
from werkzeug.serving import WSGIRequestHandler, make_server

from engine.clock import VirtualClock, parse_instant
from engine.identity import demonstration_password
from engine.runtime import Runtime
from engine.store import open_database
from engine.store.migrate import upgrade
from web.app import create_app
from web.config import Config
from web.prepare import deploy_shipped, load_people

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE_MS = 15_000
ALL = object()
"""As an answer: tick every box of the field."""


@dataclass(frozen=True, kw_only=True)
class Served:
    """A running server with its runtime and the clock it lives by."""

    address: str
    runtime: Runtime
    clock: VirtualClock

    def time_passes_until(self, instant: str) -> None:
        """Let the clock run to an ISO instant; whatever falls due on the way happens."""
        self.runtime.run_until(parse_instant(instant))


class _Quiet(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Requests that went well are not worth a line."""


@contextmanager
def serve(folder: Path, start: str) -> Iterator[Served]:
    """The product on a fresh SQLite file in `folder`, from `start` on: people, but no cases yet."""
    config = Config(
        database_url=f"sqlite:///{folder}/chengxin.sqlite",
        secret_key="a secret of this run only",
        var=folder,
        demonstration=True,
        requests_per_minute=100_000,
    )
    clock = VirtualClock(datetime.fromisoformat(start))
    runtime = Runtime(open_database(config.database_url), clock)
    upgrade(runtime.engine)
    load_people(config, runtime)
    _, refused = deploy_shipped(runtime)
    assert refused is None, str(refused)
    app = create_app(config, runtime)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Served(address=f"http://127.0.0.1:{server.server_port}", runtime=runtime, clock=clock)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        runtime.engine.dispose()


@dataclass(kw_only=True)
class Watch:
    """What went wrong in a page without the person noticing."""

    address: str
    faults: list[str] = field(default_factory=list)
    refusals: set[int] = field(default_factory=set)
    """Answers that a test expects, such as 403: the browser reports them as errors too."""

    away: bool = False

    def over(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("request", self._request)

    @contextmanager
    def looking_away(self) -> Iterator[None]:
        """While a tool of the test works in the page: what it does is not the product's."""
        self.away = True
        yield
        self.away = False

    def _console(self, message: ConsoleMessage) -> None:
        if self.away or message.type not in ("error", "warning"):
            return
        answered = re.search(r"responded with a status of (\d+)", message.text)
        if answered and int(answered[1]) in self.refusals:
            return
        self.faults.append(f"console {message.type}: {message.text} {message.location}")

    def _request(self, request: Request) -> None:
        there = urlsplit(request.url)
        if there.scheme in ("http", "https", "ws", "wss") and not request.url.startswith(
            self.address
        ):
            self.faults.append(f"request to another host: {request.url}")


class Person:
    """Somebody at a browser, signed in through the page."""

    def __init__(self, context: BrowserContext, served: Served, login: str, watch: Watch) -> None:
        self.login = login
        self.served = served
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        watch.over(self.page)
        self.watch = watch
        self._sign_in()

    def _sign_in(self) -> None:
        self.page.goto(f"{self.served.address}/login")
        self.page.fill('form [name="login"]:not([type="hidden"])', self.login)
        self.page.fill('form [name="password"]:not([type="hidden"])', demonstration_password())
        self.page.locator('form:has([type="password"]) button').click()
        self.page.wait_for_url(lambda url: "/login" not in url)

    def goes_to(self, address: str) -> Page:
        """Open a page by its path."""
        self.page.goto(self.served.address + address)
        return self.page

    # -- forms ------------------------------------------------------------------------------------

    def fills(self, answers: Mapping[str, object]) -> None:
        """Give each field its value, in order: text, True/False for a box, a list for boxes."""
        for name, value in answers.items():
            if isinstance(value, bool):
                self._tick(self._field(name, kind="checkbox"), value)
            elif value is ALL:
                for position in range(self._field(name).count()):
                    self._tick(self._field(name).nth(position), True)
            elif isinstance(value, list):
                for one in value:
                    self._tick(self._option(name, one), True)
            else:
                self._give(name, str(value))

    def adds_a_row(self, name: str) -> None:
        """A new row of a list, by the button that the list offers."""
        button = self.page.locator(f'button[name="_add"][value="{name}"]')
        with self._redrawn(row=True):
            button.click()

    def _field(self, name: str, kind: str = "") -> Locator:
        visible = f'[name="{name}"]:not([type="hidden"])'
        return self.page.locator(f'{visible}[type="{kind}"]' if kind else visible)

    def _option(self, name: str, value: object) -> Locator:
        """A box or radio button by its value or by the words beside it."""
        by_value = self.page.locator(f'input[name="{name}"][value="{value}"]')
        if by_value.count():
            return by_value
        boxes = self.page.locator(f'label.cx-option:has(input[name="{name}"])')
        return boxes.filter(has_text=str(value)).locator("input").first

    def _tick(self, box: Locator, wanted: bool) -> None:
        expect_that(box).to_be_visible()
        if box.is_checked() != wanted:
            with self._redrawn():
                box.set_checked(wanted)

    def _give(self, name: str, value: str) -> None:
        control = self._field(name).first
        expect_that(control, f"field {name}").to_be_visible()
        tag = control.evaluate("field => field.localName")
        kind = control.get_attribute("type")
        if kind == "radio":
            self._tick(self._option(name, value), True)
        elif kind == "file":
            control.set_input_files(value)
        elif tag == "select":
            values = control.locator("option").evaluate_all("all => all.map(one => one.value)")
            choice = {"value": value} if value in values else {"label": value}
            if control.input_value() != value:
                with self._redrawn():
                    control.select_option(**choice)
        elif control.input_value() != value:
            with self._redrawn():
                control.fill(value)
                control.blur()

    @contextmanager
    def _redrawn(self, *, row: bool = False) -> Iterator[None]:
        """Wait for the server's view of the form where it reacts to what is typed."""
        form = self.page.locator("[data-cx-preview]")
        reacts = self.page.locator("[data-cx-preview][data-cx-reacts]").count() > 0
        if not form.count() or not (reacts or row):
            yield
            return
        preview = str(form.first.get_attribute("data-cx-preview"))
        with self.page.expect_response(lambda answer: answer.url.endswith(preview)):
            yield
        self.page.evaluate("() => new Promise(done => setTimeout(done, 30))")

    # -- what must hold on every page --------------------------------------------------------------

    def finds_the_page_accessible(self) -> None:
        """Ask axe about the page as it stands; what it says is kept with the other faults."""
        ask_axe(self.page, self.watch)


def ask_axe(page: Page, watch: Watch) -> None:
    """Keep what axe says about a page as it stands with the other faults."""
    if not AXE.exists():
        return
    with watch.looking_away():
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(
            "() => axe.run(document, {resultTypes: ['violations'], preload: false})"
            ".then(all => all.violations.map(one => one.id + ': '"
            " + one.nodes.map(node => node.target.join(' ')).join(', ')))"
        )
    watch.faults += [f"axe on {page.url}: {fault}" for fault in found]


class People:
    """Each person once, with a browser of their own that keeps them signed in."""

    def __init__(self, browser: Browser, served: Served) -> None:
        self.browser = browser
        self.served = served
        self.watch = Watch(address=served.address)
        self._known: dict[str, Person] = {}

    def __call__(self, login: str) -> Person:
        if login not in self._known:
            context = self.browser.new_context(
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
                viewport={"width": 1366, "height": 768},
            )
            self._known[login] = Person(context, self.served, login, self.watch)
        return self._known[login]
