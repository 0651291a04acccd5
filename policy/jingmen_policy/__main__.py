"""``python -m jingmen_policy`` is ``jingmen``."""

from jingmen_policy.cli.main import main

main()
