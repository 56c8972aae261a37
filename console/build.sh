#!/usr/bin/env bash
# Builds or checks the console for Maven. Where there is no Node.js with npm the platform is built without it, and says so:
# nobody needs Node.js to run Cytoplane. CI=true makes that an error, so that no build loses the console unnoticed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
what="${1:-build}"

left_out() {
  cat >&2 <<EOF

  **************************************************************************
  *  The web console is left out: $1
  *  Everything else is built. Install Node.js 20.19 or newer with npm, then
  *  build again. Until then / shows a page that says so.
  **************************************************************************

EOF
  rm -rf target/site
  mkdir -p target
  echo "$1" > target/left-out
  [ "${CI:-}" = true ] && exit 1
  exit 0
}

command -v node >/dev/null || left_out "there is no node on the PATH"
command -v npm >/dev/null || left_out "there is no npm on the PATH"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
  || left_out "node $(node --version) is older than 20.19"

newer_than() { # whether anything that the console is made of is newer than the file
  [ ! -e "$1" ] || [ -n "$(find src e2e build public index.html *.ts package-lock.json ../docs/reference/openapi.json \
    -newer "$1" ! -name '*.gen.ts' -print -quit 2>/dev/null)" ]
}

packages() {
  if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    echo "Fetching the console's packages" >&2
    npm ci --no-fund --no-audit --loglevel=error || left_out "npm could not fetch its packages"
    touch node_modules/.package-lock.json
  fi
}

site() {
  local start
  start=$(mktemp target/.started.XXXXXX)
  npm run --silent build
  mv -f "$start" target/built
  rm -f target/left-out
}

mkdir -p target
case "$what" in
  build)
    if newer_than target/built; then
      packages
      site
    fi
    ;;
  test)
    if newer_than target/tested; then
      packages
      start=$(mktemp target/.started.XXXXXX)
      npm run --silent api
      # Vite makes it of the files in src/routes; without it, or with an old one, their types would not be known.
      if [ ! -e src/routeTree.gen.ts ] || [ -n "$(find src/routes -newer src/routeTree.gen.ts -print -quit)" ]; then
        site
      fi
      npm run --silent check
      npm run --silent test
      mv -f "$start" target/tested
    fi
    ;;
  *)
    echo "build.sh build|test" >&2
    exit 2
    ;;
esac
