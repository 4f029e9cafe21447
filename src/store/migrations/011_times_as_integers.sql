-- Times that are compared become nanoseconds since 1970 (UTC). As RFC 3339 text '…:05Z' sorts after '…:05.1Z', so that every
-- comparison had to leave out the Z. Times before 1678 or from 2262 on have no such number, and become the nearest; text
-- that is no time becomes 0, as which it was read. See store/time.rs.
DROP TRIGGER journal_counts_hits;
DROP INDEX journal_by_arrival;
DROP INDEX journal_differing;

-- In place: a new table would need as much room again as the journal takes, and build each index anew. The text is emptied
-- in the same pass, so that no row outgrows its page.
ALTER TABLE journal ADD COLUMN received_ns INTEGER NOT NULL DEFAULT 0;

UPDATE journal
SET received_ns = coalesce(max(min(unixepoch(substr(received_at, 1, 19)), 9214646399), -9214560000),
                           iif(received_at LIKE '-%', -9214560000, 0)) * 1000000000
                  + CAST(substr(rtrim(substr(received_at, 21), 'Z') || '000000000', 1, 9) AS INTEGER),
    received_at = '';

ALTER TABLE journal DROP COLUMN received_at;
ALTER TABLE journal RENAME COLUMN received_ns TO received_at;

CREATE INDEX journal_by_arrival ON journal (received_at);
CREATE INDEX journal_differing ON journal (received_at) WHERE differs_from IS NOT NULL;

-- The times of the small tables, with the same conversion.
CREATE TEMP TABLE moments (written TEXT PRIMARY KEY, ns INTEGER) WITHOUT ROWID;

INSERT INTO moments (written)
SELECT hour || ':00:00Z' FROM hours
UNION SELECT last FROM hours
UNION SELECT day || 'T00:00:00Z' FROM hits
UNION SELECT last FROM hits
UNION SELECT last_accepted FROM standings WHERE last_accepted IS NOT NULL
UNION SELECT first_failure FROM standings WHERE first_failure IS NOT NULL
UNION SELECT last_failure FROM standings WHERE last_failure IS NOT NULL
UNION SELECT clock_seen FROM router_state WHERE clock_seen IS NOT NULL
UNION SELECT clock_doubted FROM router_state WHERE clock_doubted IS NOT NULL
UNION SELECT aged_anew_at FROM router_state WHERE aged_anew_at IS NOT NULL;

UPDATE moments
SET ns = coalesce(max(min(unixepoch(substr(written, 1, 19)), 9214646399), -9214560000),
                  iif(written LIKE '-%', -9214560000, 0)) * 1000000000
         + CAST(substr(rtrim(substr(written, 21), 'Z') || '000000000', 1, 9) AS INTEGER);

CREATE TABLE hits_next (
    authority   TEXT NOT NULL,
    publication INTEGER NOT NULL,
    priority    INTEGER NOT NULL,           -- 0: the default recipient
    day         INTEGER NOT NULL,           -- when the day began, UTC
    hits        INTEGER NOT NULL,
    last        INTEGER NOT NULL,
    PRIMARY KEY (authority, publication, priority, day)
) STRICT, WITHOUT ROWID;

INSERT INTO hits_next
SELECT authority, publication, priority, (SELECT ns FROM moments WHERE written = day || 'T00:00:00Z'), sum(hits),
       max((SELECT ns FROM moments WHERE written = last))
FROM hits GROUP BY 1, 2, 3, 4;

DROP TABLE hits;
ALTER TABLE hits_next RENAME TO hits;

-- % has the sign of what is divided, and the day of a time before 1970 began before it.
CREATE TRIGGER journal_counts_hits AFTER INSERT ON journal WHEN new.is_first AND new.fagsystem IS NOT NULL
BEGIN
    INSERT INTO hits (authority, publication, priority, day, hits, last)
    VALUES (new.authority, new.publication, coalesce(new.priority, 0),
            new.received_at - (new.received_at % 86400000000000 + 86400000000000) % 86400000000000, 1, new.received_at)
    ON CONFLICT (authority, publication, priority, day) DO UPDATE
    SET hits = hits + 1, last = max(last, excluded.last);
END;

CREATE TABLE hours_next (
    hour         INTEGER NOT NULL,          -- when the hour began in which it came, UTC
    authority    TEXT NOT NULL,             -- '' when it has none
    fagsystem    TEXT NOT NULL,             -- '' when it has none
    outcome      TEXT NOT NULL,
    by_default   INTEGER NOT NULL,          -- 1: it went to the default recipient
    messages     INTEGER NOT NULL,
    bytes        INTEGER NOT NULL,
    within_100   INTEGER NOT NULL,          -- how many were answered within so many milliseconds
    within_300   INTEGER NOT NULL,
    within_1000  INTEGER NOT NULL,
    within_1500  INTEGER NOT NULL,
    within_4000  INTEGER NOT NULL,
    slowest_us   INTEGER NOT NULL,
    last         INTEGER NOT NULL,
    PRIMARY KEY (hour, authority, fagsystem, outcome, by_default)
) STRICT, WITHOUT ROWID;

INSERT INTO hours_next
SELECT (SELECT ns FROM moments WHERE written = hour || ':00:00Z'), authority, fagsystem, outcome, by_default,
       sum(messages), sum(bytes), sum(within_100), sum(within_300), sum(within_1000), sum(within_1500), sum(within_4000),
       max(slowest_us), max((SELECT ns FROM moments WHERE written = last))
FROM hours GROUP BY 1, 2, 3, 4, 5;

DROP TABLE hours;
ALTER TABLE hours_next RENAME TO hours;

CREATE TABLE standings_next (
    authority     TEXT NOT NULL,
    fagsystem     TEXT NOT NULL,
    last_accepted INTEGER,                  -- when the last message came that it accepted
    failures      INTEGER NOT NULL,         -- how many have failed since
    first_failure INTEGER,                  -- when the first of them came
    last_failure  INTEGER,                  -- when the last message came that ever failed
    last_outcome  TEXT,                     -- what became of that one
    last_reason   TEXT,                     -- and why
    PRIMARY KEY (authority, fagsystem)
) STRICT, WITHOUT ROWID;

INSERT INTO standings_next
SELECT authority, fagsystem, (SELECT ns FROM moments WHERE written = last_accepted), failures,
       (SELECT ns FROM moments WHERE written = first_failure), (SELECT ns FROM moments WHERE written = last_failure),
       last_outcome, last_reason
FROM standings;

DROP TABLE standings;
ALTER TABLE standings_next RENAME TO standings;

CREATE TABLE router_state_next (
    only_one        INTEGER PRIMARY KEY CHECK (only_one = 1),
    key_fingerprint BLOB,                   -- of the key that digests are made with
    clock_seen      INTEGER,                -- the time that a router's clock showed last and that is believed
    clock_leeway    INTEGER NOT NULL DEFAULT 604800, -- by how many seconds it may jump ahead and still be believed
    clock_doubted   INTEGER,                -- what the clock showed when it jumped; NULL: it is believed
    aged_anew_at    INTEGER,                -- rows up to the next number count as no older than this
    aged_anew_to    INTEGER,
    commits         INTEGER NOT NULL DEFAULT 0, -- how many the journal has had
    program         TEXT,                   -- which program runs the router: vindue, serve. It holds only while the lock is
                                            -- held: after a crash it still stands here
    process         INTEGER,                -- the number that the system knows it by; NULL: it has ended
    since           TEXT,                   -- RFC 3339, UTC
    address         TEXT,                   -- where it takes messages; NULL while it is starting
    is_encrypted    INTEGER NOT NULL DEFAULT 0,
    publication     INTEGER,                -- the one that it follows; NULL: none
    last_program    TEXT                    -- what had the router running last. Nobody else starts it without being asked
) STRICT;

INSERT INTO router_state_next
SELECT only_one, key_fingerprint, (SELECT ns FROM moments WHERE written = clock_seen), clock_leeway,
       (SELECT ns FROM moments WHERE written = clock_doubted), (SELECT ns FROM moments WHERE written = aged_anew_at),
       aged_anew_to, commits, program, process, since, address, is_encrypted, publication, last_program
FROM router_state;

DROP TABLE router_state;
ALTER TABLE router_state_next RENAME TO router_state;

DROP TABLE moments;
