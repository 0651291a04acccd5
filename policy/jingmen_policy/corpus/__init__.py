"""A corpus: text, tables, rules, derived facts and registers, loaded whole and checked."""
