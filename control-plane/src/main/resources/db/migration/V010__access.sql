-- Who may do what. Users live in the identity provider; here is only what they may do, by their subject.

create table role_bindings (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    project_id      uuid,
    subject         text not null check (length(subject) between 1 and 255),
    username        text not null check (length(username) between 1 and 255),
    role            text not null check (role in ('owner', 'admin', 'developer', 'viewer')),
    effect          text not null check (effect in ('allow', 'deny')),
    version         bigint not null default 1,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    unique nulls not distinct (organization_id, project_id, subject, role, effect),
    foreign key (organization_id, project_id) references projects (organization_id, id) on delete cascade,
    -- An owner owns the whole organization.
    check (role <> 'owner' or project_id is null)
);
create index on role_bindings (subject);
create index on role_bindings (project_id);
call protect_tenant_table('role_bindings');

create table service_accounts (
    id              uuid primary key,
    organization_id uuid not null references organizations,
    name            name_label not null,
    client_id       text not null unique,
    subject         text not null,
    role            text not null check (role in ('owner', 'admin', 'developer', 'viewer')),
    project_id      uuid,
    version         bigint not null default 1,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    unique (organization_id, name),
    foreign key (organization_id, project_id) references projects (organization_id, id)
);
create index on service_accounts (project_id);
call protect_tenant_table('service_accounts');

-- Personal access tokens belong to a user, not to an organization: only the platform's own work sees them.
create table access_tokens (
    id           uuid primary key,
    subject      text not null,
    username     text not null,
    name         text not null check (length(name) between 1 and 100),
    -- SHA-256 of a token of 256 random bits: nothing to guess, so nothing to slow down.
    token_hash   bytea not null unique check (length(token_hash) = 32),
    expires_at   timestamptz not null,
    last_used_at timestamptz,
    version      bigint not null default 1,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    unique (subject, name)
);
alter table access_tokens enable row level security;
alter table access_tokens force row level security;
create policy platform on access_tokens using (current_setting('cytoplane.organization', true) = '*');
