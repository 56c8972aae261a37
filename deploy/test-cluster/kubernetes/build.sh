#!/usr/bin/env bash
# Builds the multi-call binary: build.sh VERSION OUT, where VERSION is 1.37 (go.mod) or another that has a VERSION.mod.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
version=$1 out=$2
modfile=$version.mod
[ -e "$modfile" ] || modfile=go.mod
full=$(sed -n 's|^\tk8s.io/kubernetes \(v[0-9.]*\)$|\1|p' "$modfile")
case $full in
  v"$version".*) ;;
  *) echo "No Go modules for Kubernetes $version here: go.mod has $full, and there is no $version.mod." >&2; exit 1 ;;
esac

# The version that the servers report and that clients compare against is set when linking.
flags="-s -w"
for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
  flags+=" -X $package.gitVersion=$full -X $package.gitMajor=1 -X $package.gitMinor=${version#1.}"
  flags+=" -X $package.gitTreeState=clean -X $package.gitCommit=0000000000000000000000000000000000000000"
  flags+=" -X $package.buildDate=2026-01-01T00:00:00Z"
done
mkdir -p "$(dirname "$out")"
CGO_ENABLED=0 go build -trimpath -buildvcs=false -modfile="$modfile" -ldflags "$flags" -o "$out.new" .
mv "$out.new" "$out"
