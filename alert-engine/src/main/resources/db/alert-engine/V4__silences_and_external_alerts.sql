-- Expired silences stay for a while, so that one can see what kept an alert from being told.
create table silence (
  id varchar(36) primary key,
  ends_at bigint not null,
  document text not null
);

-- Alerts that others evaluate and send here.
create table external_alert (
  fingerprint varchar(16) primary key,
  ends_at bigint not null,
  document text not null
);

-- A preview of a silence reads what was told of late.
create index outbox_created on outbox (created_at);
