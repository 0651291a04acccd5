"""Checks, without a network, that the lock files say what pyproject.toml asks for.

Every requirement in pyproject.toml has a pin that satisfies it, on every supported Python, on Linux
and macOS; every pin has a hash; those of one environment agree where two pin a package; and no
lock file names an address to download from.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = ("linux", "darwin")
LOCKS = {
    "requirements.lock": ("test", "build"),
    "requirements-check.lock": ("check",),
    "requirements-spark.lock": ("spark",),
    "requirements-peers.lock": ("peers",),
}
APART = {"requirements-peers.lock"}
"""What is installed beside the environment and not into it."""
BASE_LOCK = "requirements.lock"


@dataclass(frozen=True)
class Pin:
    """One entry of a lock file."""

    requirement: Requirement
    version: str
    hashes: int


def environments() -> Iterator[dict[str, str]]:
    """Yields every environment the lock files are for."""
    for python in PYTHONS:
        for platform in PLATFORMS:
            yield {
                "python_version": python,
                "python_full_version": python + ".0",
                "sys_platform": platform,
                "platform_system": {"linux": "Linux", "darwin": "Darwin"}[platform],
                "os_name": "posix",
                "implementation_name": "cpython",
                "platform_python_implementation": "CPython",
                "extra": "",
            }


def applies(requirement: Requirement, environment: dict[str, str]) -> bool:
    """Returns whether the requirement holds in the environment."""
    return requirement.marker is None or requirement.marker.evaluate(environment)


def pins(text: str) -> Iterator[Pin]:
    """Yields the entries of a lock file."""
    for entry in re.findall(r"^[A-Za-z0-9].*(?:\n[ \t]+.*)*", text, re.MULTILINE):
        requirement = Requirement(entry.split("\\")[0].split(" #")[0].strip())
        (specifier,) = requirement.specifier
        yield Pin(requirement, specifier.version, entry.count("--hash=sha256:"))


def asked(project: dict[str, Any], name: str) -> Iterator[str]:
    """Yields the requirements of a dependency group, those of the groups it includes among them."""
    for entry in project["dependency-groups"][name]:
        if isinstance(entry, str):
            yield entry
        else:
            yield from asked(project, entry["include-group"])


def wanted(project: dict[str, Any], lock: str) -> list[Requirement]:
    """Returns what pyproject.toml wants of a lock file."""
    texts = [text for group in LOCKS[lock] for text in asked(project, group)]
    if lock == BASE_LOCK:
        table = project["project"]
        texts += table["dependencies"] + project["build-system"]["requires"]
        for extra in table.get("optional-dependencies", {}).values():
            texts += extra
    own = canonicalize_name(project["project"]["name"])
    requirements = [Requirement(text) for text in texts]
    return [one for one in requirements if canonicalize_name(one.name) != own]


def unsatisfied(lock: str, requirements: Iterable[Requirement], locked: list[Pin]) -> Iterator[str]:
    """Yields a sentence for each requirement that the lock file does not satisfy."""
    for requirement in requirements:
        name = canonicalize_name(requirement.name)
        same = [pin for pin in locked if canonicalize_name(pin.requirement.name) == name]
        for environment in environments():
            if not applies(requirement, environment):
                continue
            fits = requirement.specifier
            versions = [pin.version for pin in same if applies(pin.requirement, environment)]
            if len(versions) != 1 or not fits.contains(versions[0], prereleases=True):
                where = f"Python {environment['python_version']} on {environment['sys_platform']}"
                has = ", ".join(versions) or "none"
                yield f"{lock}: {requirement} wants one fitting pin for {where}, has {has}"
                break


def complaints() -> Iterator[str]:
    """Yields a sentence for everything that is wrong."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    base: dict[str, set[str]] = {}
    for lock in LOCKS:
        text = (ROOT / lock).read_text(encoding="utf-8")
        locked = list(pins(text))
        yield from unsatisfied(lock, wanted(project, lock), locked)
        if "://" in text or re.search(r"^\s*-(?!-hash)", text, re.MULTILINE):
            yield f"{lock}: names an address or carries an option: only pins belong there"
        for pin in locked:
            name = canonicalize_name(pin.requirement.name)
            if not pin.hashes:
                yield f"{lock}: {pin.requirement} has no hash"
            if lock == BASE_LOCK:
                base.setdefault(name, set()).add(pin.version)
            elif lock not in APART and pin.version not in base.get(name, {pin.version}):
                pinned = ", ".join(sorted(base[name]))
                yield f"{lock}: {pin.requirement}, but {BASE_LOCK} pins {pinned}"


def main() -> None:
    """Prints what is wrong; exit code 1 if anything is."""
    found = list(complaints())
    for sentence in found:
        print(sentence, file=sys.stderr)
    if found:
        sys.exit("The lock files do not fit pyproject.toml: run make lock.")
    print(f"lock files fit pyproject.toml: {', '.join(LOCKS)}")


if __name__ == "__main__":
    main()
