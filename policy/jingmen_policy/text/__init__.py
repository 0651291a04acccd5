"""The text of a corpus: restored by rules, divided into passages with addresses, and its tables."""
