#!/usr/bin/env bash
# ./dev bench: figures as ratios against peers in the same run. Words go to whole/run.py (--quick, --kafka, --rounds N).
set -euo pipefail
cd "$(dirname "$0")/../.."
build/release/tests/bench/core/fold_bench
build/release/tests/bench/core/search_bench
python3 tests/figures/five_hundred.py build/release/services/hearback
python3 tests/figures/short_of_hands.py build/release/services/hearback
exec python3 tests/bench/whole/run.py "$PWD/build/release/hearback" "$@"
