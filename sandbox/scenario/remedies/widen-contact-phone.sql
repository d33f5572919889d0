-- Numbers from abroad have thirteen characters and more.
ALTER TABLE customer_contacts ALTER COLUMN phone TYPE varchar(24);
