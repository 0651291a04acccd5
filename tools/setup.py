"""Makes the virtual environment that every make target works in. Standard library only.

    python3.11 tools/setup.py .venv             what the package, its tests and its build need
    python3.11 tools/setup.py .venv --checks    and the linters and type checkers
    python3.11 tools/setup.py DIR --wheel FILE  as the first, with a built wheel, not the checkout
    python3.11 tools/setup.py --can             only says what this Python or this machine lacks

Every package comes from the lock files, by hash, through pip as the user has configured it. A stamp
written last says what the environment was made from: with none, or one that disagrees, it is made
again. This file has to run on any Python 3.6 or newer, if only to say that it is the wrong one.
"""

import argparse
import fcntl
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import Dict, List, Optional, Tuple

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
CHECKS_LOCK = ROOT / "requirements-check.lock"
OLDEST, NEWEST = (3, 11), (3, 13)

# The one package that is compiled here: it has no wheel on the index, calls a function that CPython
# 3.13 removed, and overwrites CFLAGS but not CPPFLAGS.
COMPILED = "durable-rules"
COMPILED_MODULE = "durable_rules_engine"
COMPILED_FLAGS = "-O2 -DPyEval_CallObject=PyObject_CallObject"


class SetupError(Exception):
    """What is wrong and how to mend it, one sentence a line."""


# ---- what must be there before anything is downloaded


def wrong_python() -> Optional[str]:
    """Returns a sentence if this Python is not one of the supported ones."""
    if OLDEST <= sys.version_info[:2] <= NEWEST and sys.implementation.name == "cpython":
        return None
    this = f"{sys.implementation.name} {sys.version_info[0]}.{sys.version_info[1]}"
    return (
        "需要 CPython 3.11–3.13 / CPython 3.11 to 3.13 is needed, "
        f"this is {this} ({sys.executable}): "
        "name another, as in make test PYTHON=python3.12, or install one: "
        "Debian/Ubuntu: apt-get install python3 python3-venv python3-dev; "
        "Fedora: dnf install python3.13-devel; macOS: brew install python@3.13"
    )


def lacking() -> List[str]:
    """Returns a sentence for each thing this Python or this machine lacks."""
    wrong = wrong_python()
    if wrong is not None:
        return [wrong]
    python = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    brew = f"macOS: brew install {python.replace('python', 'python@')}"
    sentences = []
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        sentences.append(
            f"缺少 venv 模块 / {python} lacks venv or ensurepip: "
            f"Debian/Ubuntu: apt-get install {python}-venv; Fedora: dnf install {python}; {brew}"
        )
    header = Path(sysconfig.get_path("include"), "Python.h")
    if not header.is_file():
        sentences.append(
            f"缺少 Python 头文件 / {python} lacks its C headers ({header}): "
            f"Debian/Ubuntu: apt-get install {python}-dev; "
            f"Fedora: dnf install {python}-devel; {brew}"
        )
    install = (
        "Debian/Ubuntu: apt-get install gcc libc6-dev; "
        "Fedora: dnf install gcc glibc-devel; macOS: xcode-select --install"
    )
    compiler = find_compiler()
    if compiler is None:
        sentences.append(
            f"缺少 C 编译器 / no C compiler found, and durable_rules is compiled here: {install}"
        )
    elif header.is_file():
        complaint = try_compiler(compiler)
        if complaint is not None:
            sentences.append(
                f"C 编译器无法工作 / the C compiler does not work, "
                f"{compiler[0]} says '{complaint}': {install}"
            )
    return sentences


def find_compiler() -> Optional[List[str]]:
    """Returns the command that compiles: what CC says, what Python was built with, or any."""
    if os.environ.get("CC"):
        commands = [os.environ["CC"]]
    else:
        commands = [sysconfig.get_config_var("CC") or "cc", "cc", "gcc", "clang"]
    for command in commands:
        words = shlex.split(command)
        if words and shutil.which(words[0]):
            return words
    return None


def try_compiler(compiler: List[str]) -> Optional[str]:
    """Compiles and links a function with Python.h; returns the complaint, if there is one."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "probe.c")
        source.write_text(
            "#include <Python.h>\n#include <stdio.h>\nint probe(void) { return 0; }\n"
        )
        includes = {"-I" + sysconfig.get_path(name) for name in ("include", "platinclude")}
        output = ["-fPIC", "-shared", "-o", str(Path(folder, "probe.so")), str(source)]
        ran = subprocess.run(
            [*compiler, *sorted(includes), *output],
            check=False,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    if ran.returncode == 0:
        return None
    lines = ran.stdout.decode(errors="replace").strip().splitlines()
    errors = [line for line in lines if "error" in line]
    return (errors or lines or [f"exit code {ran.returncode}"])[0].strip()


# ---- the stamps


def digest(*files: Path) -> str:
    """Returns a hash of the files' contents."""
    whole = hashlib.sha256()
    for file in files:
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def basis() -> List[str]:
    """Returns what the packages depend on; the Makefile reads the first line, the checkout."""
    python = os.path.realpath(sys.base_prefix)
    return [str(ROOT), sys.version.split()[0], python, digest(LOCK, Path(__file__))]


def read(stamp: Path) -> List[str]:
    """Returns the lines of a stamp, none if there is no stamp."""
    return stamp.read_text(encoding="utf-8").splitlines() if stamp.is_file() else []


def write(stamp: Path, lines: List[str]) -> None:
    """Writes a stamp in one step, so that there is never half of one."""
    draft = stamp.with_name(stamp.name + ".new")
    draft.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    draft.replace(stamp)


def split_lock() -> Tuple[str, str]:
    """Returns the lock's entry for the package that is compiled, and all the other entries."""
    text = LOCK.read_text(encoding="utf-8")
    entries = re.findall(r"^[A-Za-z0-9].*(?:\n[ \t]+.*)*", text, re.MULTILINE)
    compiled = [entry for entry in entries if entry.startswith(COMPILED + "==")]
    others = [entry for entry in entries if entry not in compiled]
    return "\n".join(compiled) + "\n", "\n".join(others) + "\n"


# ---- the work


class Environment:
    """A virtual environment and what is done to it."""

    def __init__(self, folder: Path, wheel: Optional[Path]) -> None:
        """Names the places; does nothing yet."""
        self.folder = folder
        self.wheel = wheel
        self.python = folder / "bin" / "python"
        self.ready = folder / ".ready"
        self.checks = folder / ".checks"

    def bring_up(self, checks: bool) -> None:
        """Does whatever is not done yet, and nothing else."""
        base = basis()
        stamp = [*base, digest(self.wheel or ROOT / "pyproject.toml")]
        was = read(self.ready) if self.python.exists() else []
        if was == stamp:
            os.utime(str(self.ready))
        elif was[: len(base)] == base:
            self.ready.unlink()
            self.install_project()
            write(self.ready, stamp)
        else:
            began = time.time()
            self.start_over()
            write(self.ready, stamp)
            self.say(f"ready in {time.time() - began:.0f} s")
        if checks:
            self.bring_up_checks()

    def bring_up_checks(self) -> None:
        """Adds the linters and type checkers, if they are not there."""
        stamp = [digest(CHECKS_LOCK)]
        if read(self.checks) == stamp:
            os.utime(str(self.checks))
            return
        began = time.time()
        self.say("adding the linters and type checkers (once) ...")
        self.install("--only-binary", ":all:", "--requirement", str(CHECKS_LOCK))
        write(self.checks, stamp)
        self.say(f"ready in {time.time() - began:.0f} s")

    def start_over(self) -> None:
        """Makes the environment anew."""
        sentences = lacking()
        if sentences:
            raise SetupError("\n".join(sentences))
        self.say(f"setting up with Python {sys.version.split()[0]} (once) ...")
        self.remove()
        python = getattr(sys, "_base_executable", None) or sys.executable
        self.run(
            [python, "-m", "venv", str(self.folder)],
            "无法建立虚拟环境 / the virtual environment could not be made, the reason is above",
        )
        compiled, others = split_lock()
        with tempfile.TemporaryDirectory() as temporary:
            wheels, source = Path(temporary, "wheels.txt"), Path(temporary, "source.txt")
            wheels.write_text(others, encoding="utf-8")
            source.write_text(compiled, encoding="utf-8")
            self.install("--only-binary", ":all:", "--requirement", str(wheels))
            self.install_compiled(source)
        self.install_project()

    def remove(self) -> None:
        """Removes what is there, if it is an environment, whole or half made."""
        if not self.folder.exists():
            return
        here = {entry.name for entry in self.folder.iterdir()}
        if "pyvenv.cfg" not in here and not here <= {"bin", "include", "lib", "lib64"}:
            raise SetupError(
                f"此处不是虚拟环境 / {self.folder} is no virtual environment: move it away"
            )
        shutil.rmtree(str(self.folder))

    def install_compiled(self, requirement: Path) -> None:
        """Compiles with the locked setuptools; never takes a wheel built earlier, without flags."""
        settings = {"CPPFLAGS": f"{COMPILED_FLAGS} {os.environ.get('CPPFLAGS', '')}".strip()}
        compiler = find_compiler()
        if compiler is not None:
            settings["CC"] = " ".join(shlex.quote(word) for word in compiler)
        how = ["--no-cache-dir", "--no-binary", COMPILED, "--use-pep517", "--no-build-isolation"]
        self.install(*how, "--requirement", str(requirement), settings=settings)
        self.run(
            [str(self.python), "-c", "import " + COMPILED_MODULE],
            "durable_rules 编译后无法载入 / durable_rules was compiled but does not load, "
            "the reason is above: name another compiler with CC= or another Python with PYTHON=",
        )

    def install_project(self) -> None:
        """Installs the checkout, editable, or the wheel."""
        checkout = ["--no-build-isolation", "--editable", str(ROOT)]
        what = [str(self.wheel)] if self.wheel else checkout
        self.pip("--no-index", "--force-reinstall", *what)

    def install(self, *arguments: str, settings: Optional[Dict[str, str]] = None) -> None:
        """Installs from a lock file: by hash, and nothing that the lock does not name."""
        self.pip("--require-hashes", *arguments, settings=settings)

    def pip(self, *arguments: str, settings: Optional[Dict[str, str]] = None) -> None:
        """Runs pip install without resolving anything: the lock has."""
        how = ["--disable-pip-version-check", "--no-input", "--no-deps"]
        self.run(
            [str(self.python), "-m", "pip", "install", *how, *arguments],
            "pip 安装失败 / pip failed, its own words are above: "
            "mend that (network, registry settings, disk) and run make again",
            settings,
        )

    def run(
        self, command: List[str], trouble: str, settings: Optional[Dict[str, str]] = None
    ) -> None:
        """Runs a command in silence; if it fails, shows what it said."""
        unwanted = ("PYTHONPATH", "PYTHONHOME")
        names = {name: value for name, value in os.environ.items() if name not in unwanted}
        names.update(settings or {})
        ran = subprocess.run(
            command,
            check=False,
            env=names,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if ran.returncode:
            said = ran.stdout.decode(errors="replace").splitlines()
            raise SetupError("\n".join([*said[-40:], trouble]))

    def say(self, sentence: str) -> None:
        """Tells what is going on, on stderr: stdout belongs to the job that follows."""
        print(f"{self.folder.name}: {sentence}", file=sys.stderr, flush=True)


def main() -> None:
    """Reads the command line, waits for any other set-up of this checkout to end, and works."""
    parser = argparse.ArgumentParser(description="Makes the environment make works in.")
    parser.add_argument("folder", nargs="?", default=".venv", type=Path)
    parser.add_argument("--checks", action="store_true", help="with linters and type checkers")
    parser.add_argument("--wheel", type=Path, help="install this wheel, not the checkout")
    parser.add_argument("--can", action="store_true", help="only say what is lacking")
    options = parser.parse_args()
    try:
        if options.can:
            sentences = lacking()
            if sentences:
                raise SetupError("\n".join(sentences))
            return
        with Path(__file__).open(encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            folder = options.folder if options.folder.is_absolute() else Path.cwd() / options.folder
            Environment(folder, options.wheel).bring_up(options.checks)
    except SetupError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
