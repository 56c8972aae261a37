-- The audit chain: one for each organization; the nil id is the platform's own.
-- It outlives the organization, so it refers to nothing.

create table audit_heads (
    organization_id uuid primary key,
    sequence        bigint not null,
    hash            bytea not null
);
call protect_tenant_table('audit_heads');

create table audit_entries (
    organization_id uuid not null,
    sequence        bigint not null check (sequence > 0),
    time            timestamptz not null,
    actor_subject   text not null,
    actor_name      text not null,
    action          text not null,
    resource        text not null,
    -- As text, not jsonb: the hash is over these very characters.
    details         text not null,
    previous_hash   bytea not null check (length(previous_hash) = 32),
    hash            bytea not null check (length(hash) = 32),
    primary key (organization_id, sequence)
);
create index on audit_entries (organization_id, resource);
call protect_tenant_table('audit_entries');

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'The audit log is append-only' using errcode = 'insufficient_privilege';
end $$;

-- Against the owner's own mistakes too; the application's role lacks the right to begin with.
create trigger append_only before update or delete on audit_entries
    for each row execute function refuse_change();
create trigger never_emptied before truncate on audit_entries
    for each statement execute function refuse_change();
