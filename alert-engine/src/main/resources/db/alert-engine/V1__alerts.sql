-- Times are milliseconds since the epoch; documents are JSON of the engine's own records.
create table alert_state (
  rule_id varchar(1000) not null,
  fingerprint varchar(16) not null,
  phase varchar(10) not null,
  document text not null,
  primary key (rule_id, fingerprint)
);

create table page_group (
  id varchar(36) primary key,
  opened_at bigint not null,
  closed_at bigint not null,
  document text not null
);
create index page_group_opened on page_group (opened_at);
create index page_group_closed on page_group (closed_at);

-- pending -> sending (until lease_until) -> sent | failed | superseded; an expired lease is pending
-- again, for a page sent twice is better than one not sent.
create table outbox (
  id varchar(36) primary key,
  group_id varchar(36) not null,
  target varchar(500) not null,
  state varchar(12) not null,
  due_at bigint not null,
  attempts int not null,
  created_at bigint not null,
  origin_at bigint not null,
  traceparent varchar(55) not null,
  document text not null
);
create index outbox_due on outbox (state, due_at);
create index outbox_group on outbox (group_id, created_at);

create table delivery_attempt (
  outbox_id varchar(36) not null,
  number int not null,
  started_at bigint not null,
  ended_at bigint not null,
  outcome varchar(12) not null,
  detail varchar(1000) not null,
  primary key (outbox_id, number)
);

-- One row each: when the engine last lived, and the key that signs acknowledgement links.
create table engine_fact (
  name varchar(40) primary key,
  fact varchar(200) not null
);
