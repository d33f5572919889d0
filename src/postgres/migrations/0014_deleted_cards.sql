-- A message that somebody deleted in Slack: what it was about may be posted anew under the same key.
ALTER TABLE salvor.messages DROP CONSTRAINT messages_state_check;
ALTER TABLE salvor.messages ADD CONSTRAINT messages_state_check
  CHECK (state IN ('intended', 'posted', 'refused', 'deleted'));
CREATE INDEX messages_by_place ON salvor.messages (channel, ts);
CREATE INDEX messages_deleted ON salvor.messages (seq) WHERE state = 'deleted';
