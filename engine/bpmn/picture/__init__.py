"""A diagram as a picture: SVG drawn from the positions its author gave."""

from engine.bpmn.picture.draw import draw

__all__ = ["draw"]
