"""The command line: ``jingmen``. One module a command; no rule and no arithmetic here."""
