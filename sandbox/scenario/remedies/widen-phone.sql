ALTER TABLE customers ALTER COLUMN phone TYPE varchar(24);
