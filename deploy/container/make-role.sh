#!/bin/sh
# Run once by the database's container, when it makes the database: the role that serves. `flask rights` gives it its rights.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$(cat /run/secrets/database-serving)" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
CREATE ROLE inspectorate LOGIN PASSWORD :'password';
SQL
