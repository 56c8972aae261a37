-- Secrets of components: sealed values, and what of them is sealed to data planes.

-- One known value, sealed when the master key was made: a control plane that cannot open it has lost its key.
create table vault_check (
    only_row boolean primary key default true check (only_row),
    sealed   bytea not null
);
alter table vault_check enable row level security;
alter table vault_check force row level security;
create policy platform on vault_check using (current_setting('cytoplane.organization', true) = '*');

create domain variable_name as text check (value ~ '^[A-Za-z_][A-Za-z0-9_]{0,127}$');

create table secrets (
    id              uuid primary key,
    organization_id uuid not null references organizations on delete cascade,
    component_id    uuid not null,
    environment_id  uuid not null,
    name            variable_name not null,
    -- Counts its values, from 1.
    version         bigint not null default 1,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    unique (component_id, environment_id, name),
    unique (organization_id, id),
    foreign key (organization_id, component_id) references components (organization_id, id) on delete cascade,
    foreign key (organization_id, environment_id) references environments (organization_id, id) on delete cascade
);
create index on secrets (environment_id);
call protect_tenant_table('secrets');

-- Each value ever set, sealed by secret.Vault with the context secret/<id>/<version>.
create table secret_values (
    organization_id uuid not null references organizations on delete cascade,
    secret_id       uuid not null,
    version         bigint not null check (version > 0),
    sealed          bytea not null,
    created_at      timestamptz not null default now(),
    primary key (secret_id, version),
    foreign key (organization_id, secret_id) references secrets (organization_id, id) on delete cascade
);
call protect_tenant_table('secret_values');

-- Sealing is randomized, so it is done once for each value and data plane: a cell's content stays what it is.
create table sealed_secrets (
    organization_id uuid not null references organizations on delete cascade,
    secret_id       uuid not null,
    data_plane      name_label not null,
    version         bigint not null,
    key_fingerprint text not null,
    ciphertext      text not null,
    primary key (secret_id, data_plane),
    foreign key (secret_id, version) references secret_values (secret_id, version) on delete cascade
);
call protect_tenant_table('sealed_secrets');
