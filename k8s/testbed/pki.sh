# Keys and certificates of a cluster that lives for a day or a week; read by ./testbed.

quietly() { openssl "$@" 2> /dev/null; }

# NAME COMMON-NAME ORGANISATION ALTERNATIVE-NAMES. RSA, since Java's Kubernetes client reads no other PKCS #8 keys.
certificate() {
  quietly req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "${3:+/O=$3}/CN=$2"
  printf 'basicConstraints=CA:FALSE\nkeyUsage=digitalSignature,keyEncipherment\nextendedKeyUsage=clientAuth,serverAuth\n%s\n' \
    "${4:+subjectAltName=$4}" > "$1.ext"
  quietly x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -out "$1.crt" -days 30 -extfile "$1.ext"
}

client() { # NAME COMMON-NAME ORGANISATION
  [ -e "$1.crt" ] || certificate "$@"
  cat > "$1.kubeconfig" <<YAML
apiVersion: v1
kind: Config
clusters: [{name: testbed, cluster: {server: "https://127.0.0.1:6443", certificate-authority-data: $(base64 -w0 ca.crt)}}]
users: [{name: $1, user: {client-certificate-data: $(base64 -w0 "$1.crt"), client-key-data: $(base64 -w0 "$1.key")}}]
contexts: [{name: testbed, context: {cluster: testbed, user: $1}}]
current-context: testbed
YAML
}

certificates() (
  cd "$1"
  umask 077
  quietly req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 30 -subj "/CN=memoir testbed"
  quietly genrsa -out tokens.key 2048
  quietly rsa -in tokens.key -pubout -out tokens.pub
  names="DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc"
  certificate apiserver kube-apiserver "" \
    "$names,DNS:kubernetes.default.svc.cluster.local,IP:127.0.0.1,IP:10.96.0.1,IP:10.88.0.1"
  certificate apiserver-kubelet kube-apiserver-kubelet-client system:masters
  certificate kubelet system:node:node1 system:nodes "DNS:node1,IP:10.88.0.1,IP:127.0.0.1"
  client kubelet
  client admin kubernetes-admin system:masters
  client controllers system:kube-controller-manager
  client scheduler system:kube-scheduler
  client proxy system:kube-proxy
)
