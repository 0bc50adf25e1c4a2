#!/usr/bin/env bash
# Makes the certificates of the TLS tests anew: a CA, a server for localhost, two gateways, and one of no CA.
set -euo pipefail
cd "$(dirname "$0")"
days=36500
key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }
signed() { # file subject extensions
  key "$1"
  openssl req -new -key "$1.key" -subj "$2" |
    openssl x509 -req -CA ca.crt -CAkey ca.key -days $days -set_serial "0x$(openssl rand -hex 8)" -out "$1.crt" \
      -extfile <(printf '%s' "$3")
}
key ca
openssl req -x509 -new -key ca.key -subj '/O=Kirka test/CN=Kirka test CA' -days $days -out ca.crt
signed server '/O=Kirka test/CN=localhost' $'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth'
signed knox '/O=Kirka test/OU=gateway/CN=knox' 'extendedKeyUsage=clientAuth'
signed other '/O=Kirka test/CN=other' 'extendedKeyUsage=clientAuth'
key rogue
openssl req -x509 -new -key rogue.key -subj '/O=Kirka test/OU=gateway/CN=knox' -days $days -out rogue.crt
rm ca.key
