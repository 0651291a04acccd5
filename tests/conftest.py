"""What every test shares: how hypothesis draws (in CI, the same examples on every run)."""

import os

from hypothesis import settings

settings.register_profile("default", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("default")
