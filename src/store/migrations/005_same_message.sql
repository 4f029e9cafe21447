-- Two messages with one messageUUID are told apart by keyed digests. NULL: from before there were any, or under another key.
ALTER TABLE journal ADD COLUMN facts_digest BLOB;       -- of what rules could look at
ALTER TABLE journal ADD COLUMN digest BLOB;             -- of the whole message
ALTER TABLE journal ADD COLUMN differs_from INTEGER;    -- the row of another message with the same messageUUID

CREATE INDEX journal_differing ON journal (received_at) WHERE differs_from IS NOT NULL;

-- What routers leave for the next one: one row.
CREATE TABLE router_state (
    only_one        INTEGER PRIMARY KEY CHECK (only_one = 1),
    key_fingerprint BLOB,                   -- of the key that digests are made with
    clock_seen      TEXT,                   -- the time that a router's clock showed last and that is believed; RFC 3339, UTC
    clock_leeway    INTEGER NOT NULL DEFAULT 604800, -- by how many seconds it may jump ahead and still be believed
    clock_doubted   TEXT,                   -- what the clock showed when it jumped; NULL: it is believed
    aged_anew_at    TEXT,                   -- rows up to the next number count as no older than this; RFC 3339, UTC
    aged_anew_to    INTEGER,
    commits         INTEGER NOT NULL DEFAULT 0 -- how many the journal has had
) STRICT;

INSERT INTO router_state (only_one) VALUES (1);
