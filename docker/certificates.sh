#!/bin/sh
# Certificates for the containers of docker/compose.yaml, below folders of $1:
#   envoy/        rsa.pem, ec.pem towards chargers, client.pem towards the pods, each with -key.pem; ca.pem, edge-ca.pem
#   edge/         edge.pem with edge-key.pem: what a pod shows to Envoy; edge-ca.pem
#   authorities/  the keys of both authorities, for nobody else
# Of own/ are taken, where they are there, rsa.pem and ec.pem with their -key.pem: certificates that chargers know already.
# What is good for a month more is kept, and so is its authority: chargers that trust ca.pem go on doing so.
set -eu

folder=$1
envoy_owner=${ENVOY_OWNER:-101:101}
edge_owner=${EDGE_OWNER:-65532:65532}
names=${OCPP_GW_TLS_NAMES:-localhost}
month=$((30 * 24 * 3600))
umask 077
mkdir -p "$folder/envoy" "$folder/edge" "$folder/authorities"
chmod 755 "$folder/envoy" "$folder/edge"

lasts() { [ -f "$1" ] && openssl x509 -in "$1" -noout -checkend "$month" >/dev/null; }

# authority FILE NAME
authority() {
  lasts "$folder/authorities/$1.pem" && return
  openssl ecparam -name prime256v1 -genkey -noout -out "$folder/authorities/$1-key.pem"
  openssl req -x509 -new -key "$folder/authorities/$1-key.pem" -sha256 -days 3650 -subj "/O=ocpp-gateway/CN=$2" \
    -addext 'basicConstraints=critical,CA:TRUE' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
    -out "$folder/authorities/$1.pem"
}

# new_key KIND FILE
new_key() {
  case $1 in
    rsa) openssl genrsa -out "$2" 2048 2>/dev/null ;;
    ec) openssl ecparam -name prime256v1 -genkey -noout -out "$2" ;;
  esac
}

# issue FILE AUTHORITY KIND NAME ALTERNATIVE-NAMES OWNER
issue() {
  file=$folder/$1
  issuer=$folder/authorities/$2
  if lasts "$file.pem" && openssl verify -CAfile "$issuer.pem" "$file.pem" >/dev/null 2>&1 &&
    [ "$(cat "$file.names" 2>/dev/null)" = "$5" ]; then
    return
  fi
  # The files of the run before belong to somebody else.
  rm -f "$file.pem" "$file-key.pem" "$file.names"
  new_key "$3" "$file-key.pem"
  printf '%s\n' "subjectAltName=$5" 'basicConstraints=critical,CA:FALSE' \
    'keyUsage=critical,digitalSignature,keyEncipherment' 'extendedKeyUsage=serverAuth,clientAuth' >"$file.ext"
  openssl req -new -key "$file-key.pem" -subj "/O=ocpp-gateway/CN=$4" |
    openssl x509 -req -CA "$issuer.pem" -CAkey "$issuer-key.pem" -sha256 -days 365 -extfile "$file.ext" \
      -set_serial "0x$(openssl rand -hex 12)" -out "$file.pem" 2>/dev/null
  rm "$file.ext"
  printf '%s' "$5" >"$file.names"
  chmod 444 "$file.pem" "$file.names"
  chmod 400 "$file-key.pem"
  chown "$6" "$file-key.pem"
  echo "$1: new, for $5"
}

# take_own KIND
take_own() {
  rm -f "$folder/envoy/$1.pem" "$folder/envoy/$1-key.pem" "$folder/envoy/$1.names"
  install -m 444 "$folder/own/$1.pem" "$folder/envoy/$1.pem"
  install -m 400 "$folder/own/$1-key.pem" "$folder/envoy/$1-key.pem"
  chown "$envoy_owner" "$folder/envoy/$1-key.pem"
  echo "envoy/$1: of own/"
}

# alternative_names NAME,…: as openssl writes them, addresses apart from names
alternative_names() {
  echo "$1" | tr ',' '\n' | while read -r name; do
    case $name in
      '') ;;
      *[!0-9.]*) case $name in *:*) echo "IP:$name" ;; *) echo "DNS:$name" ;; esac ;;
      *) echo "IP:$name" ;;
    esac
  done | paste -sd ',' -
}

authority ca 'ocpp-gateway chargers'
authority edge-ca 'ocpp-gateway pods'
server_names=$(alternative_names "localhost,127.0.0.1,envoy,$names")
first_name=${names%%,*}
if [ -f "$folder/own/rsa.pem" ] || [ -f "$folder/own/ec.pem" ]; then
  # Both, or none: with one of ours beside, some chargers would be shown an authority that they do not know.
  take_own rsa
  take_own ec
else
  issue envoy/rsa ca rsa "$first_name" "$server_names" "$envoy_owner"
  issue envoy/ec ca ec "$first_name" "$server_names" "$envoy_owner"
fi
issue envoy/client edge-ca ec envoy DNS:envoy "$envoy_owner"
issue edge/edge edge-ca ec ws-edge DNS:ws-edge "$edge_owner"
install -m 444 "$folder/authorities/ca.pem" "$folder/envoy/ca.pem"
install -m 444 "$folder/authorities/edge-ca.pem" "$folder/envoy/edge-ca.pem"
install -m 444 "$folder/authorities/edge-ca.pem" "$folder/edge/edge-ca.pem"
echo 'certificates are current'
