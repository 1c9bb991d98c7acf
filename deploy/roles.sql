-- Rights in the database: one role owns and migrates it, another serves and can neither change the schema nor touch what
-- the record has written. Run as inspectorate_owner in the database, after each migration; repeating it does no harm.
--
--     psql -v ON_ERROR_STOP=1 -d inspectorate -f deploy/roles.sql
--
-- Both roles and the database are made once, as postgres (docs/operations.md).

BEGIN;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO inspectorate;

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM inspectorate;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO inspectorate;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO inspectorate;

-- The record is added to and read, nothing else; its triggers say the same to everybody.
REVOKE UPDATE, DELETE ON record_entry, record_seal FROM inspectorate;

-- Which migration the database is at is read, never written, while serving.
REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM inspectorate;

COMMIT;
