#!/usr/bin/env bash
# Configures, builds and runs every test. Arguments go to ctest: `scripts/test.sh -L cli`, `scripts/test.sh -R unit_syntax`.
#
# Without arguments the sessions with real editors (label `sessions`) are left out: they need a quiet machine. `scripts/test.sh -L sessions` runs them.
#
#   KDSL_PRESET=asan scripts/test.sh   the same with another preset (see CMakePresets.json)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=${KDSL_PRESET:-dev}
jobs=$(nproc)
[ $# -gt 0 ] || set -- --label-exclude sessions

cmake --preset "$preset"
cmake --build --preset "$preset" --parallel "$jobs"
ctest --test-dir "build/$preset" --output-on-failure --no-tests=error --parallel "$jobs" "$@"
