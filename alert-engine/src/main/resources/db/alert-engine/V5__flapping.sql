-- Alerts that changed more than once between firing and resolved of late; `alert` is the rule's id and
-- the fingerprint.
create table alert_flap (
  alert varchar(1100) primary key,
  document text not null
);
