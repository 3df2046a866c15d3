#!/usr/bin/env bash
# Makes a Debian 12 machine ready to build and test kdsl. Run again, it only checks: that takes a fraction of a second
# and needs no network.
#
#   scripts/setup.sh          what building and testing needs
#   scripts/setup.sh --full   also the sanitizers, fuzzers, linters and the tools that bench/ and editors/ use
#
# docs/internals/dependencies.md gives each package its reason.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

core_packages=(
  g++ cmake ninja-build ccache git
  tao-pegtl-dev libfmt-dev libyaml-cpp-dev libcli11-dev nlohmann-json3-dev libre2-dev libgtest-dev
  llvm-19-tools python3 python3-pip python3-yaml
)
# package:command, where the command may also come from another package or a hand-made installation.
full_packages=(
  clang-19:clang++-19 clang-tidy-19:clang-tidy-19 clang-format-19:clang-format-19 lld-19:ld.lld-19
  libclang-rt-19-dev: python3-venv: jsonnet:jsonnet nodejs:node npm:npm
  graphviz:dot neovim:nvim emacs-nox:emacs elpa-eglot: tmux:tmux libtree-sitter-dev:
)

say() { printf 'setup: %s\n' "$*"; }
fail() {
  printf 'setup: error: %s\n' "$1" >&2
  shift
  (($# == 0)) || printf '       %s\n' "$@" >&2
  exit 1
}

want_full=false
for argument in "$@"; do
  case $argument in
    --full) want_full=true ;;
    -h | --help)
      sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"
      exit 0
      ;;
    *) fail "unknown argument '$argument'" "usage: scripts/setup.sh [--full]" ;;
  esac
done

# --- System packages -------------------------------------------------------------------------------------------------

is_installed() { [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

missing_packages() {
  local entry package command
  for package in "${core_packages[@]}"; do
    is_installed "$package" || echo "$package"
  done
  $want_full || return 0
  for entry in "${full_packages[@]}"; do
    package=${entry%%:*} command=${entry#*:}
    is_installed "$package" || { [[ -n $command ]] && command -v "$command" >/dev/null; } || echo "$package"
  done
}

install_packages() {
  local install=(apt-get install --yes -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$@")
  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      fail "these packages are missing, and installing them needs root: $*" "run as root: ${install[*]}"
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -qq -o DPkg::Lock::Timeout=300 ||
    fail "the package lists could not be fetched" "check the network and /etc/apt, then run scripts/setup.sh again"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}" ||
    fail "these packages could not be installed: $*" "kdsl is built on Debian 12 (bookworm); see the messages above"
}

command -v dpkg-query >/dev/null || fail "this is no Debian system" \
  "install the equivalents of these Debian 12 packages, then build as docs/internals/building.md says:" "${core_packages[*]}"

mapfile -t missing < <(missing_packages)
if ((${#missing[@]} > 0)); then
  say "installing ${missing[*]}"
  install_packages "${missing[@]}"
fi
say "system packages are installed"

# --- Kubernetes API schemas ------------------------------------------------------------------------------------------

python3 scripts/fetch_kubernetes_schemas.py --into .deps/kubernetes-schemas --pin scripts/kubernetes-schemas.txt
say "done"
