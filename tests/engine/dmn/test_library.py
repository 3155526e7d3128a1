"""Files that import each other."""

from __future__ import annotations

import pytest

from engine.dmn import (
    DecisionInstance,
    DecisionsInCircle,
    Library,
    check_decisions,
    read_library,
)
from tests.engine.dmn.builder import (
    component,
    definitions,
    input_data,
    item,
    knowledge,
    literal,
    service,
    table,
    typed,
)


def file(namespace: str, *parts: str, head: str = "") -> bytes:
    """A file of its own namespace; `head` are further attributes of its root."""
    xml = definitions("".join(parts))
    return xml.replace(b'namespace="test"', f'namespace="{namespace}" {head}'.encode())


def imported(namespace: str, name: str | None = None, location: str = "") -> str:
    named = "" if name is None else f' name="{name}"'
    where = f' locationURI="{location}"' if location else ""
    return f'<import{named} namespace="{namespace}"{where}/>'


def needs(kind: str, href: str) -> str:
    outer = "knowledgeRequirement" if kind == "Knowledge" else "informationRequirement"
    return f'<{outer}><required{kind} href="{href}"/></{outer}>'


def ask(library: Library, name: str, decision: str, **facts: object) -> DecisionInstance:
    return library.model(name).evaluate(decision, facts)


LAW = file(
    "law",
    item("tKind", "string"),
    item("tAct", component("kind", "tKind") + component("amount", "number")),
    table([(['"late"'], ["2"])], name="rate", inputs=("kind",), requires=["@kind"]),
    input_data("kind", "tKind"),
    knowledge("fine", {"act": "tAct"}, "act.amount * factor()", requires=["!factor"]),
    knowledge("factor", {}, "3"),
    service("rating", ["rate"], data=["kind"]),
)


def case(requirements: str, text: str, *, law: str = "law", extra: str = "") -> bytes:
    return file("case", imported("law", law), extra, literal("t", text, (), requirements))


def test_a_decision_of_another_file_is_required() -> None:
    files = {"law.dmn": LAW, "case.dmn": case(needs("Decision", "law#rate"), "law.rate + 1")}
    answer = ask(read_library(files), "case.dmn", "t", kind="late")
    assert answer.result == 3
    [required] = answer.required
    assert (required.file, required.matched[0].rule_id) == ("law.dmn", "r1")
    assert required.file_hash != answer.file_hash


def test_input_data_knowledge_and_services_of_another_file_are_required() -> None:
    files = {
        "law.dmn": LAW,
        "input.dmn": case(needs("Input", "law#kind"), "law.kind"),
        "function.dmn": case(needs("Knowledge", "law#fine"), 'law.fine({kind: "x", amount: 5})'),
        "service.dmn": case(needs("Knowledge", "law#rating"), 'law.rating("late")'),
    }
    library = read_library(files)
    assert ask(library, "input.dmn", "t", kind="late").result == "late"
    assert ask(library, "function.dmn", "t").result == 15
    assert ask(library, "service.dmn", "t").result == 2


def test_types_of_another_file_are_named_behind_the_import() -> None:
    act = "{kind: k, amount: 1}"
    files = {
        "law.dmn": LAW,
        "case.dmn": case("", f"[{act} instance of law.tAct, [{act}] instance of tActs]", extra=""
                         + item("tActs", "law.tAct", collection=True)),
    }  # fmt: skip
    library = read_library(files)
    assert ask(library, "case.dmn", "t", k="late").result == [True, True]
    assert ask(library, "case.dmn", "t", k=1).result == [False, False]


def test_in_dmn_1_1_a_prefix_names_the_type_of_another_file() -> None:
    bound = file(
        "case", imported("law"), typed("t", "l:tAct", "x"), head='xmlns:l="law"'
    )  # fmt: skip
    library = read_library({"law.dmn": LAW, "case.dmn": bound})
    assert ask(library, "case.dmn", "t", x={"kind": "late", "amount": 1}).result is not None
    with pytest.raises(Exception, match="amount"):
        ask(library, "case.dmn", "t", x={"kind": "late", "amount": "1"})


def test_an_import_without_a_name_brings_names_as_they_are() -> None:
    files = {"law.dmn": LAW, "case.dmn": case(needs("Decision", "law#rate"), "rate", law="")}
    assert ask(read_library(files), "case.dmn", "t", kind="late").result == 2


def test_a_decision_that_two_files_need_is_evaluated_once() -> None:
    middle = file("middle", imported("law", "law"),
                  literal("m", "law.rate", (), needs("Decision", "law#rate")))  # fmt: skip
    top = file(
        "top", imported("law", "law"), imported("middle", "mid"),
        literal("t", "law.rate + mid.m", (),
                needs("Decision", "law#rate") + needs("Decision", "middle#m")),
    )  # fmt: skip
    answer = ask(read_library({"a.dmn": top, "b.dmn": middle, "c.dmn": LAW}), "a.dmn", "t",
                 kind="late")  # fmt: skip
    assert answer.result == 4
    assert [one.decision_id for one in answer.walk()] == ["rate", "m", "t"]


def test_files_may_import_each_other() -> None:
    one = file("one", imported("two", "two"), literal("a", "two.b + 1", (),
               needs("Decision", "two#b")), literal("c", "1"))  # fmt: skip
    two = file("two", imported("one", "one"), literal("b", "one.c + 1", (),
               needs("Decision", "one#c")))  # fmt: skip
    library = read_library({"one.dmn": one, "two.dmn": two})
    assert ask(library, "one.dmn", "a").result == 3
    assert not check_decisions(library.model("one.dmn"))


def test_decisions_in_a_circle_through_two_files_are_found() -> None:
    one = file("one", imported("two", "two"), literal("a", "two.b", (), needs("Decision", "two#b")))
    two = file("two", imported("one", "one"), literal("b", "one.a", (), needs("Decision", "one#a")))
    library = read_library({"one.dmn": one, "two.dmn": two})
    with pytest.raises(DecisionsInCircle, match="a → b → a"):
        ask(library, "one.dmn", "a")
    [found] = check_decisions(library.model("one.dmn"))
    assert "a → b → a" in found.zh


def test_an_import_that_is_not_there_is_reported() -> None:
    library = read_library({"case.dmn": case(needs("Decision", "law#rate"), "law.rate")})
    found = check_decisions(library.model("case.dmn"))
    assert [finding.check for finding in found if finding.level == "error"] == [
        "import", "requirement",
    ]  # fmt: skip


def test_the_own_namespace_cannot_be_imported() -> None:
    [found] = check_decisions(
        read_library({"law.dmn": file("law", imported("law", "law"))}).model("law.dmn")
    )
    assert found.check == "import"


def test_of_two_files_with_one_namespace_the_location_decides() -> None:
    other = LAW.replace(b"<text>2</text>", b"<text>9</text>")
    needed = literal("t", "law.rate", (), needs("Decision", "law#rate"))
    files = {
        "law.dmn": LAW,
        "new.dmn": other,
        "clear.dmn": file("case", imported("law", "law", "./new.dmn"), needed),
        "unclear.dmn": file("case", imported("law", "law"), needed),
    }
    library = read_library(files)
    assert ask(library, "clear.dmn", "t", kind="late").result == 9
    assert "law.dmn、new.dmn" in library.faults["unclear.dmn"].message("zh")


def test_one_broken_file_leaves_the_others() -> None:
    library = read_library({"law.dmn": LAW, "bad.dmn": b"<a/>"})
    assert set(library.models) == {"law.dmn"}
    assert set(library.faults) == {"bad.dmn"}


def test_names_of_another_file_may_be_of_any_kind() -> None:
    law = file(
        "law",
        '<decision id="r" name="pre-2026 rate (%)"><literalExpression><text>2</text>'
        "</literalExpression></decision>",
        item("t Act", component("act kind", "string")),
        knowledge("the fine", {"the act": "t Act"}, "the act.act kind"),
    )
    needed = needs("Decision", "law#r") + needs("Knowledge", "law#the fine")
    asked = (
        '[the law.pre-2026 rate (%) + 1, the law.the fine(the act: {act kind: "x"}), '
        '{act kind: "x"} instance of the law.t Act]'
    )
    using = file("case", imported("law", "the law"), literal("t", asked, (), needed))
    library = read_library({"law.dmn": law, "case.dmn": using})
    assert ask(library, "case.dmn", "t").result == [3, "x", True]
    assert check_decisions(library.model("case.dmn")) == []
