-- Version 6. What left this device: every request, written when it is sent, kept for 30 days; and when
-- a notification was shown on another device, from which the data were taken over.

-- `host`: who received it, a gateway where there is one. `producer`: whom it was for. `what`: what was
-- in it about places, a JSON list of parts, each with its values as they were sent. `outcome`: null
-- while no answer is known, `answered`, or the code of what went wrong.
CREATE TABLE sent (
    id       INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    host     TEXT NOT NULL,
    producer TEXT NOT NULL,
    purpose  TEXT NOT NULL,
    what     TEXT NOT NULL,
    outcome  TEXT
) STRICT;
CREATE INDEX sent_at ON sent (at);

ALTER TABLE notification ADD COLUMN shown_elsewhere_at INTEGER;
