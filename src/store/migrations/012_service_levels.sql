-- What the service agreement promises is counted from these. An hour also says how many of its messages were never sent to the
-- fagsystem; and of those that it answered, by their size, which of the agreement's times holds: see service_level/tries.rs.
ALTER TABLE hours ADD COLUMN not_tried INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hours ADD COLUMN simple INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hours ADD COLUMN simple_in_time INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hours ADD COLUMN medium INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hours ADD COLUMN medium_in_time INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hours ADD COLUMN complex INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hours ADD COLUMN complex_in_time INTEGER NOT NULL DEFAULT 0;

UPDATE hours
SET not_tried = told.not_tried, simple = told.simple, simple_in_time = told.simple_in_time, medium = told.medium,
    medium_in_time = told.medium_in_time, complex = told.complex, complex_in_time = told.complex_in_time
FROM (
    SELECT received_at - (received_at % 3600000000000 + 3600000000000) % 3600000000000 AS begun, authority AS owner,
           fagsystem AS receiver, outcome AS ended, priority IS NULL AS defaulted,
           sum(coalesce(reason, '') IN ('pauset', 'fjernet', 'optaget', 'andet_indhold', 'ingen_adgang', 'ukrypteret',
                                        'router_stoppede')) AS not_tried,
           sum(is_answered AND bytes <= 1000000) AS simple,
           sum(is_answered AND bytes <= 1000000 AND total_us <= 1000000) AS simple_in_time,
           sum(is_answered AND bytes > 1000000 AND bytes <= 10000000) AS medium,
           sum(is_answered AND bytes > 1000000 AND bytes <= 10000000 AND total_us <= 1500000) AS medium_in_time,
           sum(is_answered AND bytes > 10000000) AS complex,
           sum(is_answered AND bytes > 10000000 AND total_us <= 4000000) AS complex_in_time
    FROM (SELECT *, outcome IN ('accepteret', 'fagsystem.afvist') AS is_answered FROM journal)
    WHERE authority IS NOT NULL AND fagsystem IS NOT NULL AND repeats IS NULL AND outcome <> 'undervejs'
    GROUP BY 1, 2, 3, 4, 5
) AS told
WHERE hour = told.begun AND authority = told.owner AND fagsystem = told.receiver AND outcome = told.ended
      AND by_default = told.defaulted;

-- Hours that the journal has forgotten, in short.
CREATE TABLE past_hours (
    hour            INTEGER NOT NULL,       -- when it began, UTC
    authority       TEXT NOT NULL,
    fagsystem       TEXT NOT NULL,
    answered        INTEGER NOT NULL,
    unanswered      INTEGER NOT NULL,
    not_tried       INTEGER NOT NULL,
    within_100      INTEGER NOT NULL,       -- how many of the answers took so many milliseconds at most
    within_300      INTEGER NOT NULL,
    within_1000     INTEGER NOT NULL,
    within_1500     INTEGER NOT NULL,
    within_4000     INTEGER NOT NULL,
    slowest_us      INTEGER NOT NULL,
    simple          INTEGER NOT NULL,       -- how many of the answers, and how many of those in time
    simple_in_time  INTEGER NOT NULL,
    medium          INTEGER NOT NULL,
    medium_in_time  INTEGER NOT NULL,
    complex         INTEGER NOT NULL,
    complex_in_time INTEGER NOT NULL,
    PRIMARY KEY (hour, authority, fagsystem)
) STRICT, WITHOUT ROWID;

-- When a router ran, and what it could do. What no row covers is unknown.
CREATE TABLE router_spans (
    begin INTEGER PRIMARY KEY,
    "end" INTEGER NOT NULL,
    state TEXT NOT NULL                     -- klar, intet_udgivet, journal, udgivelse_ulaest
) STRICT;

-- Announced service, which does not count.
CREATE TABLE service_windows (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    begin      INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    scope      TEXT NOT NULL,               -- alt, router, fagsystem
    authority  TEXT NOT NULL,               -- '' unless it is of a fagsystem
    fagsystem  TEXT NOT NULL,
    note       TEXT NOT NULL,
    entered_at INTEGER NOT NULL
) STRICT;
