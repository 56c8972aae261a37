-- Answers to requests with an Idempotency-Key, kept a day. Only the platform's own work sees them. The answer is
-- encrypted with the key that the client chose and that is not stored: it may hold a secret that is shown once.

create table idempotent_answers (
    caller       text not null,
    key_hash     bytea not null,
    request_hash bytea not null,
    status       int,
    answer       bytea,
    created_at   timestamptz not null default now(),
    primary key (caller, key_hash)
);
create index on idempotent_answers (created_at);
alter table idempotent_answers enable row level security;
alter table idempotent_answers force row level security;
create policy platform on idempotent_answers using (current_setting('cytoplane.organization', true) = '*');
