"""Scenarios: worked cases of facts with the findings expected of them, read, run and reported."""
