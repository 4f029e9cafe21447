CREATE TABLE publications (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    published_at  TEXT NOT NULL,            -- RFC 3339, UTC
    note          TEXT NOT NULL,
    configuration TEXT NOT NULL             -- the configuration file, JSON
) STRICT;

CREATE TRIGGER publications_stay_as_they_are BEFORE UPDATE ON publications
BEGIN SELECT RAISE(ABORT, 'a publication is never changed'); END;

CREATE TRIGGER publications_stay BEFORE DELETE ON publications
BEGIN SELECT RAISE(ABORT, 'a publication is never deleted'); END;

-- One row a delivery. Routing facts alone: no CPR number, label or content ever gets in.
CREATE TABLE journal (
    number            INTEGER PRIMARY KEY AUTOINCREMENT,
    received_at       TEXT NOT NULL,        -- RFC 3339, UTC
    message_uuid      TEXT,
    bytes             INTEGER NOT NULL,
    sender_kind       TEXT,                 -- person, virksomhed, myndighed, anden
    sender_cvr        TEXT,
    authority         TEXT,                 -- the CVR number that the authority is known by
    recipient_cvr     TEXT,
    contact_point     INTEGER,              -- 1 when the message is addressed to one
    contact_point_id  TEXT,
    contact_group     TEXT,
    kle               TEXT,
    form              TEXT,
    post_type         TEXT,
    publication       INTEGER REFERENCES publications (number),
    fagsystem         TEXT,
    priority          INTEGER,              -- NULL with a fagsystem: the default recipient
    outcome           TEXT NOT NULL,
    answer_status     INTEGER,              -- the fagsystem's HTTP status
    answer_code       TEXT,                 -- the fagsystem's own error code
    header_us         INTEGER,              -- microseconds from the call until the header was read
    answer_us         INTEGER,              -- microseconds from the last byte until the fagsystem's answer
    total_us          INTEGER NOT NULL      -- microseconds from the call until the outcome
) STRICT;

CREATE INDEX journal_by_message ON journal (message_uuid);

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL                     -- JSON
) STRICT, WITHOUT ROWID;
