"""The Python client against a real service, and against one that is busy."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
import sys
from datetime import date

import httpx
import pytest

from client.conftest import Guarded
from jingmen_policy.client import (
    AsyncClient,
    Client,
    Forbidden,
    NotFound,
    Problem,
    Refused,
    TooLarge,
    Unauthorized,
    Unavailable,
)
from jingmen_policy.client.types import Dossier
