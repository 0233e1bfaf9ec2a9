# What tools/test, tools/demo and tools/tidy share: install what is missing, configure, build.
# Bash, to be sourced after `set -euo pipefail`; it only defines functions and REPO_ROOT. Messages
# go to stderr.

REPO_ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"

# say MESSAGE..., die MESSAGE...: one line on stderr that names the script; die exits with 1.
say() { echo "$(basename "$0"): $*" >&2; }
die() {
  say "$*"
  exit 1
}

# packages_for PURPOSE...: the packages of tools/packages.txt that any of these purposes needs.
packages_for() {
  local package purpose
  while read -r package purpose; do
    if [[ -n "$package" && "$package" != \#* && " $* " == *" $purpose "* ]]; then
      echo "$package"
    fi
  done <"$REPO_ROOT/tools/packages.txt"
}

# missing_of PACKAGE...: those that dpkg does not hold as installed.
missing_of() {
  command -v dpkg-query >/dev/null || die "dpkg-query not found: this script needs Debian 12."
  local package
  for package in "$@"; do
    if [[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" != installed ]]; then
      echo "$package"
    fi
  done
}

# apt_install PACKAGE...: installs them as root or through sudo; returns non-zero when it cannot.
apt_install() {
  local root=()
  if [[ $EUID -ne 0 ]]; then
    if ! command -v sudo >/dev/null; then
      say "missing Debian packages, and neither root nor sudo to install them. As root, run:"
      say "  apt-get update && apt-get install --no-install-recommends $*"
      return 1
    fi
    root=(sudo)
  fi
  say "installing Debian packages: $*"
  local apt=("${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q)
  apt+=(-o DPkg::Lock::Timeout=300) # another apt may be running on a machine that just started
  "${apt[@]}" update >&2 || say "apt-get update failed; trying the package lists that are here."
  "${apt[@]}" install -y --no-install-recommends "$@" >&2
}

# ensure_packages PACKAGE...: does nothing, and needs no network, when all are installed.
ensure_packages() {
  local missing
  mapfile -t missing < <(missing_of "$@")
  if [[ ${#missing[@]} -gt 0 ]]; then
    apt_install "${missing[@]}" || die "could not install: ${missing[*]}"
  fi
}

# ensure_npm: npm fetches buf for the proto check. Debian's npm conflicts with a Node.js installed
# from elsewhere, so any npm on PATH will do, and without one the tests run and that check skips.
ensure_npm() {
  if ! command -v npm >/dev/null; then
    apt_install npm || say "no npm: the buf lint check will be skipped."
  fi
}

# configure_preset PRESET: writes build/PRESET.
configure_preset() {
  (cd "$REPO_ROOT" && cmake --preset "$1") >&2 || die "cmake could not configure preset '$1'."
}

# build_preset PRESET [TARGET...]: configures, then builds the targets, or everything.
# BUILD_JOBS (default: the number of processors) bounds the compilers that run at once.
build_preset() {
  local preset="$1"
  shift
  configure_preset "$preset"
  local targets=()
  if [[ $# -gt 0 ]]; then
    targets=(--target "$@")
  fi
  local jobs="${BUILD_JOBS:-$(nproc)}"
  cmake --build "$REPO_ROOT/build/$preset" --parallel "$jobs" "${targets[@]}" >&2 ||
    die "the build of preset '$preset' failed."
}
