#!/usr/bin/env bash
# Proves the two commands: a bare Debian 12 root, a clean clone in it, `./dev demo --check` and `./dev test` as a stranger
# would run them. The package sources that this machine is set up with (apt, npm, Maven, pip) are taken over.
#   fresh.sh [demo|test]     both, if nothing is said
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
root=$(mktemp -d /var/tmp/hearback-fresh.XXXXXX)
unmount() { for each in dev/shm dev proc sys; do mountpoint -q "$root/$each" && umount -l "$root/$each"; done; umount -l "$root"; rm -rf --one-file-system "$root"; }
trap unmount EXIT

echo "A bare Debian 12 in $root"
sources=()
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do [ -s "$file" ] && sources+=("$file"); done
mmdebstrap --quiet --variant=important --include=ca-certificates,git bookworm "$root" "${sources[@]}"
# How this machine reaches its package sources: names, certificates, settings.
mkdir -p "$root/root" "$root/hearback" "$root/usr/local/share/ca-certificates"
cp /etc/hosts /etc/resolv.conf "$root/etc/"
for file in /etc/apt/apt.conf.d/99* /etc/npmrc /usr/etc/npmrc /etc/pip.conf; do [ -f "$file" ] && install -D -m 644 "$file" "$root$file"; done
for file in .npmrc .m2/settings.xml .pip/pip.conf .config/pip/pip.conf; do [ -f "$HOME/$file" ] && install -D -m 600 "$HOME/$file" "$root/root/$file"; done
for file in /usr/local/share/ca-certificates/*.crt; do [ -f "$file" ] && cp "$file" "$root/usr/local/share/ca-certificates/"; done
chroot "$root" update-ca-certificates >/dev/null 2>&1
# A root of its own: a test inside lays packages over its /usr, which nobody outside may see.
mount --bind "$root" "$root"; mount --make-private "$root"
for each in proc sys dev; do mount --rbind "/$each" "$root/$each"; mount --make-rslave "$root/$each"; done

git clone --quiet "$here" "$root/hearback"
inside() {
  local settings=()
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY NPM_CONFIG_REGISTRY npm_config_registry PIP_INDEX_URL MAVEN_OPTS NODE_EXTRA_CA_CERTS SSL_CERT_FILE; do
    [ -n "${!name:-}" ] && settings+=("$name=${!name}")
  done
  chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "${settings[@]}" bash -c "cd /hearback && $*"
}
what=${1:-both}
[ "$what" = test ] || { echo "./dev demo --check"; time inside ./dev demo --check; }
[ "$what" = demo ] || { echo "./dev test"; time inside ./dev test; }
echo "A fresh Debian 12 runs $([ "$what" = both ] && echo both || echo "./dev $what")."
