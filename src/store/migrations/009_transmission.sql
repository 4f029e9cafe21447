-- The id of the receipt that answered the call; NULL in rows from before it was kept.
ALTER TABLE journal ADD COLUMN transmission_id TEXT;

-- Callers and fagsystems name a delivery by it.
CREATE INDEX journal_by_transmission ON journal (transmission_id) WHERE transmission_id IS NOT NULL;
