#!/usr/bin/env bash
# P1 at length: 1,000 seeds of a disk that loses whatever was not synced, and 200 kills of the agent at random instants under load.
# About half an hour. The short forms run with ./fieldnet test. Exit code 1: something acknowledged was lost, doubled or out of order.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
export FIELDNET_SOAK=1
for project in FieldNet.Capture.Tests FieldNet.EndToEnd.Tests; do
  dotnet build "tests/$project" -c Release -v quiet -clp:NoSummary
done
dotnet tests/FieldNet.Capture.Tests/bin/Release/net10.0/FieldNet.Capture.Tests.dll -noLogo -class '*.CrashTests' -class '*.LogCursorTests' -class '*.Processes.KillTests'
dotnet tests/FieldNet.EndToEnd.Tests/bin/Release/net10.0/FieldNet.EndToEnd.Tests.dll -noLogo -class '*.Durability.KillTests'
