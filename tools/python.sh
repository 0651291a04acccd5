#!/bin/sh
# Prints the path of a Python that really runs: what a version manager puts on PATH for a version
# that it has not selected does not.
#   tools/python.sh                     the newest supported one on PATH, else any (setup.py objects)
#   tools/python.sh 3.12 | python3.12   that version: on PATH, else below the home directory
#   tools/python.sh NAME | PATH         that one
set -u
SUPPORTED="3.13 3.12 3.11"

runs() { # FILE [VERSION]: it is executable, it runs, and it is the version its name says
    [ -f "$1" ] && [ -x "$1" ] || return 1
    said=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null </dev/null) || return 1
    [ -n "$said" ] && [ "${2:-$said}" = "$said" ]
}

on_path() { # NAME [VERSION]: prints the first of that name that runs
    echo "$PATH" | tr ':' '\n' | while IFS= read -r folder; do
        if runs "$folder/$1" "${2:-}"; then echo "$folder/$1"; break; fi
    done
}

at_home() { # NAME VERSION: the same, below the home directory
    find "${HOME:-/nonexistent}" -maxdepth 6 -type f -path "*/bin/$1" 2>/dev/null |
        while IFS= read -r file; do
            if runs "$file" "$2"; then echo "$file"; break; fi
        done
}

found() { # LINE: prints it and ends, unless it is empty
    [ -z "$1" ] || { echo "$1"; exit 0; }
}

none() { echo "$1" >&2; exit 1; }

case "${1:-}" in
"")
    for version in $SUPPORTED; do found "$(on_path "python$version" "$version")"; done
    for name in python3 python; do found "$(on_path "$name")"; done
    none "找不到 Python 3.11–3.13 / no Python found, 3.11 to 3.13 is needed: \
Debian/Ubuntu: apt-get install python3 python3-venv python3-dev; \
Fedora: dnf install python3 python3-devel; macOS: brew install python@3.13"
    ;;
3.[0-9]* | python3.[0-9]*)
    version=${1#python}
    found "$(on_path "python$version" "$version")"
    found "$(at_home "python$version" "$version")"
    none "找不到可用的 Python $version / no Python $version that runs on PATH or below the home directory"
    ;;
*/*)
    if runs "$1"; then found "$1"; fi
    none "$1 无法运行 / $1 does not run: PYTHON= is the name or path of a Python 3.11 to 3.13"
    ;;
*)
    found "$(on_path "$1")"
    none "$1 无法运行 / no $1 on PATH that runs: PYTHON= is the name or path of a Python 3.11 to 3.13"
    ;;
esac
