-- What the application's role may do: rows, never the schema. Repeated after every migration: ${flyway:timestamp}
do $$
begin
    if not exists (select from pg_roles where rolname = '${application_role}') then
        raise exception 'The role ${application_role} is missing: create it before the control plane starts';
    end if;
end $$;
grant usage on schema ${flyway:defaultSchema} to ${application_role};
revoke create on schema ${flyway:defaultSchema} from public;
grant select, insert, update, delete on all tables in schema ${flyway:defaultSchema} to ${application_role};
grant usage, select on all sequences in schema ${flyway:defaultSchema} to ${application_role};
grant execute on all functions in schema ${flyway:defaultSchema} to ${application_role};
revoke update, delete, truncate on audit_entries from ${application_role};
revoke delete, truncate on audit_heads from ${application_role};
revoke all on flyway_schema_history from ${application_role};
