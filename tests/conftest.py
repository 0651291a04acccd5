"""What every test shares: how hypothesis draws (in CI, the same examples on every run)."""

import os

from hypothesis import settings

os.environ.pop("JINGMEN_LOG", None)  # what tests judge leaves no receipt with whoever runs them
settings.register_profile("default", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("default")
