"""Runs the test-suite on the built wheel, installed where the checkout's sources cannot be seen.

A test that can only run in the checkout carries the marker `checkout` and is left out here.

With `--other` first it stands for the test-suite on another Python, whose interpreter runs this:
what only drives a browser or an office suite is left out but for the tests marked `everywhere`, and
the tests that need the checkout run there afterwards.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("policy", "facts")
# What the tests read besides the package; whatever of it exists is copied.
COPIED = ("tests", "tools", "scenarios", "docs", "benchmarks", "examples", "pyproject.toml")
LOOK = """
import pathlib, sys
import jingmen_facts, jingmen_policy
root, site = (pathlib.Path(folder).resolve() for folder in sys.argv[1:])
for package in (jingmen_facts, jingmen_policy):
    place = pathlib.Path(package.__file__).resolve()
    assert place.is_relative_to(site), f"{place} is not in {site}"
    assert (place.parent / "py.typed").is_file(), f"{package.__name__} lacks py.typed"
seen = [folder for folder in sys.path if pathlib.Path(folder or ".").resolve().is_relative_to(root)]
assert not seen, f"the checkout is on sys.path: {seen}"
"""


def built() -> Path:
    """Returns the wheel of this version."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    version = settings["project"]["version"]
    wheels = sorted((ROOT / "dist").glob(f"jingmen_policy-{version}-*.whl"))
    if len(wheels) != 1:
        sys.exit(f"dist/ holds {len(wheels)} wheels of version {version}, not one: run make build")
    return wheels[0]


def copy(folder: Path) -> None:
    """Copies what the tests need, and none of the sources."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, folder / name)
    for page in ROOT.glob("*.md"):
        shutil.copy(page, folder / page.name)
    assert not any((folder / name).exists() for name in SOURCES)


def main() -> None:
    """Installs, looks where the packages come from, and runs pytest with the arguments given."""
    wheel = built()
    unwanted = ("PYTHONPATH", "VIRTUAL_ENV")
    names = {name: value for name, value in os.environ.items() if name not in unwanted}
    with tempfile.TemporaryDirectory(prefix="jingmen-wheel-") as temporary:
        environment, tree = Path(temporary, "venv"), Path(temporary, "tree")
        tree.mkdir()
        python = str(environment / "bin" / "python")
        setup = [sys.executable, str(ROOT / "tools" / "setup.py"), str(environment)]
        subprocess.run([*setup, "--wheel", str(wheel)], check=True, env=names)
        copy(tree)
        look = [python, "-P", "-c", LOOK, str(ROOT), str(environment)]
        subprocess.run(look, check=True, cwd=tree, env=names)
        print(f"testing {wheel.name}, installed outside the checkout", flush=True)
        arguments = sys.argv[1:]
        other = arguments[:1] == ["--other"]
        arguments = arguments[other:]
        chosen = "not checkout and (not outside or everywhere)" if other else "not checkout"
        tests = [python, "-P", "-m", "pytest", "-p", "no:cacheprovider", *arguments, "-m"]
        subprocess.run([*tests, chosen], check=True, cwd=tree, env=names)
        if other:
            names["PYTHONPATH"] = os.pathsep.join(str(ROOT / folder) for folder in SOURCES)
            subprocess.run([*tests, "checkout"], check=True, cwd=ROOT, env=names)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failure:
        sys.exit(failure.returncode)
