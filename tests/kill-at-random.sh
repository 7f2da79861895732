#!/usr/bin/env bash
# Kills a training with SIGKILL at random moments (20 of them unless another number is given), resumes it each time, and compares the end with a
# run that was never killed: metrics.csv and the best and last checkpoints must be the same bytes.
#   tests/kill-at-random.sh [KILLS] [SEED]
set -euo pipefail
cd "$(dirname "$0")/.."
kills=${1:-20}
RANDOM=${2:-1}
dotnet build -c Release src/Elbo.Cli --nologo -v quiet
program=src/Elbo.Cli/bin/Release/net10.0/elbo
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
train=(train cvae --epochs 8 --hidden 64 --latent 5 --checkpoint-every 50 --binarize dynamic --threads 1)

"$program" "${train[@]}" --out "$folder/whole" > /dev/null 2>&1
"$program" "${train[@]}" --out "$folder/killed" > /dev/null 2>&1 &
process=$!
for ((kill = 1; kill <= kills; kill++)); do
    # Between a start that has hardly begun and one that is well under way.
    sleep "$((RANDOM % 3)).$((RANDOM % 10))"
    kill -KILL "$process" 2> /dev/null || true
    wait "$process" 2> /dev/null || true
    if [ ! -f "$folder/killed/checkpoints/last.safetensors" ]; then
        rm -rf "$folder/killed"
        "$program" "${train[@]}" --out "$folder/killed" > /dev/null 2>&1 &
    elif grep -q '"state": "finished"' "$folder/killed/run.json"; then
        echo "finished before kill $kill of $kills"
        break
    else
        "$program" resume "$folder/killed" > /dev/null 2>&1 &
    fi
    process=$!
done
wait "$process" || true

grep -q '"state": "finished"' "$folder/killed/run.json" || { echo "the killed run did not finish"; exit 1; }
for file in metrics.csv checkpoints/last.safetensors checkpoints/best.safetensors; do
    cmp "$folder/whole/$file" "$folder/killed/$file"
done
echo "killed $((kill - 1)) times and resumed: the same bytes as the run that was not"
