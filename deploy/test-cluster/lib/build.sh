# What the cluster is made of: Debian's packages, and Go programs that are built once for each version.

# program:package
needs=(containerd:containerd runc:runc iptables:iptables ipset:ipset conntrack:conntrack modprobe:kmod
  ip:iproute2 nsenter:util-linux openssl:openssl curl:curl)

packages_present() {
  local need
  for need in "${needs[@]}"; do command -v "${need%:*}" >/dev/null || return 1; done
  [ -x /usr/lib/cni/bridge ]
}

install_packages() {
  local packages=(containernetworking-plugins "${needs[@]#*:}")
  if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
    fail "Please install: ${packages[*]}"
  fi
  say "Installing ${packages[*]}"
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >&2
}

binaries() { # version
  kube=$cache/$1/kube
  coredns=$cache/$1/coredns
  tools=$cache/$1/tools
  images=$cache/$1/images
  registry=$cache/$1/registry
  metrics_server=$cache/$1/metrics-server
}

find_go() {
  command -v go >/dev/null || PATH=$PATH:/usr/local/go/bin
  command -v go >/dev/null || fail "Building the test cluster needs Go 1.26 or later on the PATH."
}

compile() { # folder, program
  (cd "$here/$1" && CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w" -o "$2.new" . && mv "$2.new" "$2")
}

# The sources' content, not their dates: a new clone must not build again what is there.
fingerprint() { (cd "$here" && cat kubernetes/*.go kubernetes/*.sh "$(modules "$1")" dns/*.go dns/go.sum tools/*.go | sha256sum | cut -c1-16); }

modules() { [ -e "$here/kubernetes/$1.mod" ] && echo "kubernetes/$1.mod" || echo kubernetes/go.mod; }

# Those whose Go modules are known here, by what the modules say.
versions() { sed -n 's|^\tk8s.io/kubernetes v\(1\.[0-9]*\)\..*|\1|p' "$here"/kubernetes/*.mod | sort -V; }

build() { # version
  binaries "$1"
  local wanted started=$SECONDS
  wanted=$(fingerprint "$1")
  mkdir -p "$cache/$1"
  # One at a time: two builds side by side would take twice as long and write the same files.
  exec 9>"$cache/$1/.lock"
  flock 9
  if [ "$(cat "$cache/$1/built" 2>/dev/null)" != "$wanted" ]; then
    find_go
    say "Building Kubernetes $1 from its Go modules, once: about ten minutes on two processors"
    rm -f "$cache/$1/built"
    "$here/kubernetes/build.sh" "$1" "$kube"
    compile dns "$coredns"
    compile tools "$tools"
    mkdir -p "$images"
    ln -f "$tools" "$cache/$1/pause" # the program looks at its own name
    pack pause "$cache/$1/pause"
    pack tools "$tools"
    pack coredns "$coredns"
    echo "$wanted" >"$cache/$1/built"
    say "Built in $((SECONDS - started)) s: $cache/$1"
  fi
  build_registry "$1"
  exec 9>&-
}

# By itself: another registry is no reason to build Kubernetes again.
build_registry() { # version
  local wanted
  wanted=$(cd "$here/registry" && cat main.go go.sum | sha256sum | cut -c1-16)
  if [ "$(cat "$cache/$1/registry-built" 2>/dev/null)" != "$wanted" ]; then
    find_go
    say "Building the registry"
    compile registry "$registry"
    echo "$wanted" >"$cache/$1/registry-built"
  fi
}

# By itself, and only where somebody asks for metrics.
build_metrics() { # version
  local wanted
  mkdir -p "$cache/$1"
  exec 9>"$cache/$1/.metrics.lock"
  flock 9
  wanted=$(cd "$here/metrics" && cat main.go go.sum | sha256sum | cut -c1-16)
  if [ "$(cat "$cache/$1/metrics-built" 2>/dev/null)" != "$wanted" ]; then
    find_go
    say "Building the metrics server, once"
    compile metrics "$metrics_server"
    echo "$wanted" >"$cache/$1/metrics-built"
  fi
  exec 9>&-
}

# For tests of the chart, where no helm is installed.
build_helm() {
  local wanted=v3.22.0
  helm=$(command -v helm) && return
  helm=$cache/helm-$wanted/helm
  [ ! -x "$helm" ] || return 0
  find_go
  mkdir -p "$cache"
  exec 9>"$cache/.helm.lock"
  flock 9
  if [ ! -x "$helm" ]; then
    say "Building helm $wanted, once"
    # Only a whole program gets its name.
    GOBIN=$cache/helm-$wanted.new CGO_ENABLED=0 go install -trimpath -ldflags "-s -w" "helm.sh/helm/v3/cmd/helm@$wanted" >&2
    mv -T "$cache/helm-$wanted.new" "$cache/helm-$wanted"
  fi
  exec 9>&-
}

# Simulated nodes, and how their pods behave, from the modules of Kubernetes' own project for that.
build_kwok() {
  local wanted=v0.8.0 sources stages=(node/fast node/heartbeat-with-lease pod/fast)
  kwok=$cache/kwok-$wanted
  [ ! -x "$kwok/kwok" ] || return 0
  find_go
  mkdir -p "$cache"
  exec 9>"$cache/.kwok.lock"
  flock 9
  if [ ! -x "$kwok/kwok" ]; then
    say "Building kwok $wanted, once"
    GOBIN=$kwok.new CGO_ENABLED=0 go install -trimpath -ldflags "-s -w" "sigs.k8s.io/kwok/cmd/kwok@$wanted" >&2
    sources=$(go mod download -json "sigs.k8s.io/kwok@$wanted" | sed -n 's|^\t"Dir": "\(.*\)",$|\1|p')
    for stage in "${stages[@]/#/$sources/kustomize/stage/}"; do
      for file in "$stage"/*.yaml; do
        [ "$(basename "$file")" = kustomization.yaml ] || { echo --- && cat "$file"; }
      done
    done >"$kwok.new/stages.yaml"
    mv -T "$kwok.new" "$kwok"
  fi
  exec 9>&-
}

pack() { # image, program
  "$tools" image "$images/$1.tar" "cytoplane.test/$1:1" "$2"
}
