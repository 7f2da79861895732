#!/usr/bin/env bash
# All of these scripts, the damage of runs and the fuzzing in turn, with other seeds each time, until the hours are over or something fails.
#   tests/reliability/soak.sh [HOURS]
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
hours=${1:-1}
export ELBO_PROGRAM=$program
dotnet build -c Release tests/Elbo.Fuzzing --nologo -v quiet
dotnet build -c Release tests/Elbo.Tests --nologo -v quiet
end=$(($(date +%s) + hours * 3600))
for ((round = 1; $(date +%s) < end; round++)); do
    echo "round $round"
    tests/reliability/kill.sh 30 "$round"
    [ "$(id -u)" != 0 ] || tests/reliability/disk-full.sh 10 "$round"
    tests/reliability/at-once.sh 5
    tests/reliability/workers.sh 20 "$round"
    tests/Elbo.Fuzzing/bin/Release/net10.0/Elbo.Fuzzing --cases 50000 --seed "$((round * 1000000))"
    ELBO_DAMAGES=10 ELBO_DAMAGE_SEED=$((round * 1000)) \
        tests/Elbo.Tests/bin/Release/net10.0/Elbo.Tests -class Elbo.Tests.DamageTests -noColor
done
echo "$((round - 1)) rounds without a failure"
