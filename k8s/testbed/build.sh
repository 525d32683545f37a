# Builds the testbed's programs and images from Go modules; read by ./testbed. Everything lies in $built, whose name says
# which sources it was built from; the archive beside it is all that a cache needs to keep.

KUBERNETES=1.37.2
KNATIVE=0.42.2
PROGRAMS="kube-apiserver kube-controller-manager kube-proxy kube-scheduler kubelet kubectl"

sources_hash() {
  (cd "$here" && find modules build.sh image.py -type f | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-16)
}

# Where a module lies that another one needs, downloaded if it isn't there.
module_folder() { (cd "$1" && go mod download "$2" && go list -m -f '{{.Dir}}' "$2"); }

# Compilers that hardly collect their garbage take a quarter less time, and memory that they have only for a moment.
go_build() { GOGC=800 CGO_ENABLED=0 go build -trimpath "$@"; }

compile() { # MODULE OUTPUT LDFLAGS PACKAGE...
  local module=$1 output=$2 flags=$3 work=$testbed/build/$1
  shift 3
  say "building $module"
  rm -rf "$work" && mkdir -p "$work" && cp -r "$here/modules/$module/." "$work"
  if [ "$module" = traefik ]; then traefik_replacements "$work"; fi
  (cd "$work" && go_build -ldflags "-s -w $flags" -o "$output" "$@") >> "$testbed/build.log" 2>&1 \
    || fail "$module can't be built, see $testbed/build.log"
}

# Traefik pins two modules that no proxy serves any more: a fork of an authentication library, and the client of one DNS
# provider. Neither is needed to route requests: the library's own release takes the fork's place, and certificates by DNS
# are left out.
traefik_replacements() {
  local work=$1 from
  mkdir -p "$work/ext" "$work/httpauth" "$work/lego"
  printf 'module github.com/traefik/traefik/dynamic/ext\n' > "$work/ext/go.mod"
  printf 'package ext\n\ntype HTTP struct{}\n\ntype Router struct{}\n' > "$work/ext/ext.go"

  from=$(downloaded github.com/abbot/go-http-auth@v0.4.0)
  cp "$from"/{auth,basic,digest,md5crypt,misc,users}.go "$work/httpauth"
  chmod -R u+w "$work/httpauth"
  cat > "$work/httpauth/go.mod" <<'MOD'
module github.com/abbot/go-http-auth

require (
	golang.org/x/crypto v0.0.0
	golang.org/x/net v0.0.0
)
MOD
  cat > "$work/httpauth/fork.go" <<'GO'
package auth

import "net/http"

// CheckSecret is the fork's; nothing passes.
func CheckSecret(password, secret string) bool { return false }

// RequireAuthStale is the fork's, without telling that a nonce is stale.
func (da *DigestAuth) RequireAuthStale(w http.ResponseWriter, r *http.Request) { da.RequireAuth(w, r) }
GO

  from=$(downloaded github.com/go-acme/lego/v5@v5.4.1)
  cp -r "$from/." "$work/lego" && chmod -R u+w "$work/lego"
  (cd "$work/lego" && rm -rf cmd e2e main.go && find providers/dns -mindepth 1 -delete && find . -name '*_test.go' -delete)
  cat > "$work/lego/providers/dns/dns.go" <<'GO'
package dns

import (
	"errors"

	"github.com/go-acme/lego/v5/challenge"
)

// NewDNSChallengeProviderByName knows no provider in this build.
func NewDNSChallengeProviderByName(name string) (challenge.Provider, error) {
	return nil, errors.New("built without DNS providers: " + name)
}
GO
}

downloaded() { go mod download -json "$1" | sed -n 's/^\t"Dir": "\(.*\)",\{0,1\}$/\1/p'; }

build() {
  [ -e "$built/done" ] && return
  if [ -e "$built.tar.gz" ]; then
    say "unpacking $built.tar.gz"
    mkdir -p "$built" && tar -xzf "$built.tar.gz" -C "$built" && touch "$built/done" && return
  fi
  need go "Go 1.26 or newer: https://go.dev/dl"
  need python3 "apt-get install python3"
  say "Building Kubernetes $KUBERNETES, Knative $KNATIVE and what they need: once, some 20 minutes (log: $testbed/build.log)"
  mkdir -p "$built/bin" "$built/images" "$built/manifests"
  : > "$testbed/build.log"
  local version=k8s.io/component-base/version
  compile kubernetes "$built/bin/kubernetes" "-X $version.gitVersion=v$KUBERNETES -X $version.gitMajor=1
    -X $version.gitMinor=37 -X $version.gitTreeState=clean -X $version.gitCommit=unknown
    -X $version.buildDate=2026-01-01T00:00:00Z" .
  for program in $PROGRAMS; do ln -sf kubernetes "$built/bin/$program"; done
  compile etcd "$built/bin/etcd" "" .
  compile containerd "$built/bin/" "-X github.com/containerd/containerd/v2/version.Version=v2.4.2" \
    github.com/containerd/containerd/v2/cmd/{containerd,containerd-shim-runc-v2,ctr}
  mkdir -p "$testbed/build/out/knative"
  compile knative "$testbed/build/out/knative/" "" knative.dev/serving/cmd/{activator,autoscaler,controller,queue,webhook}
  compile coredns "$testbed/build/out/coredns" "" .
  compile traefik "$testbed/build/out/traefik" "" github.com/traefik/traefik/v3/cmd/traefik
  for program in pause hello; do compile $program "$testbed/build/out/$program" "" .; done
  images
  knative_manifests
  rm -rf "$testbed/build"
  tar -czf "$built.tar.gz.part" -C "$built" . && mv "$built.tar.gz.part" "$built.tar.gz"
  touch "$built/done"
}

build_helm() {
  [ -x "$helm" ] && return
  need go "Go 1.26 or newer: https://go.dev/dl"
  say "building helm"
  (cd "$here/helm" && go_build -ldflags "-s -w" -o "$helm.part" helm.sh/helm/v4/cmd/helm) \
    && mv "$helm.part" "$helm" || fail "helm can't be built"
}

images() {
  local out=$testbed/build/out program
  for program in coredns traefik pause hello; do
    python3 "$here/image.py" "$built/images/$program.tar" "dev.local/$program:1" "/$program" "$out/$program=/$program"
  done
  for program in activator autoscaler controller queue webhook; do
    python3 "$here/image.py" "$built/images/knative-$program.tar" "dev.local/knative-$program:1" "/ko-app/$program" \
      "$out/knative/$program=/ko-app/$program"
  done
}

# Knative's own manifests, from the very modules that its programs were built from, with our images' names.
knative_manifests() {
  local work=$testbed/build/knative serving networking caching
  serving=$(module_folder "$work" knative.dev/serving)
  networking=$(module_folder "$work" knative.dev/networking)
  caching=$(module_folder "$work" knative.dev/caching)
  together "$serving"/config/core/300-resources/*.yaml \
    "$networking"/config/{certificate,domain-claim,ingress,serverlessservice}.yaml \
    "$caching/config/image.yaml" > "$built/manifests/knative-crds.yaml"
  together "$serving"/config/core/100-namespace.yaml "$serving"/config/core/200-serviceaccount.yaml \
    "$serving"/config/core/200-roles/*.yaml "$serving"/config/core/configmaps/*.yaml \
    "$networking/config/config-network.yaml" "$serving"/config/core/webhooks/*.yaml "$serving"/config/core/999-cache.yaml \
    "$serving"/config/core/deployments/*.yaml > "$built/manifests/knative-core.yaml"
}

together() {
  local file
  for file in "$@"; do
    case $file in *-hpa.yaml) continue ;; esac
    printf -- '---\n'
    sed -E 's#ko://knative.dev/serving/cmd/([a-z-]+)#dev.local/knative-\1:1#' "$file"
    printf '\n'
  done
}
