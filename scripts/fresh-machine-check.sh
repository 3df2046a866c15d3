#!/usr/bin/env bash
# Tries the README's commands on a machine that has nothing: a new Debian 12 in a temporary folder, with the last commit
# of this repository in it. Needs root (chroot), debootstrap, a few GB and a network; takes as long as a cold build.
#
#   scripts/fresh-machine-check.sh                 both commands of README.md
#   scripts/fresh-machine-check.sh 'scripts/setup.sh && scripts/setup.sh'   another command instead
#
# How this machine reaches its package servers (mirror, certificates, proxy, pip's settings) is copied into the new one.
# KDSL_FRESH_DIR keeps the new machine there for another look; else it is removed.
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
release=bookworm

say() { printf '\n=== %s\n' "$*"; }
die() {
  printf 'fresh-machine-check: %s\n' "$*" >&2
  exit 1
}

((EUID == 0)) || die "needs root, to chroot"
command -v debootstrap >/dev/null || die "debootstrap is missing: apt-get install debootstrap"

# The commands under test are read from the README, so that this checks what people are told: its lines that begin with
# scripts/setup.sh.
if (($# > 0)); then
  commands=("$@")
else
  mapfile -t commands < <(grep -E '^scripts/setup\.sh' "$repository/README.md")
  ((${#commands[@]} == 2)) || die "README.md should have two commands that begin with scripts/setup.sh, not ${#commands[@]}"
fi

# --- A new machine ---------------------------------------------------------------------------------------------------

apt_mirror() { # the first mirror that apt has for this release, in either syntax of its source lists
  local lists=(/etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources)
  cat "${lists[@]}" 2>/dev/null | awk -v release="$release" '
    $1 == "deb" { for (i = 2; i < NF; i++) if ($(i + 1) == release) { print $i; exit } }
    $1 == "URIs:" { mirror = $2 }
    $1 == "Suites:" { for (i = 2; i <= NF; i++) if ($i == release) { print mirror; exit } }'
}

mirror=$(apt_mirror || true)
[[ -n $mirror ]] || die "no package mirror is set in /etc/apt"

if [[ -n ${KDSL_FRESH_DIR:-} ]]; then
  machine=$KDSL_FRESH_DIR
  mkdir -p "$machine"
else
  machine=$(mktemp -d)
fi

cleanup() {
  local mounted
  for mounted in dev/shm dev/null dev/urandom proc; do
    ! mountpoint -q "$machine/$mounted" || umount "$machine/$mounted"
  done
  if [[ -z ${KDSL_FRESH_DIR:-} ]]; then
    rm -rf --one-file-system "$machine"
  fi
}
trap cleanup EXIT

if [[ ! -e $machine/etc/debian_version ]]; then
  say "making a Debian 12 in $machine"
  debootstrap --variant=minbase --include=ca-certificates "$release" "$machine" "$mirror" >"$machine/debootstrap.log" 2>&1 ||
    { tail -n 20 "$machine/debootstrap.log" >&2; die "debootstrap failed"; }
fi

copy_setting() { # a file of this machine, to the same place in the new one
  [[ -f $1 ]] || return 0
  mkdir -p "$machine/$(dirname "$1")"
  cp --dereference --remove-destination "$1" "$machine$1"
}
for setting in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/apt/apt.conf /etc/ssl/certs/ca-certificates.crt; do
  copy_setting "$setting"
done
# Of apt's own settings only those about the network: the others concern programs that a new machine has not.
grep -rhE '^[[:space:]]*Acquire::' /etc/apt/apt.conf.d 2>/dev/null | grep -vE 'GzipIndexes|Languages' >"$machine/etc/apt/apt.conf.d/99network" || true
printf 'deb %s %s main\n' "$mirror" "$release" >"$machine/etc/apt/sources.list"
printf 'deb %s %s-updates main\n' "$mirror" "$release" >>"$machine/etc/apt/sources.list"

bind() { # one device or folder of this machine, where the container allows it
  [[ -d $1 ]] && mkdir -p "$machine$1" || touch "$machine$1"
  mount --bind "$1" "$machine$1"
}
mkdir -p "$machine/proc"
mount -t proc proc "$machine/proc" 2>/dev/null || mount --bind /proc "$machine/proc" || say "no /proc: some programs may complain"
for device in /dev/null /dev/urandom; do
  [[ -c $machine$device ]] || bind "$device" || die "$device cannot be made in the new machine"
done

say "copying the last commit"
rm -rf "$machine/root/kdsl"
mkdir -p "$machine/root/kdsl"
git -C "$repository" archive HEAD | tar -x -C "$machine/root/kdsl"

# --- The commands ----------------------------------------------------------------------------------------------------

environment=(HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive)
for variable in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY SSL_CERT_FILE PIP_CERT PIP_INDEX_URL PIP_PROXY; do
  [[ -z ${!variable:-} ]] || environment+=("$variable=${!variable}")
done

for command in "${commands[@]}"; do
  say "$command"
  start=$SECONDS
  chroot "$machine" env -i "${environment[@]}" bash -c "cd /root/kdsl && $command" ||
    die "failed after $((SECONDS - start)) s: $command"
  say "passed in $((SECONDS - start)) s"
done
