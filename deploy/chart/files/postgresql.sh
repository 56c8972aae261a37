# Makes the database before the first start; at each start sets the passwords to those of the Secret, and serves.
set -eu
data=/data/server

password() { printf "alter role %s password '%s';\n" "$1" "$(printf %s "$2" | sed "s/'/''/g")"; }

# Without a listener, and without statements in the log: passwords are in them.
alone() { postgres --single -j -D "$1" -c log_min_error_statement=panic postgres >/dev/null; }

if [ ! -s $data/PG_VERSION ]; then
  # Beside its place and moved there whole: a start that breaks off leaves nothing half made.
  rm -rf /data/new
  initdb --pgdata=/data/new --username=postgres --auth=scram-sha-256 --pwfile=/dev/stdin --encoding=UTF8 \
    --locale-provider=builtin --builtin-locale=C.UTF-8 --locale=C --data-checksums <<END
$SUPERUSER_PASSWORD
END
  alone /data/new <<END
create role cytoplane_owner login nosuperuser nocreatedb nocreaterole;

create role cytoplane_app login nosuperuser nocreatedb nocreaterole;

create role keycloak login nosuperuser nocreatedb nocreaterole;

create database "$DATABASE" owner cytoplane_owner;

create database "$KEYCLOAK_DATABASE" owner keycloak;

revoke connect on database "$DATABASE" from public;

revoke connect on database "$KEYCLOAK_DATABASE" from public;

grant connect on database "$DATABASE" to cytoplane_app;

END
  echo "host all all all scram-sha-256" >>/data/new/pg_hba.conf
  mv /data/new $data
fi

{
  password postgres "$SUPERUSER_PASSWORD"
  echo
  password cytoplane_owner "$OWNER_PASSWORD"
  echo
  password cytoplane_app "$APPLICATION_PASSWORD"
  echo
  password keycloak "$KEYCLOAK_PASSWORD"
  echo
} | alone $data

unset SUPERUSER_PASSWORD OWNER_PASSWORD APPLICATION_PASSWORD KEYCLOAK_PASSWORD
exec postgres -D $data -c 'listen_addresses=*' -c unix_socket_directories= -c max_connections=60 \
  -c shared_buffers=64MB -c jit=off -c log_timezone=UTC -c timezone=UTC -c log_checkpoints=off
