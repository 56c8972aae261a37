-- Whether what failed is replaced by what was live before, by itself.
alter table components add column auto_rollback boolean not null default false;
