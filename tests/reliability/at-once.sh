#!/usr/bin/env bash
# Four processes on one run: none loses the count of another, and the record stays right.
#   tests/reliability/at-once.sh [TRIALS]
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
trials=${1:-10}
make_dataset
"$program" train vae --epochs 2 "${small[@]}" --out "$folder/run" > /dev/null 2>&1
reads() { grep -o '"testReads": [0-9]*' "$folder/run/run.json" | grep -o '[0-9]*$'; }
before=$(reads)
for ((trial = 1; trial <= trials; trial++)); do
    pids=()
    for number in 1 2 3 4; do
        "$program" score "$folder/run" --out "$folder/score-$trial-$number.csv" > /dev/null 2> "$folder/log-$number" &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do
        wait "$pid" || { cat "$folder"/log-*; fail "a score failed in trial $trial"; }
    done
    rm "$folder"/score-*.csv
    expected=$((before + 4 * trial))
    [ "$(reads)" = "$expected" ] || fail "after trial $trial the record counts $(reads) reads instead of $expected"
    is_finished "$folder/run" || fail "the record does not say finished after trial $trial"
done
"$program" runs show "$folder/run" > /dev/null || fail "the run cannot be shown"
echo "$trials times four processes on one run: no count lost, no record wrong"
