"""Measurements, always against something else in the same run: a ratio, never a bare time."""

from web.cli.bench.command import bench

__all__ = ["bench"]
