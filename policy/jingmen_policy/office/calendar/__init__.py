"""Deadlines as a calendar that other programs import: who has to do what by which day."""
