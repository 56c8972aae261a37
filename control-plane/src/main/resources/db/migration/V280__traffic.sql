-- What went through a cell's gateway lately: one row for each cell, written over every few seconds while it has requests.
-- Not logged: after a crash of the database the next report is seconds away, and worth more.
create unlogged table cell_traffic (
    organization_id uuid not null references organizations on delete cascade,
    cell_id         uuid primary key references cells on delete cascade,
    traffic         jsonb not null,
    received_at     timestamptz not null
) with (fillfactor = 50);
call protect_tenant_table('cell_traffic');
