"""Makes the pictures of the documentation from the running program.

    .venv/bin/python docs/screenshots.py            all of them
    .venv/bin/python docs/screenshots.py diagrams   only what is drawn from the diagrams

The program is started on a fresh temporary database, first with a few weeks of work, then with the
whole demonstration; the pages are those that a person sees. Chromium is the system's, or the one
that $CHROMIUM names.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import click  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from engine.bpmn import read_diagram  # noqa: E402
from engine.bpmn.picture import draw  # noqa: E402
from engine.clock import VirtualClock  # noqa: E402
from engine.runtime import Runtime  # noqa: E402
from engine.shipped import shipped_folder  # noqa: E402
from engine.store import open_database  # noqa: E402
from tests.browser.by_command import Clerks  # noqa: E402
from tests.browser.listing_case import (  # noqa: E402
    CLUE,
    COLLECTOR,
    UNTIL_NOTICE,
    Step,
    service_at,
)
from tests.browser.served import People, Served, serve  # noqa: E402
from web.config import Config  # noqa: E402
from web.prepare import prepare  # noqa: E402

IMAGES = Path(__file__).resolve().parent / "images"
LARGEST = 250_000
IN_WINDOW = ("示例乙化工有限公司", "91000000MA00000232")
CHOOSE, RECORD = service_at("2026-02-09T10:00")
DEMONSTRATED = "2026-11-24T08:00"
Pages = tuple[tuple[str, str, Callable[[Page, str], None]], ...]
WORK: tuple[tuple[str, tuple[str, str], tuple[Step, ...]], ...] = (
    ("2026-01-27T09:30", ("示例甲机械有限公司", "91000000MA00000157"), UNTIL_NOTICE[:1]),
    ("2026-02-02T09:30", IN_WINDOW, (*UNTIL_NOTICE, CHOOSE)),
    ("2026-02-04T09:30", ("示例丙矿业有限公司", "91000000MA0000031W"), UNTIL_NOTICE[:1]),
    ("2026-02-05T09:30", ("示例丁茶业有限公司", "91000000MA000004XL"), UNTIL_NOTICE[:1]),
    ("2026-02-09T09:30", IN_WINDOW, (RECORD,)),
    ("2026-02-09T11:30", ("示例戊旅游有限公司", "91000000MA0000058L"), UNTIL_NOTICE[:2]),
    ("2026-02-10T09:30", ("示例己电子有限公司", "91000000MA0000066F"), UNTIL_NOTICE),
    ("2026-02-10T10:30", ("示例庚劳务有限公司", "91000000MA0000074A"), UNTIL_NOTICE[:1]),
    ("2026-02-10T11:30", ("示例辛商贸有限公司", "91000000MA00000825"), ()),
)
"""When, for which party, what is done; a party that is new is registered first."""


def main() -> int:
    """Draw what is asked for; 1 if a picture came out too large."""
    wanted = sys.argv[1:] or ["diagrams", "pages"]
    IMAGES.mkdir(exist_ok=True)
    if "diagrams" in wanted:
        draw_diagrams()
    if "pages" in wanted:
        take_pages()
    too_large = [file.name for file in IMAGES.iterdir() if file.stat().st_size >= LARGEST]
    for name in too_large:
        click.echo(f"too large: {name}", err=True)
    return 1 if too_large else 0


def draw_diagrams() -> None:
    """Every shipped diagram as SVG."""
    for file in sorted(shipped_folder("bpmn").glob("*.bpmn")):
        diagram = read_diagram(file.read_bytes(), file.name)
        write(f"{file.stem}.svg", draw(diagram).encode())


def take_pages() -> None:
    """The pages, as the people concerned see them."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with serve(Path(folder) / "weeks", "2026-01-26T09:00") as served:
            bring_cases(served)
            photograph(browser, served, PAGES)
        play_demonstration(Path(folder) / "demonstration")
        with serve(Path(folder) / "demonstration", DEMONSTRATED) as served:
            photograph(browser, served, DEMONSTRATION_PAGES)
        browser.close()


def play_demonstration(folder: Path) -> None:
    """The cases that `make run` shows at once, as of one day."""
    config = Config(
        database_url=f"sqlite:///{folder}/chengxin.sqlite", secret_key="-", var=folder,
        demonstration=True,
    )  # fmt: skip
    clock = VirtualClock(datetime.fromisoformat(DEMONSTRATED))
    runtime = Runtime(open_database(config.database_url), clock)
    prepare(config, runtime, cases=True)
    runtime.engine.dispose()


def bring_cases(served: Served) -> None:
    """A few weeks of work, so that the lists are those of an ordinary morning."""
    clerks = Clerks(served)
    cases: dict[str, int] = {}
    for instant, (name, code), steps in WORK:
        served.time_passes_until(instant)
        if name not in cases:
            party = {"party.name": name, "party.code": code}
            cases[name] = clerks.registers(COLLECTOR, {**CLUE, **party})
        for step in steps:
            clerks.does(step, cases[name])
    served.time_passes_until("2026-02-11T10:20")


def photograph(browser: Browser, served: Served, pages: Pages) -> None:
    people = People(browser, served)
    for name, login, look in pages:
        person = people(login)
        look(person.page, served.address)
        person.page.wait_for_load_state("networkidle")
        write(f"{name}.png", person.page.screenshot(type="png"))


def inbox(page: Page, address: str) -> None:
    page.goto(f"{address}/tasks")


def task(page: Page, address: str) -> None:
    inbox(page, address)
    page.locator("#inbox tr", has_text="拟制列入事先告知书").locator("[data-row-link]").click()


def instance(page: Page, address: str) -> None:
    page.goto(f"{address}/inspector/instances?q={IN_WINDOW[1]}")
    page.locator("main table [data-row-link]").first.click()
    page.get_by_role("link", name="进入被调用的流程").click()
    page.locator("[data-inspect]").wait_for()


def editor(page: Page, address: str) -> None:
    page.goto(f"{address}/studio/processes")
    page.locator("main [data-row-link]", has_text="送达").first.click()
    page.get_by_role("link", name="编辑").click()
    page.locator(".djs-shape[data-element-id]").first.wait_for()


def entry(page: Page, address: str) -> None:
    page.goto(f"{address}/register?q=示例山湖建材")
    page.locator("main [data-row-link]").first.click()


def portal(page: Page, address: str) -> None:
    page.goto(f"{address}/portal")


def answer(page: Page, address: str) -> None:
    page.goto(f"{address}/precheck")
    page.locator(".cx-precheck-latest a").first.click()


def board(page: Page, address: str) -> None:
    page.goto(f"{address}/supervision/figures")
    page.locator("main canvas, main svg").first.wait_for()


PAGES: Pages = (
    ("inbox", "gc_xb01", inbox),
    ("task", "gc_xb01", task),
    ("instance", "cz_dc01", instance),
    ("studio", "cz_lc01", editor),
)
"""Name of the picture, who looks, and how they get there."""
DEMONSTRATION_PAGES: Pages = (
    ("entry", "qy_xb01", entry),
    ("portal", "cz_dc01", portal),
    ("precheck", "cz_zb01", answer),
    ("supervision", "cz_dc01", board),
)


def write(name: str, content: bytes) -> None:
    (IMAGES / name).write_bytes(content)
    click.echo(f"{name}  {len(content) // 1024} kB")


if __name__ == "__main__":
    raise SystemExit(main())
