#!/usr/bin/env bash
# Configures, builds and runs every test. Arguments go to ctest: `scripts/test.sh -L cli`, `scripts/test.sh -R unit_syntax`.
#
#   KDSL_PRESET=asan scripts/test.sh   the same with another preset (see CMakePresets.json)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=${KDSL_PRESET:-dev}
jobs=$(nproc)

cmake --preset "$preset"
cmake --build --preset "$preset" --parallel "$jobs"
ctest --test-dir "build/$preset" --output-on-failure --no-tests=error --parallel "$jobs" "$@"
