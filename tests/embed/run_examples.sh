#!/usr/bin/env bash
# Installs the library into a new folder, compiles the programs of examples/embed as their README says, and runs them.
#   run_examples.sh BUILD_FOLDER SOURCE_FOLDER [FLAG…]      the flags are those that the archive cannot do without, such as a sanitizer's
set -euo pipefail
build=$1 source=$2
needed=("${@:3}")
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT

cmake --install "$build" --component library --prefix "$prefix" >/dev/null
flags() { # what pkg-config says, without needing it
  sed -n "s|^$1: ||p" "$prefix"/lib/pkgconfig/kdsl.pc "$prefix"/lib/*/pkgconfig/kdsl.pc 2>/dev/null |
    sed "s|\${includedir}|$prefix/include|g; s|\${libdir}|$(dirname "$(find "$prefix" -name libkdsl.a)")|g"
}
read -ra compile <<<"$(flags Cflags)"
read -ra link <<<"$(flags Libs)"

"${CXX:-c++}" "${needed[@]}" -std=c++17 -Wall -Wextra -Werror "${compile[@]}" "$source/examples/embed/render.cpp" "${link[@]}" -o "$prefix/render"
"${CC:-cc}" "${needed[@]}" -std=c99 -Wall -Wextra -Werror -pedantic "${compile[@]}" "$source/examples/embed/check.c" "${link[@]}" -o "$prefix/check"

"$prefix/check" | tee "$prefix/check.out"
grep -qx '3:3: KD4107: unknown field `dta` in `ConfigMap`' "$prefix/check.out"
"$prefix/render" "$source/examples/hello/hello.kdsl" greeting=Moin >"$prefix/hello.yaml"
grep -q 'Moin, Kubernetes' "$prefix/hello.yaml"
! "$prefix/render" "$source/examples/hello/hello.kdsl" greting=Moin 2>"$prefix/error.txt" >/dev/null
grep -q 'greting' "$prefix/error.txt"
