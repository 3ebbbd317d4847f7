-- PostgreSQL reads a table's checks anew for each statement that writes to it: on visit and booking that was a seventh of what
-- asking for a visit cost. The same rules, under the same names and with the same error, as a trigger whose plan is kept.

ALTER TABLE visit DROP CONSTRAINT visit_lane, DROP CONSTRAINT visit_amounts, DROP CONSTRAINT visit_delivered, DROP CONSTRAINT visit_times,
  DROP CONSTRAINT visit_settled, DROP CONSTRAINT visit_confirmed, DROP CONSTRAINT visit_paused_holds_nothing, DROP CONSTRAINT visit_pause_round,
  DROP CONSTRAINT visit_offered;
ALTER TABLE booking DROP CONSTRAINT booking_texts, DROP CONSTRAINT booking_asked, DROP CONSTRAINT booking_counter;

CREATE FUNCTION refuse_impossible_visit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  -- As with a check, what is unknown is let through.
  v_broken text := CASE
    WHEN (NOT NEW.holds_lane OR NEW.lane_id IS NOT NULL) IS FALSE THEN 'visit_lane'
    WHEN (NEW.quoted_pence >= 0 AND (NEW.final_pence IS NULL OR NEW.final_pence >= 0)
          AND (NEW.actual_minutes IS NULL OR NEW.actual_minutes BETWEEN 0 AND 10080)) IS FALSE THEN 'visit_amounts'
    WHEN (NEW.ends_at > NEW.starts_at AND NEW.occupied_from <= NEW.starts_at AND NEW.occupied_until >= NEW.ends_at AND NEW.minutes > 0) IS FALSE
      THEN 'visit_times'
    WHEN (NEW.state <> 'delivered' OR (NEW.delivered_at IS NOT NULL AND NEW.actual_minutes IS NOT NULL)) IS FALSE THEN 'visit_delivered'
    WHEN (NEW.state NOT IN ('confirmed', 'settled') OR (NEW.confirmed_at IS NOT NULL AND NEW.outcome IS NOT NULL AND NEW.final_pence IS NOT NULL))
      IS FALSE THEN 'visit_confirmed'
    WHEN ((NEW.state = 'settled') = (NEW.settled_at IS NOT NULL)) IS FALSE THEN 'visit_settled'
    WHEN (NEW.paused_at IS NULL OR (NEW.state IN ('planned', 'cancelled_free') AND NOT NEW.holds_lane)) IS FALSE THEN 'visit_paused_holds_nothing'
    WHEN (NEW.pause_round >= 0) IS FALSE THEN 'visit_pause_round'
    WHEN ((NEW.offered_minutes IS NULL) = (NEW.offered_by IS NULL) AND NEW.offered_minutes BETWEEN 0 AND 1440
          AND NEW.offered_by IN ('person', 'provider')) IS FALSE THEN 'visit_offered'
  END;
BEGIN
  IF v_broken IS NOT NULL THEN
    RAISE EXCEPTION 'this cannot be so of a visit: %', v_broken USING ERRCODE = '23514', CONSTRAINT = v_broken, TABLE = 'visit';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER visit_rules BEFORE INSERT OR UPDATE ON visit FOR EACH ROW EXECUTE FUNCTION refuse_impossible_visit();

CREATE FUNCTION refuse_impossible_booking() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_broken text := CASE
    WHEN (char_length(NEW.note) <= 1000 AND char_length(NEW.place) <= 300 AND char_length(NEW.reason) <= 1000) IS FALSE THEN 'booking_texts'
    WHEN (NEW.state = 'draft' OR (NEW.asked_at IS NOT NULL AND NEW.answer_by IS NOT NULL)) IS FALSE THEN 'booking_asked'
    WHEN (NEW.state <> 'countered' OR NEW.counter_offer IS NOT NULL) IS FALSE THEN 'booking_counter'
  END;
BEGIN
  IF v_broken IS NOT NULL THEN
    RAISE EXCEPTION 'this cannot be so of a booking: %', v_broken USING ERRCODE = '23514', CONSTRAINT = v_broken, TABLE = 'booking';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER booking_rules BEFORE INSERT OR UPDATE ON booking FOR EACH ROW EXECUTE FUNCTION refuse_impossible_booking();
