-- What KLE numbers mean: one row.
CREATE TABLE kle_plan (
    only_one    INTEGER PRIMARY KEY CHECK (only_one = 1),
    revision    INTEGER NOT NULL,           -- one higher with each change
    published   TEXT,                       -- by KL: a date; NULL when its file does not say
    imported_at TEXT,                       -- RFC 3339, UTC
    entries     TEXT                        -- JSON: [["28.06", "Optagelse i dagtilbud"], …]; NULL: the main groups built in
) STRICT;

INSERT INTO kle_plan (only_one, revision) VALUES (1, 0);

CREATE TRIGGER kle_plan_revision_grows BEFORE UPDATE ON kle_plan WHEN new.revision <= old.revision
BEGIN SELECT RAISE(ABORT, 'the revision of the KLE plan only grows'); END;
