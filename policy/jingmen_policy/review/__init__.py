"""What a reviewer checks a rule by: boundary cards, and the verdicts given on them."""
