-- Data planes belong to the platform. Everyone's work may read them (domain, public key); only the platform's writes.

create table data_planes (
    id           uuid primary key,
    name         name_label not null unique,
    domain       text not null check (length(domain) between 1 and 253),
    runtime      text check (runtime in ('local', 'kubernetes')),
    -- Tink public keyset, JSON; null until it has joined.
    sealing_key  text,
    joined_at    timestamptz,
    last_seen_at timestamptz,
    version      bigint not null default 1,
    created_at   timestamptz not null default now(),
    updated_at   timestamptz not null default now(),
    check ((sealing_key is null) = (joined_at is null))
);
alter table data_planes enable row level security;
alter table data_planes force row level security;
create policy everyone_reads on data_planes for select using (true);
create policy platform on data_planes using (current_setting('cytoplane.organization', true) = '*');

create table join_tokens (
    -- SHA-256 of 256 random bits.
    token_hash    bytea primary key check (length(token_hash) = 32),
    data_plane_id uuid not null references data_planes on delete cascade,
    expires_at    timestamptz not null,
    used_at       timestamptz,
    -- Of the request that used it.
    request_hash  bytea,
    created_at    timestamptz not null default now()
);
create index on join_tokens (data_plane_id);
alter table join_tokens enable row level security;
alter table join_tokens force row level security;
create policy platform on join_tokens using (current_setting('cytoplane.organization', true) = '*');

-- Agent certificates that count. One that is not here, or is revoked, opens nothing however it is signed.
create table agent_certificates (
    serial        text primary key,
    data_plane_id uuid not null references data_planes on delete cascade,
    not_after     timestamptz not null,
    revoked_at    timestamptz,
    created_at    timestamptz not null default now()
);
create index on agent_certificates (data_plane_id);
alter table agent_certificates enable row level security;
alter table agent_certificates force row level security;
create policy platform on agent_certificates using (current_setting('cytoplane.organization', true) = '*');
