"""One meaning, several ways to run it. An engine decides cases; it never imports another engine."""
