-- Which cards a terminal showed to whom, beside those that were posted (salvor.messages): words decide only about a card
-- that its reader can have read. And how often a code was typed that was not the card's: no code is kept.
CREATE TABLE salvor.shown_cards (
  approval text NOT NULL REFERENCES salvor.approvals,
  person   text NOT NULL,
  shown_at timestamptz(3) NOT NULL,
  PRIMARY KEY (approval, person)
);

CREATE TABLE salvor.wrong_card_codes (
  approval text NOT NULL REFERENCES salvor.approvals,
  person   text NOT NULL,
  at       timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX wrong_card_codes_by_approval ON salvor.wrong_card_codes (approval);
