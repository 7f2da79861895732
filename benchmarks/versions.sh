#!/usr/bin/env bash
# Two versions of the program, turn by turn, on all cores and 6,400 images: milliseconds per step, the median of the second half of the epochs, and
# microseconds of importance sampling per image and draw. Prints the rounds of both and the ratio of the medians; above 1 NEW is faster.
#   benchmarks/versions.sh OLD NEW [ROUNDS]      two elbo programs, built before, on a machine without other work; needs python3
set -euo pipefail
shopt -s inherit_errexit
old=$(realpath "$1") new=$(realpath "$2") rounds=${3:-3}
mnist=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../data/mnist")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 - "$mnist" <<'PYTHON'
import gzip, os, struct, sys
os.mkdir("data")
for name, count in ("train", 6400), ("t10k", 1000):
    for kind, header, width in ("images-idx3", 16, 784), ("labels-idx1", 8, 1):
        with gzip.open(f"{sys.argv[1]}/{name}-{kind}-ubyte.gz") as file, open(f"data/{name}-{kind}-ubyte", "wb") as part:
            head = file.read(header)
            part.write(head[:4] + struct.pack(">i", count) + head[8:] + file.read(count * width))
PYTHON
iwae="--hidden 200,200 --latent 50 --activation tanh --objective iwae --samples 50 --binarize dynamic"

step() { # program, epochs, batch, options
    local program=$1 epochs=$2 batch=$3
    shift 3
    rm -rf run
    "$program" train "$@" --data data --validation 0 --epochs "$epochs" --batch-size "$batch" --out run >/dev/null 2>&1
    tail -n +$((2 + epochs / 2)) run/timings.csv | cut -d, -f2 | sort -n | awk -v steps=$((6400 / batch)) '
        { all[NR] = $1 } END { printf "%.2f", all[int((NR + 1) / 2)] * 1000 / steps }'
}

sampling() { # program, draws
    # A version may not open what a later one has written to.
    rm -rf run
    cp -r weights run
    "$1" evaluate run --importance-samples "$2" --no-label-report 2>/dev/null | awk '/^importance sampling/ { print $NF }'
}

compare() { # name, function, its arguments after the program
    local name=$1 measure=$2
    shift 2
    for _ in $(seq "$rounds"); do
        local of_old of_new
        of_old=$("$measure" "$old" "$@")
        of_new=$("$measure" "$new" "$@")
        echo "$of_old $of_new"
    done | awk -v name="$name" '
        NF != 2 { print name ": a program failed"; exit 1 }
        { old[NR] = $1; new[NR] = $2; olds = olds " " $1; news = news " " $2 }
        function median(values, n,    i, j, t) {
            for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (values[j] + 0 < values[i] + 0) { t = values[i]; values[i] = values[j]; values[j] = t }
            return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
        }
        END { printf "%s: old%s, new%s, ratio %.2f\n", name, olds, news, median(old, NR) / median(new, NR) }'
}

compare "VAE 784-400-20, batch 128" step 60 128 vae
compare "CVAE 784-400-200-8, batch 128" step 60 128 cvae
compare "convolutional VAE, batch 128" step 4 128 vae --network conv
# shellcheck disable=SC2086
compare "IWAE k = 50, batch 20" step 2 20 vae $iwae
# shellcheck disable=SC2086
compare "IWAE k = 50, batch 100" step 2 100 vae $iwae
"$old" train vae --data data --validation 0 --epochs 5 --out weights >/dev/null 2>&1
compare "importance sampling, 50 draws" sampling 50
compare "importance sampling, 500 draws" sampling 500
