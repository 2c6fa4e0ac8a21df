#!/bin/bash
# A private Postfix (Debian's package unpacked, not installed) on loopback that delivers to a Maildir. Run as root.
#   postfix.sh prepare WORK PORT           unpack and configure, start nothing
#   postfix.sh start|stop WORK
#   postfix.sh drive WORK MAILS N SESSIONS  N generated mails, one a connection; waits until all are delivered; a JSON line
# mail_owner and setgid_group are two accounts that every Debian has (news, games) so that no account must be made.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); cmd=$1; W=$2; P=$W/root; export LD_LIBRARY_PATH=$P/usr/lib/postfix
S=$P/usr/sbin
case $cmd in
prepare)
  port=$3; mkdir -p "$W/conf" "$W/log"; echo "$port" > "$W/port"
  if [ ! -x "$S/postconf" ]; then (cd "$W" && apt-get download postfix 2>/dev/null >&2; dpkg -x postfix_*.deb root); fi
  Q=$W/queue; mkdir -p "$Q"/{incoming,active,deferred,bounce,defer,flush,corrupt,trace,hold,maildrop,public,private,pid,saved} "$W/data" "$W/maildir"
  chown root "$Q" "$Q/pid"; chown news "$Q"/{incoming,active,deferred,bounce,defer,flush,corrupt,trace,hold,saved,private,maildrop,public} "$W/data"
  chgrp games "$Q/maildrop" "$Q/public"; chmod 700 "$Q"/{incoming,active,deferred,bounce,defer,flush,corrupt,trace,hold,saved,private} "$W/data"
  chmod 730 "$Q/maildrop"; chmod 710 "$Q/public"; chmod 755 "$Q" "$Q/pid" "$W"; chown games:games "$W/maildir"
  cat > "$W/conf/main.cf" <<C
compatibility_level = 3.6
queue_directory = $Q
command_directory = $S
daemon_directory = $P/usr/lib/postfix/sbin
data_directory = $W/data
meta_directory = $P/etc/postfix
shlib_directory = $P/usr/lib/postfix
mail_owner = news
setgid_group = games
default_privs = nobody
import_environment = MAIL_CONFIG MAIL_DEBUG MAIL_LOGTAG TZ LANG=C LD_LIBRARY_PATH=$P/usr/lib/postfix
myhostname = inbound.council.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
local_recipient_maps =
alias_maps =
alias_database =
virtual_mailbox_domains = council.example
virtual_mailbox_maps = static:send/
virtual_mailbox_base = $W/maildir
virtual_uid_maps = static:5
virtual_gid_maps = static:60
virtual_minimum_uid = 1
virtual_mailbox_limit = 0
transport_maps = inline:{ {discard.example = discard:} }
relay_domains = discard.example
relay_recipient_maps =
smtpd_recipient_restrictions = permit_mynetworks, reject
smtp_host_lookup = native
smtp_dns_support_level = disabled
maillog_file_prefixes = $W
maillog_file = $W/log/mail.log
message_size_limit = 20480000
smtpd_error_sleep_time = 0
C
  cat > "$W/conf/master.cf" <<C
127.0.0.1:$port inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
flush unix n - n 1000? 0 flush
tlsmgr unix - - n 1000? 1 tlsmgr
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
C
  g++ -std=c++20 -O2 -pthread "$here/smtp_drive.cpp" -o "$W/smtp_drive" ;;
start)
  MAIL_CONFIG=$W/conf setsid "$P/usr/lib/postfix/sbin/master" -c "$W/conf" -w 2>>"$W/log/start.err" >/dev/null </dev/null
  for i in 1 2 3 4 5 6 7 8 9 10; do [ -s "$W/queue/pid/master.pid" ] && break; sleep 0.3; done
  tr -d ' ' < "$W/queue/pid/master.pid" > "$W/master.pid"; cat "$W/master.pid" ;;
stop) [ -s "$W/master.pid" ] && kill "$(cat "$W/master.pid")" || true; rm -f "$W/master.pid" ;;
drive)   # the generated mails through smtp_drive, then waits until the queue is empty
  M=$3; n=$4; s=$5; k=${6:-1}; rm -rf "$W/maildir/send"; a=$(date +%s.%N)
  j=$("$W/smtp_drive" --port "$(cat "$W/port")" --to send@council.example --dir "$M/eml" --n "$n" --c "$s" --per-conn "$k")
  while [ -n "$(find "$W/queue/incoming" "$W/queue/active" -type f -print -quit)" ]; do sleep 0.02; done
  e=$(date +%s.%N); c=$(find "$W/maildir/send/new" -type f | wc -l)
  echo "$j" | sed "s/^{/{\"what\":\"generated mails to Maildir c=$s per_conn=$k\",\"delivered\":$c,\"delivered_per_s\":$(awk -v a="$a" -v e="$e" -v c="$c" 'BEGIN{printf "%.1f",c/(e-a)}'),/" ;;
esac
