-- What is no date stays as it was typed; the order gets its delivery back, and people can ask the customer.
ALTER TABLE deliveries ALTER COLUMN deliver_on TYPE text;
