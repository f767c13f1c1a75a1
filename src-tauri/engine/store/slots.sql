-- Version 2. For how many hours from its target a reading holds, and what its producer says in words.

ALTER TABLE reading ADD COLUMN hours INTEGER NOT NULL DEFAULT 1;
ALTER TABLE reading ADD COLUMN note TEXT;
