-- Times are text in UTC with milliseconds, so that they sort, read the same everywhere and compare as they stand.
-- {money} is an exact decimal: text where the engine has none. {serial} counts up by itself.

create table ~seedance (
  id         integer primary key check (id = 1),
  version    integer not null,            -- of this schema
  compatible integer not null,            -- the oldest schema whose programs may work with it
  created_at text not null);

create table ~account (                   -- one host as one profile sees it; never a key
  account       text primary key,
  blocked_until text);                    -- a 429 that any machine was told

create table ~job (
  id              text primary key,
  account         text not null,
  provider        text not null,
  profile         text,
  provider_job_id text,
  client_token    text,
  status          text not null,
  finished        integer not null,
  created_at      text not null,
  completed_at    text,
  expires_at      text,                   -- the last moment at which a video of it may be had
  tag             text,                   -- the user's name for a shot or row
  batch           text,                   -- one call or sheet
  take            integer,
  derived_from    text,                   -- the job it was made from
  rating          integer,
  priority        integer not null default 0,
  slot            integer,                -- the account's limit itself: a number below it
  owner           text,                   -- who submits it
  term            bigint not null default 0,
  touched_at      text not null,          -- by the store's clock
  document        text not null);         -- the whole record as JSON

create unique index ~~job_token on ~job (client_token) where client_token is not null;
create unique index ~~job_provider_id on ~job (lower(provider), provider_job_id) where provider_job_id is not null;
create unique index ~~job_slot on ~job (account, slot) where slot is not null;
create index ~~job_open on ~job (account, id) where finished = 0;
create index ~~job_made on ~job (created_at, id);
create index ~~job_status on ~job (status, created_at, id);
create index ~~job_tag on ~job (lower(tag), created_at, id) where tag is not null;
create index ~~job_batch on ~job (lower(batch), created_at, id) where batch is not null;
create index ~~job_expiry on ~job (expires_at) where expires_at is not null;

create table ~place (                     -- who waits for a slot, in the order of their ids
  job_id     text primary key,
  account    text not null,
  owner      text not null,
  touched_at text not null);
create index ~~place_account on ~place (account, job_id);

create table ~ledger (                    -- only ever appended to; outlives the jobs
  entry      {serial},
  job_id     text not null,
  event      text not null check (event in ('reserve', 'settle', 'release')),
  day        text not null,               -- the UTC day of the submit
  at         text not null,
  provider   text not null,
  profile    text not null,               -- empty where there is none
  model      text not null,
  wire_model text not null,
  amount     {money},                     -- null where nobody knows the price
  unit       text,
  seconds    integer,
  simulated  integer not null);
create index ~~ledger_job on ~ledger (job_id, entry);

create table ~day_sum (                   -- what the ledger's entries come to, kept in the same transaction
  day       text not null,
  provider  text not null,
  profile   text not null,
  model     text not null,
  unit      text not null,
  simulated integer not null,
  reserved  {money} not null,
  settled   {money} not null,
  jobs      integer not null,
  unpriced  integer not null,
  seconds   bigint not null,
  primary key (day, provider, profile, model, unit, simulated));

create table ~duration (                  -- how long jobs took; the latest of each kind
  entry   {serial},
  kind    text not null,
  seconds double precision not null);
create index ~~duration_kind on ~duration (kind, entry);
