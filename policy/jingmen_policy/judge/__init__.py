"""From decisions to findings: status, due day, what was compared, what is missing, which clause."""
