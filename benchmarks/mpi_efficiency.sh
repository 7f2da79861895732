#!/usr/bin/env bash
# Two processes of one training against two trainings of one thread beside each other, on two cores: what sharing a batch costs.
# Prints a line for each global batch: examples per second of both, and the efficiency (targets: 0.75 at 256, 0.9 at 1024).
#   benchmarks/mpi_efficiency.sh [ELBO] [ROUNDS]      on a machine without other work; ELBO is the program, built before
set -euo pipefail
elbo=${1:-$(dirname "${BASH_SOURCE[0]}")/../src/Elbo.Cli/bin/Release/net10.0/elbo}
elbo=$(realpath "$elbo")
rounds=${2:-3}
command -v mpirun >/dev/null || { echo "mpirun is not installed (openmpi-bin on Debian)" >&2; exit 4; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
root=$([ "$(id -u)" = 0 ] && echo --allow-run-as-root || true)
# Two epochs warm up: until then the runtime compiles methods, on cores that the processes keep busy.
options="--epochs 7 --validation 0 --threads 1 --no-sample-pages"
# The median and the fastest of the others, in examples per second: only the steps, as timings.csv has them.
speed() {
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "examples_per_second") column = i } NR > 3 { print $column }' "$1/timings.csv" |
        sort -n | sed -n '3p;5p' | tr '\n' ' '
}

for batch in 256 1024; do
    for round in $(seq "$rounds"); do
        for core in 0 1; do
            # shellcheck disable=SC2086
            taskset -c "$core" "$elbo" train vae $options --batch-size $((batch / 2)) --out "apart-$batch-$round-$core" >/dev/null 2>&1 &
        done
        wait
        # shellcheck disable=SC2086
        mpirun $root --bind-to core -n 2 "$elbo" train vae $options --batch-size "$batch" --out "together-$batch-$round" >/dev/null 2>&1
        echo "$(speed "apart-$batch-$round-0") $(speed "apart-$batch-$round-1") $(speed "together-$batch-$round")"
    done | awk -v batch="$batch" '
        { median_apart += $1 + $3; median += $5; if ($2 + $4 > apart) apart = $2 + $4; if ($6 > together) together = $6 }
        END {
            printf "global batch %d: medians %.0f examples/s apart, %.0f together, efficiency %.2f; ", batch, median_apart / NR, median / NR, median / median_apart
            printf "fastest epochs %.0f, %.0f, %.2f\n", apart, together, together / apart
        }'
done
