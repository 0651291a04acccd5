"""The text and its rules in formats that other programs read; one module for each."""
