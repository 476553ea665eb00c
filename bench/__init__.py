"""Measurements against named peers. Each case is a module of ``bench.cases`` with a function ``bench()``."""
