ALTER TABLE publications ADD COLUMN published_by TEXT NOT NULL DEFAULT '';

-- Lists the history without a look at the configurations, which are large.
CREATE INDEX publications_in_short ON publications (number, published_at, published_by, note);

-- What is being edited: one row.
CREATE TABLE draft (
    only_one      INTEGER PRIMARY KEY CHECK (only_one = 1),
    revision      INTEGER NOT NULL,         -- one higher with each change
    based_on      INTEGER REFERENCES publications (number),
    configuration TEXT                      -- the configuration file, JSON; NULL when nothing differs
) STRICT;

INSERT INTO draft (only_one, revision) VALUES (1, 0);

CREATE TRIGGER draft_revision_grows BEFORE UPDATE ON draft WHEN new.revision <= old.revision
BEGIN SELECT RAISE(ABORT, 'the revision of the draft only grows'); END;

-- 0 when the same message has come before.
ALTER TABLE journal ADD COLUMN is_first INTEGER NOT NULL DEFAULT 1;

UPDATE journal SET is_first = 0
WHERE EXISTS (
    SELECT 1 FROM journal AS earlier
    WHERE earlier.message_uuid = journal.message_uuid AND earlier.number < journal.number
);

CREATE INDEX journal_by_arrival ON journal (received_at);

-- How often each rule decided, day by day. Times are compared without their Z: a second would else come after its parts.
CREATE TABLE hits (
    authority   TEXT NOT NULL,
    publication INTEGER NOT NULL,
    priority    INTEGER NOT NULL,           -- 0: the default recipient
    day         TEXT NOT NULL,              -- UTC
    hits        INTEGER NOT NULL,
    last        TEXT NOT NULL,              -- RFC 3339, UTC
    PRIMARY KEY (authority, publication, priority, day)
) STRICT, WITHOUT ROWID;

INSERT INTO hits (authority, publication, priority, day, hits, last)
SELECT authority, publication, coalesce(priority, 0), substr(received_at, 1, 10), count(*),
       max(rtrim(received_at, 'Z')) || 'Z'
FROM journal WHERE is_first AND fagsystem IS NOT NULL
GROUP BY 1, 2, 3, 4;

CREATE TRIGGER journal_counts_hits AFTER INSERT ON journal WHEN new.is_first AND new.fagsystem IS NOT NULL
BEGIN
    INSERT INTO hits (authority, publication, priority, day, hits, last)
    VALUES (new.authority, new.publication, coalesce(new.priority, 0), substr(new.received_at, 1, 10), 1,
            new.received_at)
    ON CONFLICT (authority, publication, priority, day) DO UPDATE
    SET hits = hits + 1, last = max(rtrim(last, 'Z'), rtrim(excluded.last, 'Z')) || 'Z';
END;
