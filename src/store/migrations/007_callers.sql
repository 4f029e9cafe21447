-- Who was refused: an address, and what may be told of a certificate. Never the name of a person.
ALTER TABLE journal ADD COLUMN caller TEXT;

-- When each API key was used last, to the minute.
CREATE TABLE api_key_uses (
    id        TEXT PRIMARY KEY,             -- the first digits of the key's hash
    last_used TEXT NOT NULL                 -- RFC 3339, UTC
) STRICT, WITHOUT ROWID;
