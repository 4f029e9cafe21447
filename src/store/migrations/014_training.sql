-- A data set for training: one row, which says that its router never sends anything beyond this machine. It is made before anything
-- is published, and stays: real data cannot become training data, nor the reverse.
CREATE TABLE training (
    only_one   INTEGER PRIMARY KEY CHECK (only_one = 1),
    beginnings INTEGER NOT NULL             -- how often it has begun; one higher each time
) STRICT;

CREATE TRIGGER real_data_is_no_training BEFORE INSERT ON training
WHEN EXISTS (SELECT 1 FROM publications) OR EXISTS (SELECT 1 FROM journal)
BEGIN SELECT RAISE(ABORT, 'real data cannot become training data'); END;

CREATE TRIGGER training_stays BEFORE DELETE ON training
BEGIN SELECT RAISE(ABORT, 'training data cannot become real data'); END;

CREATE TRIGGER training_begins_anew BEFORE UPDATE ON training WHEN new.beginnings <= old.beginnings
BEGIN SELECT RAISE(ABORT, 'the number of beginnings only grows'); END;

-- Training begins anew, and only then are publications deleted.
DROP TRIGGER publications_stay;

CREATE TRIGGER publications_stay BEFORE DELETE ON publications WHEN NOT EXISTS (SELECT 1 FROM training)
BEGIN SELECT RAISE(ABORT, 'a publication is never deleted'); END;
