-- Equal in every column: one of them stays. Then the key fits again.
DELETE FROM orders one USING orders other WHERE one.id = other.id AND one.ctid > other.ctid;
ALTER TABLE orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
