"""The rule language: parsed into frozen typed nodes, evaluated in strong Kleene logic, exact."""
