"""Obligations derived by durable_rules, through the narrow part of it that answers rightly.

Used: presence tests, equality joins with an always-true guard last, facts that stay. Not used:
the Host and its threads, events, ``$not``, ``$or``, arithmetic, retraction. Numbers, texts and
missing facts never enter the engine: each leaf of a formula is decided in Python, and what is
asserted is only whether it may be true and whether it may be false.
"""
