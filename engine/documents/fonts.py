"""The fonts of letters: the office's own first, Noto Serif SC where it has none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

FALLBACK = "Noto Serif SC"
FALLBACK_SANS = "Noto Sans SC"

WANTED: Mapping[str, tuple[str, ...]] = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋_GBK", FALLBACK),
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "STFangsong", "FandolFang R", FALLBACK),
    "strong": ("SimHei", "黑体", "STHeiti", "FandolHei", FALLBACK_SANS),
    "second": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "STKaiti", "FandolKai", FALLBACK),
    "number": ("SimSun", "宋体", "STSong", FALLBACK),
}
"""Families for each part of a letter (GB/T 9704), by preference. Absent ones are left out,
because Typst warns of them; the last one ships with the product."""


def load_fonts(folder: Path | None) -> typst.Fonts:
    """The shipped fonts and those of `folder`, if it exists; never the system's, so that the same
    letter has the same bytes on every machine."""
    paths = [pylopdf_fonts_zh_cn.serif_path().parent]
    if folder is not None and folder.is_dir():
        paths.insert(0, folder)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


def present_families(fonts: typst.Fonts) -> dict[str, list[str]]:
    """`WANTED` without what `fonts` has not."""
    there = set(fonts.families())
    return {part: [name for name in names if name in there] for part, names in WANTED.items()}
