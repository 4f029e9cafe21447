-- What the router has just written, in a table without an index, so that a row costs little while its message waits for it.
-- Rows are moved to `journal` under their numbers, with all that is counted of them, within a second. The columns are those of
-- `journal`, of which only `number` is looked for here.
CREATE TABLE arrivals (
    number           INTEGER PRIMARY KEY,
    received_at      INTEGER NOT NULL,
    message_uuid     TEXT,
    transmission_id  TEXT,
    bytes            INTEGER NOT NULL,
    sender_kind      TEXT,
    sender_cvr       TEXT,
    authority        TEXT,
    recipient_cvr    TEXT,
    contact_point    INTEGER,
    contact_point_id TEXT,
    contact_group    TEXT,
    kle              TEXT,
    form             TEXT,
    post_type        TEXT,
    publication      INTEGER,
    fagsystem        TEXT,
    priority         INTEGER,
    element          TEXT,
    outcome          TEXT NOT NULL,
    reason           TEXT,
    answer_status    INTEGER,
    answer_code      TEXT,
    header_us        INTEGER,
    whole_us         INTEGER,
    answer_us        INTEGER,
    total_us         INTEGER NOT NULL,
    repeats          INTEGER,
    follows          INTEGER,
    is_first         INTEGER NOT NULL,
    facts_digest     BLOB,
    digest           BLOB,
    differs_from     INTEGER,
    caller           TEXT,
    ended            INTEGER                -- which of those that stand here ended first, second, and so on; NULL: under way
) STRICT;

-- Rows are counted when they are moved, many at a time.
DROP TRIGGER journal_counts_hits;
