#!/usr/bin/env bash
# Fills the disk of a training at random moments, frees it again and lets the training go on: no abort, and the same bytes in the end.
# It needs the right to mount a small file system in memory.
#   tests/reliability/disk-full.sh [TRIALS] [SEED]
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
trials=${1:-10}
RANDOM=${2:-1}
make_dataset
disk=$folder/disk
mkdir "$disk"
mount -t tmpfs -o size=8m elbo-disk-full "$disk" || fail "a file system cannot be mounted: run this as root"
trap 'umount "$disk"; rm -rf "$folder"' EXIT
train=("$program" train vae --epochs 12 --checkpoint-every 3 "${small[@]}")
"${train[@]}" --out "$folder/whole" > /dev/null 2>&1
hit=0
for ((trial = 1; trial <= trials; trial++)); do
    run=$disk/run
    rm -rf "$disk"/* "$disk"/.[!.]*
    "${train[@]}" --out "$run" > /dev/null 2> "$folder/log" &
    process=$!
    sleep "0.$((RANDOM % 10))$((RANDOM % 10))"
    until [ -d "$run" ] || ! kill -0 "$process" 2> /dev/null; do sleep 0.01; done
    sleep "0.$((RANDOM % 10))$((RANDOM % 10))"
    # A few kilobytes are left, so that some of the writes still succeed.
    head -c 8m /dev/zero > "$disk/filler" 2> /dev/null || true
    truncate -s "-$((RANDOM % 40))K" "$disk/filler"
    code=0
    wait "$process" || code=$?
    rm -f "$disk/filler"
    [ "$code" = 0 ] || [ "$code" = 4 ] || { cat "$folder/log"; fail "exit code $code in trial $trial"; }
    [ "$code" = 0 ] || hit=$((hit + 1))
    if [ ! -d "$run" ]; then
        "${train[@]}" --out "$run" > /dev/null 2>&1
    elif ! is_finished "$run" || ! same_run "$folder/whole" "$run" 2> /dev/null; then
        "$program" resume "$run" > "$folder/log" 2>&1 || { cat "$folder/log"; fail "the run did not go on in trial $trial"; }
    fi
    same_run "$folder/whole" "$run" || fail "the run differs in trial $trial"
done
echo "$trials times the disk was full ($hit trainings ended with exit code 4):" \
    "the same bytes each time after it had space again, and no abort"
