#!/usr/bin/env bash
# Three workers at one sweep, of which one after another is killed with SIGKILL or stopped with SIGSTOP for a while, at random moments, and
# replaced. Each sweep must end with the bytes of the one that nothing disturbed, and with no folder of a run left over.
#   tests/reliability/workers.sh [SIGNALS] [SEED]
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
signals=${1:-30}
RANDOM=${2:-1}
make_dataset
sweep=("$program" sweep beta-vae --grid objective.klWeight=1,4,training.seed=1,2 --epochs 4 --checkpoint-every 5 "${small[@]}")
"${sweep[@]}" --out "$folder/whole" > /dev/null 2>&1 || fail "the sweep does not work"

workers=()
stopped=()
start() {
    "${sweep[@]}" --worker --abandoned-after 1 --out "$folder/shared" > "$folder/output-$1" 2> "$folder/log-$1" &
    workers[$1]=$!
}

# Lets all workers end, and compares what they have written.
finish() {
    local process run file
    ((${#stopped[@]} == 0)) || kill -CONT "${stopped[@]}" 2> /dev/null || true
    for process in "${workers[@]}" ${stopped[@]+"${stopped[@]}"}; do
        wait "$process" || { cat "$folder"/log-*; fail "a worker failed after signal $count"; }
    done
    stopped=()
    for run in "$folder"/whole/*/; do
        same_run "$run" "$folder/shared/$(basename "$run")" || fail "a run differs after signal $count"
    done
    for file in sweep.json sweep.csv sweep.html samples.png rate-distortion.png; do
        cmp "$folder/whole/$file" "$folder/shared/$file" || fail "$file differs after signal $count"
    done
    [ -z "$(find "$folder/shared/claims" -mindepth 1 -type d)" ] || fail "the folder of a run is left over after signal $count"
    taken=$((taken + $(find "$folder/shared/claims" -name '*.json' ! -name '*.1.json' | wc -l)))
    sweeps=$((sweeps + 1))
    rm -rf "$folder/shared"
}

count=0
kills=0
taken=0
sweeps=0
for number in 0 1 2; do start $number; done
while ((count < signals)); do
    number=$((RANDOM % 3))
    sleep "$((RANDOM % 2)).$((RANDOM % 10))$((RANDOM % 10))"
    if ! kill -0 "${workers[$number]}" 2> /dev/null; then
        finish
        for number in 0 1 2; do start $number; done
        continue
    fi
    count=$((count + 1))
    if ((RANDOM % 3 == 0)); then
        kill -STOP "${workers[$number]}" 2> /dev/null || true
        stopped+=("${workers[$number]}")
    else
        kill -KILL "${workers[$number]}" 2> /dev/null || true
        wait "${workers[$number]}" 2> /dev/null || true
        kills=$((kills + 1))
    fi
    start "$number"
done
finish
echo "$kills kills and $((count - kills)) stops of workers in $sweeps sweeps, $taken claims taken over: every sweep has the same bytes"
