"""Twelve station rules, and all of them, over whole tables."""
