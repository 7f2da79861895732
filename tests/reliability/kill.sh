#!/usr/bin/env bash
# Kills trainings, sweeps and imports with SIGKILL at random moments, a third of them in the first tenth of a second after their folder or
# its forerunner appears. Each time there must be nothing, or something that goes on to the bytes of the one that was not killed.
#   tests/reliability/kill.sh [KILLS] [SEED]
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
kills=${1:-30}
RANDOM=${2:-1}
make_dataset
declare -A commands=(
    [train]="$program train vae --epochs 6 --checkpoint-every 5 ${small[*]} --out"
    [sweep]="$program sweep beta-vae --set objective.klWeight=1,4 --epochs 2 --checkpoint-every 5 ${small[*]} --out"
    [import]="$program data import $folder/drawings.npy --out"
)
for kind in train sweep import; do
    ${commands[$kind]} "$folder/whole-$kind" > /dev/null 2>&1 || fail "'$kind' does not work"
done

# Whether the folder of a kind is what it would be without a kill.
is_complete() {
    case $1 in
        train) is_finished "$folder/killed" ;;
        # The results are written after each run of the sweep.
        sweep) [ -f "$folder/killed/sweep.html" ] && cmp -s "$folder/whole-sweep/sweep.csv" "$folder/killed/sweep.csv" ;;
        import) [ -d "$folder/killed" ] ;;
    esac
}

compare() {
    local run
    case $1 in
        train) same_run "$folder/whole-train" "$folder/killed" ;;
        sweep)
            for run in "$folder"/whole-sweep/*/; do
                same_run "$run" "$folder/killed/$(basename "$run")"
            done
            cmp "$folder/whole-sweep/sweep.csv" "$folder/killed/sweep.csv"
            ;;
        import)
            for run in "$folder"/whole-import/*; do
                [ "$(basename "$run")" = source.json ] || cmp "$run" "$folder/killed/$(basename "$run")"
            done
            ;;
    esac
}

# What goes on with the folder of a kind: the process itself and no shell around it, which would be killed in its place.
set_next() {
    if [ "$1" = train ] && [ -d "$folder/killed" ]; then
        next=("$program" resume "$folder/killed")
    else
        next=(${commands[$1]} "$folder/killed")
    fi
}

births=0
nothing=0
declare -A counts=([train]=0 [sweep]=0 [import]=0)
for ((kill = 1; kill <= kills; kill++)); do
    kind=$(printf 'train\ntrain\nsweep\nimport\n' | sed -n "$((RANDOM % 4 + 1))p")
    rm -rf "$folder/killed" "$folder"/.killed.* "$folder"/killed.*
    set_next "$kind"
    "${next[@]}" > /dev/null 2>&1 &
    process=$!
    if ((kill % 3 == 0)); then
        until [ -e "$folder/killed" ] || compgen -G "$folder/.killed.*" > /dev/null || compgen -G "$folder/killed.*" > /dev/null ||
            ! kill -0 "$process" 2> /dev/null; do :; done
        births=$((births + 1))
        sleep "0.0$((RANDOM % 10))$((RANDOM % 10))"
    else
        sleep "$((RANDOM % 3)).$((RANDOM % 10))$((RANDOM % 10))"
    fi
    kill -KILL "$process" 2> /dev/null || true
    wait "$process" 2> /dev/null || true
    counts[$kind]=$((counts[$kind] + 1))
    [ -d "$folder/killed" ] || nothing=$((nothing + 1))
    if ! is_complete "$kind"; then
        set_next "$kind"
        "${next[@]}" > "$folder/log" 2>&1 || { cat "$folder/log"; fail "'$kind' did not go on after kill $kill"; }
    fi
    is_complete "$kind" || fail "'$kind' is not complete after kill $kill"
    compare "$kind" || fail "'$kind' differs after kill $kill"
done
echo "$kills kills (${counts[train]} of trainings, ${counts[sweep]} of sweeps, ${counts[import]} of imports;" \
    "$births in the first 100 ms of a folder, $nothing left nothing): every one went on to the same bytes"
