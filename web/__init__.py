"""Chengxin's doors: pages, interface for programs, command line. They ask the engine, no more."""
