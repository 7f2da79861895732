#!/usr/bin/env bash
# Builds the last commit's library in a clone in another folder and compares it, byte for byte, with the one given, or else with that of a second clone.
# Usage: eng/check-reproducible.sh [src/Elbo/bin/Release/net10.0/Elbo.dll]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Builds in a clone in a folder of the given name and prints the path of the library.
build() {
    local clone=$work/$1
    git clone -q --shared "$root" "$clone"
    # The address of the repository is part of the debugging information.
    git -C "$clone" remote set-url origin "$(git -C "$root" remote get-url origin 2>/dev/null || echo "$root")"
    dotnet build "$clone/src/Elbo" -c Release -nodeReuse:false -p:UseSharedCompilation=false -v quiet -nologo >"$work/log" 2>&1 ||
        { cat "$work/log" >&2; exit 1; }
    echo "$clone/src/Elbo/bin/Release/net10.0/Elbo.dll"
}

if [ $# -gt 0 ] && ! git -C "$root" diff --quiet HEAD -- src Directory.Build.props Directory.Build.targets Directory.Packages.props eng; then
    echo "error: there are changes that are not committed, so $1 is not that of the last commit" >&2
    exit 1
fi
first=${1:-$(build one)}
second=$(build "another folder")
sha256sum "$first" "$second" | cut -d ' ' -f 1
cmp "$first" "$second" || { echo "error: two builds of the same sources differ" >&2; exit 1; }
