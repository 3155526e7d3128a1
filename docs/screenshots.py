"""Makes the pictures of the documentation from the running program.

    .venv/bin/python docs/screenshots.py            all of them
    .venv/bin/python docs/screenshots.py diagrams   only what is drawn from the diagrams

The program is started on a fresh temporary database with the demonstration; the pages are those
that a person sees. Chromium is the system's, or the one that $CHROMIUM names.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import click  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from engine.bpmn import read_diagram  # noqa: E402
from engine.bpmn.picture import draw  # noqa: E402
from engine.shipped import shipped_folder  # noqa: E402
from tests.browser.served import People, Person, Served, serve  # noqa: E402

IMAGES = Path(__file__).resolve().parent / "images"
LARGEST = 250_000
SIZE = {"width": 1366, "height": 768}


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
        with serve(Path(folder), "2026-02-11T10:20") as served:
            photograph(browser, served)
        browser.close()


def photograph(browser: Browser, served: Served) -> None:
    people = People(browser, served)
    for name, login, look in PAGES:
        person = people(login)
        look(person)
        person.page.wait_for_load_state("networkidle")
        write(f"{name}.png", person.page.screenshot(type="png"))


def inbox(person: Person) -> None:
    person.goes_to("/tasks")


def first_task(person: Person) -> None:
    inbox(person)
    person.page.locator("[data-row-link]").first.click()


def instance(person: Person) -> None:
    person.goes_to("/inspector/instances")
    person.page.locator("[data-row-link]").first.click()


def diagram_editor(person: Person) -> None:
    person.goes_to("/studio/processes")
    person.page.locator("[data-row-link]").first.click()


PAGES: tuple[tuple[str, str, Callable[[Person], None]], ...] = (
    ("inbox", "gc_xb01", inbox),
    ("task", "gc_xb01", first_task),
    ("instance", "cz_dc01", instance),
    ("studio", "cz_lc01", diagram_editor),
)
"""Name of the picture, who looks, and how they get there."""


def write(name: str, content: bytes) -> None:
    (IMAGES / name).write_bytes(content)
    click.echo(f"{name}  {len(content) // 1024} kB")


if __name__ == "__main__":
    raise SystemExit(main())
