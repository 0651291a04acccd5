"""Mutation testing of the rules: every one-place change of a rule must fail some scenario."""
