-- What a delivery said, reduced to what decides over it, so that it can be decided anew. Null for those from before, and
-- for what cannot be a push.
alter table webhook_deliveries add column push jsonb;
alter table webhook_deliveries add column redelivery_of uuid references webhook_deliveries on delete set null;
create index on webhook_deliveries (redelivery_of);
