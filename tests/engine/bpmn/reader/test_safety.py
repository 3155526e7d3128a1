"""A file of a stranger is read without harm, or refused with its line."""

import pytest

from engine.bpmn.errors import DiagramInvalid
from engine.bpmn.reader import read_diagram

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def refusal(xml: bytes) -> str:
    with pytest.raises(DiagramInvalid) as raised:
        read_diagram(xml, "x.bpmn")
    assert [finding.rule for finding in raised.value.findings] == ["xml"]
    return str(raised.value)


def test_malformed_xml_is_refused_with_its_line():
    assert "x.bpmn:2" in refusal(b"<a>\n<b></a>")


def test_an_empty_file_is_refused():
    assert "XML" in refusal(b"")


def test_a_doctype_is_refused():
    xml = f'<!DOCTYPE d [<!ENTITY a "b">]><definitions xmlns="{BPMN}"/>'
    assert "DOCTYPE" in refusal(xml.encode())


def test_a_doctype_in_another_encoding_is_refused_too():
    xml = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE d><definitions xmlns="{BPMN}"/>'
    assert "DOCTYPE" in refusal(xml.encode("utf-16"))


def test_entities_that_multiply_are_refused_at_once():
    entities = '<!ENTITY e0 "ha">' + "".join(
        f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12)
    )
    xml = f'<!DOCTYPE d [{entities}]><definitions xmlns="{BPMN}" name="&e12;">&e12;</definitions>'
    refusal(xml.encode())


def test_an_outside_file_is_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    xml = (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        f'<definitions xmlns="{BPMN}">&x;</definitions>'
    )
    assert "geheim" not in refusal(xml.encode())


def test_a_hundred_and_one_levels_are_refused():
    deep = "<a>" * 100 + "</a>" * 100
    assert "100" in refusal(f'<definitions xmlns="{BPMN}">{deep}</definitions>'.encode())


def test_a_hundred_levels_are_read():
    deep = "<a>" * 99 + "</a>" * 99
    assert not read_diagram(
        f'<definitions xmlns="{BPMN}">{deep}</definitions>'.encode(), "x"
    ).processes


def test_more_than_five_megabytes_are_refused():
    assert "5242880" in refusal(b" " * (5 * 1024 * 1024 + 1))


def test_another_kind_of_xml_is_refused():
    assert "definitions" in refusal(b"<html/>")


def test_every_element_without_an_id_is_named_at_once():
    process = '<process id="p">\n<task/>\n<userTask/></process>'
    xml = f'<definitions xmlns="{BPMN}">{process}</definitions>'
    with pytest.raises(DiagramInvalid) as raised:
        read_diagram(xml.encode(), "x.bpmn")
    assert [finding.place.line for finding in raised.value.findings] == [2, 3]
