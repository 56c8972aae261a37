-- The outbox, which is also the feed. The row of event_streams is locked by each writer until its commit, so an
-- organization's numbers have no gaps and are in the order of the commits: who read up to N never misses one before N.

create table event_streams (
    organization_id uuid primary key,
    last_sequence   bigint not null
);
call protect_tenant_table('event_streams');

create table events (
    organization_id uuid not null,
    sequence        bigint not null check (sequence > 0),
    type            text not null,
    subject         text not null,
    data            jsonb not null,
    time            timestamptz not null default clock_timestamp(),
    primary key (organization_id, sequence)
);
call protect_tenant_table('events');

-- How far each handler got in each organization.
create table event_positions (
    handler         text not null,
    organization_id uuid not null,
    sequence        bigint not null,
    attempts        int not null default 0,
    retry_at        timestamptz not null default '-infinity',
    last_error      text,
    primary key (handler, organization_id)
);
call protect_tenant_table('event_positions');
