# The cluster's authorities, its certificates, and a kubeconfig for each who calls the API server.

authority() { # file, common name
  openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"
  openssl req -x509 -new -key "$1.key" -subj "/CN=$2" -days 3650 -out "$1.crt" -addext keyUsage=critical,keyCertSign,cRLSign
}

certificate() { # file, authority, subject, usage, names
  openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"
  {
    printf 'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=%s\n' "$4"
    [ -z "${5:-}" ] || echo "subjectAltName=$5"
  } >"$1.ext"
  openssl req -new -key "$1.key" -subj "$3" |
    openssl x509 -req -CA "$2.crt" -CAkey "$2.key" -CAcreateserial -days 3650 -extfile "$1.ext" -out "$1.crt"
  rm "$1.ext"
}

kubeconfig() { # user
  cat >"$state/$1.kubeconfig" <<E2
apiVersion: v1
kind: Config
clusters: [{name: $name, cluster: {server: "$api", certificate-authority-data: $(base64 -w0 ca.crt)}}]
users: [{name: $1, user: {client-certificate-data: $(base64 -w0 "$1.crt"), client-key-data: $(base64 -w0 "$1.key")}}]
contexts: [{name: $name, context: {cluster: $name, user: $1}}]
current-context: $name
E2
}

make_certificates() (
  mkdir -p "$pki"
  cd "$pki"
  umask 077
  authority ca kubernetes
  authority front-proxy-ca front-proxy
  openssl ecparam -name prime256v1 -genkey -noout -out sa.key
  openssl ec -in sa.key -pubout -out sa.pub
  certificate apiserver ca /CN=kube-apiserver serverAuth "DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,DNS:localhost,IP:127.0.0.1,IP:$node_ip,IP:$api_service_ip"
  certificate kubelet-server ca "/O=system:nodes/CN=system:node:$node" serverAuth "DNS:$node,IP:$node_ip"
  certificate metrics-server ca /CN=metrics-server serverAuth "DNS:metrics-server.kube-system.svc"
  certificate registry ca /CN=registry serverAuth "IP:$node_ip"
  certificate apiserver-kubelet ca /O=system:masters/CN=apiserver-kubelet clientAuth
  certificate front-proxy front-proxy-ca /CN=front-proxy clientAuth
  certificate admin ca /O=system:masters/CN=admin clientAuth
  certificate controller-manager ca /CN=system:kube-controller-manager clientAuth
  certificate scheduler ca /CN=system:kube-scheduler clientAuth
  certificate proxy ca /CN=system:kube-proxy clientAuth
  certificate kubelet ca "/O=system:nodes/CN=system:node:$node" clientAuth
  local user
  for user in admin controller-manager scheduler proxy kubelet; do kubeconfig "$user"; done
)
