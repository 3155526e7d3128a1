"""FEEL and DMN run no code of a stranger and open no file: what they are made of cannot."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    file for room in ("feel", "dmn") for file in (ROOT / "engine" / room).rglob("*.py")
)
_MODULES = """
asyncio code codeop ctypes ftplib glob http imaplib importlib io marshal multiprocessing os pathlib
pickle pkgutil runpy shelve shutil signal smtplib socket sqlite3 ssl subprocess sys tempfile
threading urllib webbrowser xml xmlrpc zipimport
"""
MODULES = frozenset(_MODULES.split())
"""Modules that reach files, processes, the net or other code; lxml is hardened in `dmn/xml.py`."""
CALLS = frozenset(["open", "eval", "exec", "compile", "__import__", "input", "breakpoint"])
ATTRIBUTES = frozenset(["__globals__", "__subclasses__", "__builtins__", "__code__", "__bases__"])
HARMLESS = frozenset(["pathlib.PurePosixPath", "sys.maxunicode"])
"""What is taken from those modules and reaches nothing."""
XML_MODULES = {"xml.py"}
"""The only files that make a parser of XML."""
FIELDS_OF_NODES = {"walk.py", "logic.py"}
"""Files that go through the fields of their own dataclasses by name."""


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            yield file.relative_to(ROOT), node


def taken(node: ast.AST) -> list[str]:
    """What a node takes from modules: `pathlib.Path`, or `sys.argv` where `sys` is imported."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names if alias.name != "sys"]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return [f"sys.{node.attr}"] if node.value.id == "sys" else []
    return []


def test_there_is_something_to_look_at() -> None:
    assert len(SOURCES) > 60


def test_no_module_is_imported_that_reaches_files_processes_or_the_net() -> None:
    found = [
        f"{file}:{name}"
        for file, node in nodes()
        for name in taken(node)
        if name.partition(".")[0] in MODULES and name not in HARMLESS
    ]
    assert not found


def test_nothing_is_opened_compiled_or_executed() -> None:
    found = [
        f"{file}:{node.lineno}"
        for file, node in nodes()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS
    ]
    assert not found


def test_no_name_of_an_expression_reaches_an_attribute_of_python() -> None:
    """`getattr` takes names that are written there, or fields of nodes, and never a text."""
    reached = [
        f"{file}:{node.lineno}"
        for file, node in nodes()
        if isinstance(node, ast.Attribute) and node.attr in ATTRIBUTES
    ]
    by_name = {
        file.name
        for file, node in nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("getattr", "setattr", "delattr")
        and not isinstance(node.args[1], ast.Constant)
    }
    assert not reached
    assert by_name <= FIELDS_OF_NODES


def test_xml_is_parsed_in_one_place_without_entities_net_or_document_types() -> None:
    parsers = [
        (file, {keyword.arg: ast.literal_eval(keyword.value) for keyword in node.keywords})
        for file, node in nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("XMLParser", "iterparse", "HTMLParser", "XSLT", "parse")
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "etree"
    ]
    assert {file.name for file, _ in parsers} == XML_MODULES
    for _, options in parsers:
        assert options["resolve_entities"] is False
        assert options["no_network"] is True
        assert options["load_dtd"] is False
        assert options["huge_tree"] is False


@pytest.mark.parametrize(
    "name", ["__class__", "__dict__", "__init__", "as_tuple", "tzinfo", "append", "format"]
)
def test_a_path_reaches_no_attribute_of_python(name: str) -> None:
    from engine.feel import compile_expression

    values = {"n": 1, "s": "a", "l": [1], "c": {"a": 1}, "f": None}
    for variable in values:
        found = compile_expression(f"{variable}.{name}").evaluate(values).value
        assert found in (None, [None])
    assert compile_expression(f"(function() 1).{name}").evaluate({}).value is None
    assert compile_expression(f'@"2024-01-01T00:00:00Z".{name}').evaluate({}).value is None
