-- Two messages with one messageUUID are told apart by keyed digests. NULL: from before there were any, or under another key.
ALTER TABLE journal ADD COLUMN facts_digest BLOB;       -- of what rules could look at
ALTER TABLE journal ADD COLUMN digest BLOB;             -- of the whole message
ALTER TABLE journal ADD COLUMN differs_from INTEGER;    -- the row of another message with the same messageUUID

CREATE INDEX journal_differing ON journal (received_at) WHERE differs_from IS NOT NULL;

-- What routers leave for the next one: one row.
CREATE TABLE router_state (
    only_one        INTEGER PRIMARY KEY CHECK (only_one = 1),
    key_fingerprint BLOB,                   -- of the key that digests are made with
    clock_seen      TEXT,                   -- the latest time that a router's clock showed and that is believed; RFC 3339, UTC
    clock_doubted   TEXT                    -- what the clock showed when it jumped; NULL: it is believed
) STRICT;

INSERT INTO router_state (only_one) VALUES (1);
