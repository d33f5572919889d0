-- Takes back what the worker with the older mapping did. Orders that were not touched before carry the time at which
-- it touched them; the trigger is off so that they lose it again, and a second run finds nothing to do.
ALTER TABLE orders DISABLE TRIGGER orders_touch;
UPDATE orders SET
  status = (CASE status WHEN 'paid' THEN 'new' WHEN 'packed' THEN 'paid' WHEN 'shipped' THEN 'packed'
    WHEN 'delivered' THEN 'shipped' WHEN 'cancelled' THEN 'delivered' WHEN 'refunded' THEN 'cancelled'
    ELSE 'refunded' END)::order_status,
  total = total / 100,
  ship_to.city = convert_from(convert_to((ship_to).city, 'LATIN1'), 'UTF8'),
  touched_at = NULL
WHERE touched_at IS NOT NULL;
ALTER TABLE orders ENABLE TRIGGER orders_touch;
