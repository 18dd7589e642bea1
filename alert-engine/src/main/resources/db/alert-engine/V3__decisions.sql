-- Why alerts were told, and why not, in the order in which it was decided. `alert` is empty where a
-- row is about all alerts of its group. `document` is a JSON object of texts.
create table alert_decision (
  n ${serial},
  at bigint not null,
  kind varchar(20) not null,
  alert varchar(16) not null,
  group_id varchar(36) not null,
  document text not null
);
create index alert_decision_alert on alert_decision (alert, at);
create index alert_decision_group on alert_decision (group_id, at);
create index alert_decision_at on alert_decision (at);
