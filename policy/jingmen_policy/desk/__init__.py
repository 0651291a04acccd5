"""The review desk: the text and its rules side by side on one page that needs no network."""
