-- What people look for messages by. Most messages lack most of it.
CREATE INDEX journal_by_sender ON journal (sender_cvr) WHERE sender_cvr IS NOT NULL;
CREATE INDEX journal_by_recipient ON journal (recipient_cvr) WHERE recipient_cvr IS NOT NULL;
CREATE INDEX journal_by_contact_point ON journal (contact_point_id) WHERE contact_point_id IS NOT NULL;
CREATE INDEX journal_by_contact_group ON journal (contact_group) WHERE contact_group IS NOT NULL;
CREATE INDEX journal_by_kle ON journal (kle) WHERE kle IS NOT NULL;
CREATE INDEX journal_by_form ON journal (form) WHERE form IS NOT NULL;
