"""Facts in Excel: workbooks to fill in, and findings written beside what was filled in."""
