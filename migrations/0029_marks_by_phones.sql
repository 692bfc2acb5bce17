-- Where a house is may come from a courier's own phone, with the citizen's consent (F19): it helps to find the house
-- again, and says nothing about whether that courier was there (F12).
ALTER TABLE house_marks ADD COLUMN by_phone boolean NOT NULL DEFAULT false;
