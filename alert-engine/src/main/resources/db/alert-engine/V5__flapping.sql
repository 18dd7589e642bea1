-- Alerts that changed more than once between firing and resolved of late; `alert` is the rule's id and
-- the fingerprint.
create table alert_flap (
  alert varchar(1100) primary key,
  ends_at bigint not null, -- of the last change
  document text not null
);
