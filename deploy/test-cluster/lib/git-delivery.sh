# What brings to a cluster what Git repositories say: Flux and Argo CD, each built only where somebody asks for it.

# Flux's controllers as images, and the definitions of their kinds, from the modules of Flux's own project.
build_flux() {
  local controllers=(source-controller kustomize-controller) controller sources file
  flux=$cache/flux-$(cd "$here/flux" && cat go.mod go.sum | sha256sum | cut -c1-16)
  [ ! -e "$flux" ] || return 0
  find_go
  exec 9>"$cache/.flux.lock"
  flock 9
  if [ ! -e "$flux" ]; then
    say "Building Flux's controllers from their Go modules, once: about ten minutes on two processors"
    rm -rf "$flux.new"
    (cd "$here/flux" && GOBIN=$flux.new CGO_ENABLED=0 go install -trimpath -buildvcs=false -ldflags "-s -w" tool) >&2
    for controller in "${controllers[@]}"; do
      sources=$(cd "$here/flux" && go list -m -f '{{.Dir}}' "github.com/fluxcd/$controller")
      for file in "$sources"/config/crd/bases/*.yaml; do
        echo --- && cat "$file"
      done >>"$flux.new/definitions.yaml"
      "$tools" image "$flux.new/$controller.tar" "cytoplane.test/$controller:1" "$flux.new/$controller"
      rm "$flux.new/$controller"
    done
    mv -T "$flux.new" "$flux"
  fi
  exec 9>&-
}

bring() { # folder of images and definitions, manifests
  load "$1"/*.tar >&2
  kubectl apply --server-side -f "$1/definitions.yaml" >&2
  # A controller ends when one of its kinds is not known yet.
  kubectl wait --for=condition=Established --timeout=5m -f "$1/definitions.yaml" >&2
  kubectl apply --server-side -f "$2" >&2
}

flux_ready() {
  [ "$(kubectl get deployments -n flux-system -o 'jsonpath={.items[*].status.readyReplicas}' 2>/dev/null)" = "1 1" ]
}

flux_on() {
  build_flux
  bring "$flux" "$here/flux/flux.yaml"
  await "Flux works" 600 0.5 flux_ready
}

# Argo CD's controller and repo-server as an image, and the definitions of its kinds. Git and Redis they find on this machine.
build_argo_cd() {
  local needs=(git:git redis-check-rdb:redis-tools) sources kind
  packages_present || install_packages
  argo_cd=$cache/argo-cd-$(cd "$here/argo-cd" && cat main.go go.mod go.sum | sha256sum | cut -c1-16)
  [ ! -e "$argo_cd" ] || return 0
  find_go
  exec 9>"$cache/.argo-cd.lock"
  flock 9
  if [ ! -e "$argo_cd" ]; then
    say "Building Argo CD from its Go module, once: about ten minutes on two processors"
    rm -rf "$argo_cd.new"
    mkdir -p "$argo_cd.new"
    compile argo-cd "$argo_cd.new/argocd" >&2
    sources=$(cd "$here/argo-cd" && go list -m -f '{{.Dir}}' github.com/argoproj/argo-cd/v3)
    for kind in application appproject; do
      echo --- && cat "$sources/manifests/crds/$kind-crd.yaml"
    done >"$argo_cd.new/definitions.yaml"
    "$tools" image "$argo_cd.new/argo-cd.tar" cytoplane.test/argo-cd:1 "$argo_cd.new/argocd"
    rm "$argo_cd.new/argocd"
    mv -T "$argo_cd.new" "$argo_cd"
  fi
  exec 9>&-
}

argo_cd_ready() {
  [ "$(kubectl get deployment argocd -n argocd -o 'jsonpath={.status.readyReplicas}' 2>/dev/null)" = 1 ]
}

argo_cd_on() {
  build_argo_cd
  bring "$argo_cd" "$here/argo-cd/argo-cd.yaml"
  await "Argo CD works" 600 0.5 argo_cd_ready
}
