# What the scripts here share. Sourced, not run.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONUTF8=1

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'Error: %s\n' "$*" >&2; exit 1; }

# as_root COMMAND...: through sudo where that is needed and there is one.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else return 1
    fi
}

# apt_install PACKAGE...: those that are not there yet. Fails where there is no apt-get.
apt_install() {
    local missing=() package
    command -v apt-get >/dev/null || return 1
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
            missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    say "Installing ${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
            --no-install-recommends "${missing[@]}" </dev/null >/dev/null
}

# find_python: the newest of the interpreters that will do.
find_python() {
    local name
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$name" >/dev/null &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

# make_venv: .venv with pip in it.
make_venv() {
    local python version
    if .venv/bin/python -m pip --version >/dev/null 2>&1; then return 0; fi
    python=$(find_python) || fail "Python 3.11 or newer is needed. On Debian: apt install python3 python3-venv"
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    say "Making .venv with Python $version"
    rm -rf .venv
    "$python" -m venv .venv >/dev/null 2>&1 && return 0
    # Debian keeps venv's pip in a package of its own.
    rm -rf .venv
    apt_install python3-venv || apt_install "python$version-venv" || true
    "$python" -m venv .venv >/dev/null 2>&1 ||
        fail "Python's venv module is not complete. On Debian: sudo apt install python3-venv"
}

# install LOCK...: exactly what the lock files name, and this package.
install() {
    local locks=() lock
    for lock in "$@"; do locks+=(-r "$lock"); done
    say "Installing $*"
    # --no-deps: requirements.lock tells why.
    .venv/bin/python -m pip install -q --no-deps "${locks[@]}" </dev/null
    .venv/bin/python -m pip install -q --no-deps -e . </dev/null
}
