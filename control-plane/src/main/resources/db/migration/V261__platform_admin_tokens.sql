-- Only a token that was made for it may manage the platform, and only as long as the identity provider says that its
-- owner may.
alter table access_tokens add column platform_admin boolean not null default false;
