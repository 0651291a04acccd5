"""Two corpora side by side: what they say otherwise, and for whom, from when, findings change."""
