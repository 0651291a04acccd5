"""A corpus: the text, its tables, the rules, derived facts and registers, loaded whole and checked."""
