# PostgreSQL as the official image is told: POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB and PGDATA. A database that is there is
# left as it is. A new one with -c ssl=on lets others in with TLS alone.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  umask 077
  busybox rm -rf "$PGDATA.new"
  printf '%s\n' "$POSTGRES_PASSWORD" > /tmp/password
  /postgresql/bin/initdb --pgdata "$PGDATA.new" --username "$POSTGRES_USER" --pwfile /tmp/password --auth scram-sha-256 \
    --encoding UTF8 --locale C --locale-provider builtin --builtin-locale C.UTF-8 --no-instructions
  busybox rm /tmp/password
  printf 'CREATE DATABASE %s OWNER %s;\n' "$POSTGRES_DB" "$POSTGRES_USER" \
    | /postgresql/bin/postgres --single -D "$PGDATA.new" postgres > /dev/null
  case " $* " in *' ssl=on '*) host=hostssl ;; *) host=host ;; esac
  printf 'local all all scram-sha-256\n%s all all all scram-sha-256\n' "$host" > "$PGDATA.new/pg_hba.conf"
  busybox sync
  # Only what is whole gets the name.
  busybox mv "$PGDATA.new" "$PGDATA"
fi
exec /postgresql/bin/postgres -D "$PGDATA" -c listen_addresses='*' -c unix_socket_directories=/tmp "$@"
