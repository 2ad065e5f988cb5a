create table ~trace (                     -- what jobs and their providers said to each other; bounded, and gone with its job
  entry    {serial},
  job_id   text not null,
  at       text not null,
  document text not null);
create index ~~trace_job on ~trace (job_id, entry);
create index ~~trace_at on ~trace (at);
