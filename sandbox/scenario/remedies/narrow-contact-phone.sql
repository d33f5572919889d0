-- Refused by the server while a longer number is in the table.
ALTER TABLE customer_contacts ALTER COLUMN phone TYPE varchar(12);
