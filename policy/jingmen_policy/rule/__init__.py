"""What a rule is: words of the plan, who owes what to whom, by when, as facts decide it."""
