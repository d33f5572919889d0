-- Who leads an incident once it was handed over, and the newest words for those who only wait for the outcome.
ALTER TABLE salvor.incidents
  ADD COLUMN lead        text,
  ADD COLUMN update_text text,
  ADD COLUMN updated_by  text,
  ADD COLUMN updated_at  timestamptz(3);
