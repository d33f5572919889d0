-- Deterministic rows (no random(), no now()), so that two databases of one scale have the same content.
-- scenario.customers, .orders, .products and .audit say how many; a fifth of the way through each table stand the values
-- that the migration cannot convert.
INSERT INTO customers (public_id, name, email, phone, tags, preferences, signature, last_seen_from, credit, registered_at)
SELECT md5('customer' || i)::uuid,
       'Customer ' || i,
       'customer' || i || '@example.org',
       CASE
         WHEN i % (current_setting('scenario.customers')::int / 5) = 7 THEN '+44 20 7946 ' || lpad((i % 10000)::text, 4, '0')
         WHEN i % 97 = 0 THEN NULL
         ELSE '010-' || lpad((i % 9000 + 1000)::text, 4, '0') || '-' || lpad((i * 7 % 10000)::text, 4, '0')
       END,
       ARRAY[(ARRAY['new', 'loyal', 'b2b', 'quiet'])[i % 4 + 1], 'region-' || i % 17],
       jsonb_build_object('newsletter', i % 3 = 0, 'language', (ARRAY['en', 'ko', 'de'])[i % 3 + 1], 'limit', i % 100 / 4.0),
       CASE WHEN i % 10 = 0 THEN decode(md5('signature' || i), 'hex') END,
       ('10.' || i % 200 || '.' || i % 250 || '.' || i % 240)::inet,
       (i % 5000) / 100.0,
       timestamptz '2021-01-01 00:00+00' + i * interval '11 minutes'
FROM generate_series(1, current_setting('scenario.customers')::int) AS i;

INSERT INTO products (sku, name, price, weight_kg, attributes, picture)
SELECT 'SKU-' || lpad(i::text, 6, '0'),
       'Product ' || i,
       (i * 37 % 20000) / 100.0,
       (i % 70) / 7.0,
       jsonb_build_object('colour', (ARRAY['red', 'green', 'blue'])[i % 3 + 1], 'sizes', jsonb_build_array(i % 5, i % 7)),
       decode(repeat(md5('picture' || i), 1 + i % 40), 'hex')
FROM generate_series(1, current_setting('scenario.products')::int) AS i;

INSERT INTO orders (customer_id, status, contact, ship_to, delivery_wish, total, invoice, placed_at)
SELECT 1 + i * 31 % current_setting('scenario.customers')::bigint,
       CASE
         WHEN i % (current_setting('scenario.orders')::int / 4) = 11 THEN 'refunded'
         ELSE (ARRAY['new', 'paid', 'packed', 'shipped', 'delivered', 'delivered', 'delivered', 'cancelled'])[i % 8 + 1]
       END::order_status,
       CASE WHEN i % 6 = 0 THEN 'orders' || i || '@example.org' END,
       ROW('Street ' || i % 4000, (ARRAY['City', 'Köln', '서울', 'Malmö'])[i % 4 + 1] || ' ' || i % 90, lpad((i % 99999)::text, 5, '0'))::postal_address,
       CASE
         WHEN i % (current_setting('scenario.orders')::int / 5) = 13 THEN '2026-02-30'
         WHEN i % (current_setting('scenario.orders')::int / 3) = 17 THEN '31/12/2025 evening'
         WHEN i % 5 = 0 THEN NULL
         ELSE to_char(date '2025-01-01' + (i % 500)::int, 'YYYY-MM-DD')
       END,
       (i * 53 % 100000) / 100.0,
       CASE WHEN i % 8 > 0 THEN nextval('invoice_number') END,
       timestamptz '2024-01-01 00:00+00' + i * interval '2 minutes'
FROM generate_series(1, current_setting('scenario.orders')::bigint) AS i;

INSERT INTO order_items (order_id, line, product_id, quantity, unit_price)
SELECT i, line, 1 + (i * 13 + line) % current_setting('scenario.products')::int, 1 + (i + line) % 4, (i * line * 17 % 9000) / 100.0
FROM generate_series(1, current_setting('scenario.orders')::bigint) AS i, generate_series(1, 1 + i % 3) AS line;

INSERT INTO audit_log (at, actor, what, about)
SELECT timestamptz '2025-01-01 00:00+00' + (i / 3) * interval '5 seconds',
       'clerk-' || i / 3 % 20,
       (ARRAY['login', 'order opened', 'price changed'])[i / 3 % 3 + 1],
       CASE WHEN i / 3 % 4 = 0 THEN json_build_object('order', i / 3, 'was', 'paid') END
FROM generate_series(1, current_setting('scenario.audit')::int) AS i;
