-- A message's row is written before its body goes out, as 'undervejs', and is given its outcome before the answer.
ALTER TABLE journal ADD COLUMN reason TEXT;         -- why a fagsystem could not be reached, or how it failed
ALTER TABLE journal ADD COLUMN element TEXT;        -- what the deciding rule looks at
ALTER TABLE journal ADD COLUMN whole_us INTEGER;    -- microseconds from the call until the fagsystem had the last byte
ALTER TABLE journal ADD COLUMN repeats INTEGER;     -- the row whose acceptance was told again; nothing was delivered
ALTER TABLE journal ADD COLUMN follows INTEGER;     -- the row of unknown outcome whose fagsystem alone may get it

-- The case of a message's UUID does not matter.
DROP INDEX journal_by_message;
CREATE INDEX journal_by_message ON journal (message_uuid COLLATE NOCASE);

-- Few among many, and what needs a person is among them.
CREATE INDEX journal_not_accepted ON journal (outcome) WHERE outcome <> 'accepteret';

-- What came to an end, hour by hour. Acceptances that were only told again are left out.
CREATE TABLE hours (
    hour         TEXT NOT NULL,             -- when it came, to the hour, UTC: 2026-11-23T14
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
    last         TEXT NOT NULL,             -- RFC 3339, UTC
    PRIMARY KEY (hour, authority, fagsystem, outcome, by_default)
) STRICT, WITHOUT ROWID;

INSERT INTO hours
SELECT substr(received_at, 1, 13), coalesce(authority, ''), coalesce(fagsystem, ''), outcome,
       fagsystem IS NOT NULL AND priority IS NULL, count(*), sum(bytes), sum(total_us <= 100000),
       sum(total_us <= 300000), sum(total_us <= 1000000), sum(total_us <= 1500000), sum(total_us <= 4000000),
       max(total_us), max(rtrim(received_at, 'Z')) || 'Z'
FROM journal GROUP BY 1, 2, 3, 4, 5;

-- How it stands with each fagsystem that a message was ever sent to. A failure is a message that it has not accepted.
CREATE TABLE standings (
    authority     TEXT NOT NULL,
    fagsystem     TEXT NOT NULL,
    last_accepted TEXT,                     -- when the last message came that it accepted; RFC 3339, UTC
    failures      INTEGER NOT NULL,         -- how many have failed since
    first_failure TEXT,                     -- when the first of them came
    last_failure  TEXT,                     -- when the last message came that ever failed
    last_outcome  TEXT,                     -- what became of that one
    last_reason   TEXT,                     -- and why
    PRIMARY KEY (authority, fagsystem)
) STRICT, WITHOUT ROWID;

INSERT INTO standings
SELECT authority, fagsystem, last_accepted, failures, first_failure, failed.received_at, failed.outcome, NULL
FROM (
    SELECT authority, fagsystem, max(rtrim(received_at, 'Z')) FILTER (WHERE is_accepted) || 'Z' AS last_accepted,
           count(*) FILTER (WHERE is_after) AS failures,
           min(rtrim(received_at, 'Z')) FILTER (WHERE is_after) || 'Z' AS first_failure,
           max(number) FILTER (WHERE NOT is_accepted) AS last_failed
    FROM (
        SELECT *, NOT is_accepted AND number > coalesce(
                      max(number) FILTER (WHERE is_accepted) OVER (PARTITION BY authority, fagsystem), 0) AS is_after
        FROM (
            SELECT number, authority, fagsystem, received_at, outcome = 'accepteret' AS is_accepted
            FROM journal
            WHERE fagsystem IS NOT NULL
                  AND outcome IN ('accepteret', 'fagsystem.afvist', 'fagsystem.utilgaengeligt', 'uvist')
        )
    )
    GROUP BY authority, fagsystem
)
LEFT JOIN (SELECT number, received_at, outcome FROM journal) AS failed ON failed.number = last_failed;
