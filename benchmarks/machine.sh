# Sourced by the benchmarks: the machine, the clock, and reading JSON without more tools than Node.js.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

machine() {
  local model memory
  model=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo 2>/dev/null | head -1)
  memory=$(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo 2>/dev/null)
  echo "Machine: $(getconf _NPROCESSORS_ONLN) × ${model:-$(uname -m)}, ${memory:-? memory}, $(uname -sr); commit $(git -C "$root" rev-parse --short HEAD)"
}

now() { date +%s%3N; } # milliseconds

seconds() { awk -v ms="$1" 'BEGIN { printf "%.1f s", ms / 1000 }'; }

json() { # json EXPRESSION: evaluates it with the JSON on standard input as `it`
  node -e 'const it = JSON.parse(require("fs").readFileSync(0, "utf8")); console.log(eval(process.argv[1]))' "$1"
}

# Proportional set size in MiB of every process of a state folder: shared pages are counted once.
memory_of() {
  local home=$1 pid pss name total=0
  for pid in $(ps -eo pid=); do
    # The kernel's own processes have no environment, and others end meanwhile.
    if { tr '\0' '\n' <"/proc/$pid/cmdline"; readlink "/proc/$pid/cwd"; tr '\0' '\n' <"/proc/$pid/environ"; } 2>/dev/null |
      grep -F "$home" >/dev/null; then
      pss=$(awk '/^Pss:/ { print $2 }' "/proc/$pid/smaps_rollup" 2>/dev/null) || continue
      [ -n "$pss" ] || continue
      name=$(name_of "$pid")
      echo "$name $pss"
    fi
  done | awk '{ sum[$1] += $2; total += $2 } END {
    for (name in sum) printf "| %s | %d MiB |\n", name, sum[name] / 1024
    printf "| **whole** | **%d MiB** |\n", total / 1024 }' | sort
}

name_of() {
  local command
  command=$(tr '\0' ' ' <"/proc/$1/cmdline")
  case "$command" in
    *controlplane.ControlPlane*) echo control-plane ;;
    *dataplane.DataPlane*) echo data-plane ;;
    *gateway.CellGateway*) echo cell-gateway ;;
    *StaticServer*) echo component:static-site ;;
    *launcher.Main*) echo supervisor ;;
    *keycloak*) echo keycloak ;;
    *postgres*) echo postgresql ;;
    *orders.jar*) echo component:orders ;;
    *server.js*) echo component:api ;;
    *) echo "other" ;;
  esac
}
