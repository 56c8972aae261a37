# Proves a running cluster by what pods can do and cannot. Leaves nothing behind.

passed=0 failed=0 said=
pass() { echo "ok    $1" && passed=$((passed + 1)); }
miss() {
  echo "FAILS $1" && failed=$((failed + 1))
  sed 's/^/      /' <<<"$said" | tail -n 5
}

check() { # what, command...
  local what=$1
  shift
  if said=$("$@" 2>&1); then pass "$what"; else miss "$what"; fi
}

# A refusal counts only for a reason of the network's: what crashes was not refused.
denied() { # what, command...
  local what=$1
  shift
  if said=$("$@" 2>&1); then
    miss "$what: it was let through"
  elif grep -qE 'refused|deadline|timeout|unreachable|not permitted' <<<"$said"; then
    pass "$what"
  else
    miss "$what: it failed for another reason"
  fi
}

soon() { eventually 40 0.5 "$@"; }
blocked() { ! "$@"; }
is() { [ "$(kubectl "${@:2}")" = "$1" ]; }
# Whether kubectl ends well does not count: some of what it has to say is a refusal.
says() { grep -q "$1" <<<"$(kubectl "${@:2}" 2>&1)"; }
# A pod of the first namespace, and one of the second.
from_a() { kubectl -n verify-a exec client -- /tools "$@"; }
from_b() { kubectl -n verify-b exec client -- /tools "$@"; }
from_host() { curl -s -m 3 -o /dev/null "$@"; }

policy() { kubectl apply -n verify-a -f - >/dev/null; }

verify() {
  local started=$SECONDS
  trap 'kubectl delete --ignore-not-found --wait=false ns verify-a verify-b verify-restricted >/dev/null 2>&1
        kubectl delete --ignore-not-found crd ranges.verify.cytoplane.test >/dev/null 2>&1' EXIT
  sed "s/{{tools}}/cytoplane.test\/tools:1/" "$here/lib/verify.yaml" | kubectl apply -f - >/dev/null
  verify_workloads
  verify_network
  verify_policies
  verify_api
  check "a namespace is deleted in a minute" kubectl delete ns verify-a verify-b verify-restricted --timeout=60s
  echo "$passed passed, $failed failed"
  say "in $((SECONDS - started)) s"
  [ $failed = 0 ]
}

verify_workloads() {
  check "a Deployment becomes available" kubectl -n verify-a rollout status deploy/web --timeout=90s
  check "a pod becomes ready" kubectl -n verify-a wait --for=condition=Ready pod/client --timeout=60s
  check "in another namespace too" kubectl -n verify-b wait --for=condition=Ready pod/client --timeout=60s
  check "its log can be read" says serving -n verify-a logs deploy/web
  check "a command can be run in it" from_a lookup localhost
  check "a restricted pod runs: not root, read-only root, no capability, seccomp" \
    kubectl -n verify-restricted wait --for=condition=Ready pod/good --timeout=60s
  check "a privileged pod is refused by the restricted standard" \
    says 'violates PodSecurity' -n verify-restricted run bad --image=cytoplane.test/tools:1 --privileged
  check "a Job completes" kubectl -n verify-a wait --for=condition=Complete job/once --timeout=60s
  check "a container whose liveness probe fails is started again" \
    eventually 120 0.5 restarted_once
  check "the kubelet tells what pods use" says usageBytes get --raw "/api/v1/nodes/$node/proxy/stats/summary"
}

restarted_once() {
  [ "$(kubectl -n verify-a get pod unwell -o 'jsonpath={.status.containerStatuses[0].restartCount}')" -ge 1 ]
}

verify_network() {
  check "a name resolves" from_a lookup web.verify-a.svc.cluster.local
  check "a Service answers by its full name" from_a get http://web.verify-a.svc.cluster.local/
  check "a Service answers by its short name" from_a get http://web/
  check "a Service answers another namespace" from_b get http://web.verify-a/
  check "a pod reaches its own Service" kubectl -n verify-a exec deploy/web -- /tools get http://web/
  check "a node port answers outside" from_host "http://$node_ip:30080/"
  check "the API server answers a pod" from_a dial kubernetes.default.svc.cluster.local:443
}

verify_policies() {
  local pod
  pod=$(kubectl -n verify-a get pod -l app=web -o 'jsonpath={.items[0].status.podIP}')
  policy <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
YAML
  check "deny all comes into force" soon blocked from_a get "http://$pod:8080/"
  denied "denied: the same namespace" from_a get "http://$pod:8080/"
  denied "denied: another namespace" from_b get "http://$pod:8080/"
  denied "denied: names" from_a lookup web.verify-a.svc.cluster.local
  denied "denied: the node" from_a dial "$node_ip:6443"
  denied "denied: the API server's Service" from_a dial "$api_service_ip:443"
  check "another namespace is as it was" from_b lookup web.verify-a.svc.cluster.local
  check "probes go on under a deny" is 2 -n verify-a get deploy web -o 'jsonpath={.status.readyReplicas}'

  policy <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: names}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
  - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]
    ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]
YAML
  check "allowed: names" soon from_a lookup web.verify-a.svc.cluster.local
  denied "but nothing else" from_a get http://web/

  policy <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: client-out}
spec:
  podSelector: {matchLabels: {app: client}}
  policyTypes: [Egress]
  egress: [{to: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 8080, protocol: TCP}]}]
YAML
  # An allow that must not be enough cannot be waited for: give it the time that the others took.
  sleep 3
  denied "out alone is not enough: in is still denied" from_a get http://web/

  policy <<'YAML'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web-in}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress]
  ingress: [{from: [{podSelector: {matchLabels: {app: client}}}], ports: [{port: http, protocol: TCP}]}]
YAML
  check "allowed: a named target port through the Service" soon from_a get http://web/
  denied "the same label in another namespace is not enough" from_b get http://web.verify-a/
  kubectl -n verify-a patch netpol web-in --type=json >/dev/null \
    -p '[{"op":"add","path":"/spec/ingress/0/from/-","value":{"namespaceSelector":{"matchLabels":{"who":"b"}}}}]'
  check "allowed: a namespace by its label" soon from_b get http://web.verify-a/

  policy <<YAML
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: api-out}
spec:
  podSelector: {matchLabels: {app: client}}
  policyTypes: [Egress]
  egress: [{to: [{ipBlock: {cidr: $node_ip/32}}], ports: [{port: 6443, protocol: TCP}]}]
YAML
  check "allowed: an address" soon from_a dial "$api_service_ip:443"
  kubectl -n verify-a delete netpol --all >/dev/null
  check "without policies all is open again" soon from_b get http://web.verify-a/
}

range() { # name, min, max
  printf '{"apiVersion":"verify.cytoplane.test/v1","kind":"Range","metadata":{"name":"%s","namespace":"verify-a"},"spec":{"min":%s,"max":%s}}' "$@" |
    kubectl apply -f -
}
refused_range() { ! said=$(range bad 3 2 2>&1) && grep -q 'min is over max' <<<"$said"; }

verify_api() {
  check "a disruption budget counts pods" soon is 2 -n verify-a get pdb web -o 'jsonpath={.status.currentHealthy}'
  check "an autoscaler is taken" kubectl -n verify-a get hpa web
  check "a custom resource is established" kubectl wait --for=condition=Established crd/ranges.verify.cytoplane.test --timeout=30s
  check "its rule lets a good object through" soon range good 1 2
  check "its rule refuses a bad one" refused_range
  check "a quota is counted" soon is 1 -n verify-b get resourcequota pods -o 'jsonpath={.status.used.pods}'
  check "a quota refuses what is over it" says 'exceeded quota' -n verify-b run more --image=cytoplane.test/tools:1
  check "a server-side apply keeps another manager's field" field_kept
  restart kube-apiserver
  check "the API server comes back after it was killed" eventually 600 0.1 api_ready
}

field_kept() {
  local map='{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"shared","namespace":"verify-a"},"data":{"%s":"1"}}'
  # shellcheck disable=SC2059
  printf "$map" one | kubectl apply --server-side --field-manager=one -f - &&
    printf "$map" two | kubectl apply --server-side --field-manager=two -f - &&
    [ "$(kubectl -n verify-a get configmap shared -o 'jsonpath={.data}')" = '{"one":"1","two":"1"}' ]
}
