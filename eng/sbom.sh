#!/usr/bin/env bash
# Writes a CycloneDX bill of materials of a published command line and checks that everything that can be loaded from the folder is in it.
# Usage: eng/sbom.sh FOLDER [OUTPUT.json], after 'dotnet publish -c Release src/Elbo.Cli -o FOLDER'; by default FOLDER/elbo.cdx.json.
set -euo pipefail
[ $# -ge 1 ] && [ -f "$1/Elbo.Cli.deps.json" ] || { echo "error: give the folder of a publish: eng/sbom.sh FOLDER [OUTPUT.json]" >&2; exit 2; }
published=$(cd "$1" && pwd)
output=$(realpath -m "${2:-$published/elbo.cdx.json}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

dotnet tool restore >/dev/null
version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props)
dotnet tool run dotnet-CycloneDX -- src/Elbo.Cli/Elbo.Cli.csproj --disable-package-restore --output-format Json --spec-version 1.6 \
    --set-name elbo --set-version "$version" --output "$(dirname "$output")" --filename "$(basename "$output")" >/dev/null

python3 - "$published" "$output" "$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')" <<'CHECK'
import glob, json, os, sys

folder, output, packages = sys.argv[1:]
bill = json.load(open(output, encoding="utf-8"))
if bill.get("bomFormat") != "CycloneDX" or bill.get("specVersion") != "1.6":
    sys.exit("error: the bill of materials is not CycloneDX 1.6")

# A package may carry its licence as a text, which the tool does not read.
for part in bill["components"]:
    place = os.path.join(packages, part["name"].lower(), part["version"])
    texts = [open(path, encoding="utf-8-sig").read() for path in sorted(glob.glob(os.path.join(place, "LICENSE*")))]
    if not part.get("licenses") and any(text.startswith("MIT License") for text in texts):
        part["licenses"] = [{"license": {"id": "MIT"}}]
with open(output, "w", encoding="utf-8") as file:
    json.dump(bill, file, indent=2, ensure_ascii=False)

listed = {(part["name"].lower(), part["version"]) for part in bill["components"] if part.get("hashes") and part.get("licenses")}
deps = json.load(open(os.path.join(folder, "Elbo.Cli.deps.json"), encoding="utf-8"))
libraries = {name: library["type"] for name, library in deps["libraries"].items()}
missing = [name for name, kind in libraries.items()
           if kind != "project" and (name.split("/")[0].lower(), name.split("/")[1]) not in listed]
if missing:
    sys.exit("error: not in the bill of materials, or without hash or licence: " + ", ".join(missing))

# Which library each file belongs to; a library that is not listed above is one of this repository's projects.
owners = {}
for target in deps["targets"].values():
    for name, library in target.items():
        for kind in ("runtime", "native", "resources", "runtimeTargets"):
            for path in library.get(kind, {}):
                owners[os.path.basename(path)] = name
# TorchSharp's library with its one byte changed (docs/decisions/0033-packages.md), whose hash the build checks.
owners["LibTorchSharp.so"] = "TorchSharp"
loadable = sorted({name for _, _, names in os.walk(folder) for name in names
                   if name.endswith((".dll", ".dylib", ".so")) or ".so." in name})
strays = [name for name in loadable if name not in owners]
if not loadable or strays:
    sys.exit("error: files that belong to no library: " + ", ".join(strays or ["(no file was found)"]))
print(f"{len(bill['components'])} components; all {len(loadable)} libraries in the folder are accounted for")
CHECK
