"""How the versions of DMN refer to a type of another file."""

from __future__ import annotations

from lxml import etree

from engine.dmn.xml import attribute, children


def type_ref(element: etree._Element | None) -> str:
    """The type an element declares, empty if none."""
    return type_named(element, attribute(element, "typeRef")) if element is not None else ""


def type_named(element: etree._Element, text: str) -> str:
    """The type that `text` in `element` names, as DMN 1.2 and later write it.

    In DMN 1.1 a type is an XML name: `feel:number` is `number`, and with a prefix of an imported
    file, `imp:tPerson` is `imp.tPerson` (DMN 1.5 §6.3.3).
    """
    prefix, colon, name = text.strip().rpartition(":")
    if not colon:
        return name
    namespace = element.nsmap.get(prefix)
    for found in children(element.getroottree().getroot(), "import"):
        if namespace and attribute(found, "namespace") == namespace:
            around = import_name(found)
            return f"{around}.{name}" if around else name
    return name


def import_name(element: etree._Element) -> str:
    """The name an import is seen under; in DMN 1.1, which knows none, its prefix in the XML.

    An empty name brings what is imported into sight under its own names (DMN 1.5 §6.3.3).
    """
    if element.get("name") is not None:
        return attribute(element, "name")
    namespace = attribute(element, "namespace")
    return next(
        (prefix for prefix, uri in element.nsmap.items() if prefix and uri == namespace), ""
    )
