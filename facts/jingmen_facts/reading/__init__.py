"""Reading facts from files: YAML, JSON and folders of CSV tables, each read whole or refused."""
