"""The rules as one SELECT for each kind of subject, run over whole tables."""
