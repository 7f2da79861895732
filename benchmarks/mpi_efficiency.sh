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
# The first epoch warms up; the last one counts.
options="--epochs 2 --validation 0 --threads 1 --no-sample-pages"
# Only the steps, as timings.csv has them.
speed() { awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "examples_per_second") column = i } END { print $column }' "$1/timings.csv"; }

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
        { apart = $1 + $2; if (apart > best_apart) best_apart = apart; if ($3 > best_together) best_together = $3 }
        END { printf "global batch %d: %.0f examples/s apart, %.0f together, efficiency %.2f\n", batch, best_apart, best_together, best_together / best_apart }'
done
