# The node, from the inside: process 1 of the cluster's own namespaces. It prepares them, starts every process, starts
# again what ends, and reaps. When it is killed the kernel ends all the rest.

socket=/run/containerd/containerd.sock

prepare_mounts() {
  mount -t tmpfs -o mode=755 tmpfs /run
  mkdir -p /run/containerd /run/netns /run/lock
  mount --bind "$state/kubelet" /var/lib/kubelet
  mount --bind "$state/cni" /var/lib/cni
  mount --bind "$state/varlog" /var/log
  # The kubelet wants some settings of the whole machine: it gets files of its own in their place.
  local setting file
  for setting in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 \
    kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
    file=$state/sysctl/$(tr / . <<<"${setting%=*}")
    echo "${setting#*=}" >"$file"
    mount --bind "$file" "/proc/sys/${setting%=*}"
  done
  mount --make-rshared /
}

prepare_network() {
  hostname "$node"
  ip link set lo up
  until [ -e "$state/run/network-ready" ]; do sleep 0.02; done
  # bridge-nf-call-iptables: else traffic between pods of this node never meets a policy.
  sysctl -qw net.ipv4.ip_forward=1 net.bridge.bridge-nf-call-iptables=1 net.ipv4.conf.all.rp_filter=0
}

keep() { # name, command...: runs it, and again whenever it ends unless it is held. Its process id is in run/NAME.pid
  local process=$1
  shift
  (
    while :; do
      "$@" >>"$state/log/$process.log" 2>&1 &
      echo $! >"$state/run/$process.pid"
      wait $! || true
      while [ -e "$state/run/$process.held" ]; do sleep 0.2; done
      echo "$(date +%T) $process ended; starting it again"
      sleep 0.5
    done
  ) &
}

eventually() { # tries, pause, command...
  local i tries=$1 pause=$2
  shift 2
  for ((i = 0; i < tries; i++)); do
    "$@" && return 0
    sleep "$pause"
  done
  return 1
}

containerd_answers() { [ -S $socket ] && ctr -a $socket plugins ls 2>/dev/null | grep -q 'cri .*ok'; }

api_ready() {
  [ "$(curl -s --cacert "$pki/ca.crt" --cert "$pki/admin.crt" --key "$pki/admin.key" "$api/readyz" 2>/dev/null)" = ok ]
}

load_images() { # tar...
  local archive
  for archive in "$@"; do ctr -a $socket -n k8s.io images import "$archive"; done
}

service_rules_written() { iptables-save -t nat 2>/dev/null | grep -q "d $api_service_ip/32"; }

# kube-router after kube-proxy's first pass: where the two race, that pass can fail, and the next comes seconds later.
policies() {
  eventually 100 0.1 service_rules_written || true
  exec "$kube" netpol --kubeconfig="$state/admin.kubeconfig" --hostname-override="$node" --service-cluster-ip-range="$service_cidr"
}

run_containers() {
  keep containerd containerd -c "$state/etc/containerd.toml"
  keep registry "$registry" "$registry_address" "$state/registry" "$pki/registry.crt" "$pki/registry.key" \
    "$registry_user" "$state/registry-password"
  { eventually 300 0.1 containerd_answers && load_images "$images"/*.tar; } >"$state/log/images.log" 2>&1 &
}

run_real_node() {
  keep kubelet "$kube" kubelet --config="$state/etc/kubelet.yaml" --kubeconfig="$state/kubelet.kubeconfig" \
    --hostname-override="$node" --node-ip="$node_ip" --root-dir=/var/lib/kubelet
  keep kube-proxy "$kube" kube-proxy --config="$state/etc/proxy.yaml"
  keep policies policies
  eventually 60 0.5 "$kube" kubectl --kubeconfig="$state/admin.kubeconfig" apply -f "$here/dns/coredns.yaml"
}

simulated_node() { # number
  cat <<YAML
---
apiVersion: v1
kind: Node
metadata:
  name: simulated-$1
  annotations: {kwok.x-k8s.io/node: fake}
  labels: {type: kwok, kubernetes.io/os: linux, kubernetes.io/arch: amd64, kubernetes.io/hostname: simulated-$1}
status:
  allocatable: {cpu: "1000", memory: 4Ti, ephemeral-storage: 4Ti, pods: "1000"}
  capacity: {cpu: "1000", memory: 4Ti, ephemeral-storage: 4Ti, pods: "1000"}
YAML
}

# Nodes of which kwok says that they are there and run what is given to them.
simulate() { # how many
  build_kwok
  keep kwok "$kwok/kwok" --config="$kwok/stages.yaml" --kubeconfig="$state/admin.kubeconfig" --cidr=10.128.0.1/9 \
    --manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake --node-lease-duration-seconds=40
  for ((i = 1; i <= $1; i++)); do simulated_node "$i"; done >"$state/etc/nodes.yaml"
  eventually 60 0.5 "$kube" kubectl --kubeconfig="$state/admin.kubeconfig" apply --server-side -f "$state/etc/nodes.yaml"
}

run_node() {
  exec </dev/null >>"$state/log/node.log" 2>&1
  prepare_mounts
  prepare_network

  [ "$simulated" != 0 ] || run_containers
  keep etcd "$kube" etcd --name e --data-dir "$state/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 \
    --listen-peer-urls http://127.0.0.1:2380 --initial-advertise-peer-urls http://127.0.0.1:2380 \
    --initial-cluster e=http://127.0.0.1:2380
  keep kube-apiserver "$kube" kube-apiserver --etcd-servers=http://127.0.0.1:2379 \
    --advertise-address="$node_ip" --bind-address=0.0.0.0 --secure-port=6443 \
    --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" --client-ca-file="$pki/ca.crt" \
    --service-account-key-file="$pki/sa.pub" --service-account-signing-key-file="$pki/sa.key" \
    --service-account-issuer=https://kubernetes.default.svc.cluster.local \
    --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --allow-privileged=true \
    --service-cluster-ip-range="$service_cidr" --kubelet-certificate-authority="$pki/ca.crt" \
    --kubelet-client-certificate="$pki/apiserver-kubelet.crt" --kubelet-client-key="$pki/apiserver-kubelet.key" \
    --kubelet-preferred-address-types=InternalIP --requestheader-client-ca-file="$pki/front-proxy-ca.crt" \
    --requestheader-allowed-names=front-proxy --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --requestheader-group-headers=X-Remote-Group --requestheader-username-headers=X-Remote-User \
    --proxy-client-cert-file="$pki/front-proxy.crt" --proxy-client-key-file="$pki/front-proxy.key" \
    --shutdown-delay-duration=0s
  eventually 1200 0.1 api_ready

  # Without the higher rate the controller manager alone takes four seconds more to start.
  keep kube-controller-manager "$kube" kube-controller-manager --kubeconfig="$state/controller-manager.kubeconfig" \
    --authentication-kubeconfig="$state/controller-manager.kubeconfig" \
    --authorization-kubeconfig="$state/controller-manager.kubeconfig" \
    --leader-elect=false --use-service-account-credentials=true --root-ca-file="$pki/ca.crt" \
    --service-account-private-key-file="$pki/sa.key" --cluster-signing-cert-file="$pki/ca.crt" \
    --cluster-signing-key-file="$pki/ca.key" --requestheader-client-ca-file="$pki/front-proxy-ca.crt" \
    --allocate-node-cidrs=false --flex-volume-plugin-dir=/var/lib/kubelet/volumeplugins \
    --bind-address=127.0.0.1 --kube-api-qps=300 --kube-api-burst=600
  keep kube-scheduler "$kube" kube-scheduler --kubeconfig="$state/scheduler.kubeconfig" \
    --authentication-kubeconfig="$state/scheduler.kubeconfig" --authorization-kubeconfig="$state/scheduler.kubeconfig" \
    --leader-elect=false --bind-address=127.0.0.1 --kube-api-qps=300 --kube-api-burst=600
  if [ "$simulated" != 0 ]; then simulate "$simulated"; else run_real_node; fi

  while :; do wait -n || true; sleep 1; done
}
