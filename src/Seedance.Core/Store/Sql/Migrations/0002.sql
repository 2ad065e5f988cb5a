-- Leases by the store's clock. A job names the process that holds it, and each that takes it out of another's hands raises its term.

create table ~holder (                    -- processes that hold jobs or wait for a slot
  mark        text primary key,
  role        text,                       -- 'worker' while it takes planned jobs
  lease_until text not null);             -- moved on by a heartbeat; who lets it pass has lost what it held

alter table ~job add column arrival bigint;
alter table ~job add column work integer not null default 0;
create index ~~job_work on ~job (priority desc, arrival, id) where work = 1;
create index ~~job_ended on ~job (touched_at) where finished = 1;

alter table ~place rename column touched_at to arrived_at;
