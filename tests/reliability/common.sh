# Shared by the scripts of this folder: the program, a folder that is removed at the end, and a small dataset.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
program=${ELBO_PROGRAM:-}
if [ -z "$program" ]; then
    dotnet build -c Release src/Elbo.Cli --nologo -v quiet
    program=$PWD/src/Elbo.Cli/bin/Release/net10.0/elbo
fi
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null || true; rm -rf "$folder"' EXIT

fail() {
    echo "error: $1" >&2
    exit 1
}

# 300 drawings of an untrained model: it does not matter what they show.
make_dataset() {
    "$program" train vae --epochs 1 --hidden 16 --latent 3 --threads 1 --validation 0 --out "$folder/vae" > /dev/null 2>&1
    "$program" sample "$folder/vae" --count 300 --seed 1 --out "$folder/drawings.npy" > /dev/null 2>&1
    "$program" data import "$folder/drawings.npy" --out "$folder/data" > /dev/null 2>&1
    small=(--data "$folder/data" --hidden 32 --latent 3 --batch-size 16 --validation 30 --threads 1)
}

# Whether two runs have the same bytes wherever nothing depends on the clock.
same_run() {
    local file
    for file in config.json metrics.csv standard-errors.csv checkpoints/last.safetensors checkpoints/best.safetensors; do
        cmp -s "$1/$file" "$2/$file" || { echo "$2/$file differs from $1/$file" >&2; return 1; }
    done
}

is_finished() {
    grep -q '"state": "finished"' "$1/run.json" 2> /dev/null
}
