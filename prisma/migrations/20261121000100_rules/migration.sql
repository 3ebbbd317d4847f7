-- What must never be false, kept by the database itself.

-- People and authority (domain.md, "People and authority")
ALTER TABLE app_user ADD CONSTRAINT app_user_email_lower CHECK (email = lower(email) AND char_length(email) <= 254);
ALTER TABLE person ADD CONSTRAINT person_names CHECK (char_length(name) BETWEEN 1 AND 120 AND char_length(short_name) BETWEEN 1 AND 60);
ALTER TABLE person_absence ADD CONSTRAINT person_absence_dates CHECK (ends_on IS NULL OR ends_on >= starts_on);
ALTER TABLE authority
  ADD CONSTRAINT authority_one_supporter CHECK (num_nonnulls(supporter_user_id, supporter_provider_id) = 1),
  ADD CONSTRAINT authority_dates CHECK (ends_on IS NULL OR ends_on >= starts_on),
  ADD CONSTRAINT authority_advocate_never_spends CHECK (
    NOT (type = 'advocate' AND scopes && ARRAY['book', 'manage_money']::authority_scope[])),
  ADD CONSTRAINT authority_who_may_manage_money CHECK (
    NOT ('manage_money' = ANY (scopes))
    OR type IN ('nominated_person', 'authorised_person', 'attorney_or_deputy_finance'));

-- Providers and services
ALTER TABLE lane ADD CONSTRAINT lane_name CHECK (char_length(name) BETWEEN 1 AND 120);
ALTER TABLE verification ADD CONSTRAINT verification_verified_has_date CHECK (state <> 'verified' OR checked_on IS NOT NULL);
ALTER TABLE verification ADD CONSTRAINT verification_refused_has_reason CHECK (state <> 'refused' OR reason IS NOT NULL);
ALTER TABLE provider ADD CONSTRAINT provider_unknown_kind_is_unclaimed CHECK (NOT claimed OR kind <> 'unknown');
ALTER TABLE service ADD CONSTRAINT service_published_has_version CHECK (state <> 'published' OR current_version_id IS NOT NULL);
ALTER TABLE service_version
  ADD CONSTRAINT service_version_ranges CHECK (
    min_minutes BETWEEN 5 AND 1440 AND max_minutes BETWEEN min_minutes AND 10080 AND step_minutes BETWEEN 5 AND 1440
    AND rounding_minutes BETWEEN 1 AND 60 AND tolerance_minutes BETWEEN 0 AND 60 AND buffer_minutes BETWEEN 0 AND 240
    AND notice_hours BETWEEN 0 AND 2160 AND cancel_window_hours BETWEEN 0 AND 720
    AND cancel_share_bps BETWEEN 0 AND 10000 AND no_answer_share_bps BETWEEN 0 AND 10000
    AND end_notice_days BETWEEN 0 AND 90 AND (radius_metres IS NULL OR radius_metres BETWEEN 100 AND 500000)
    AND (min_age IS NULL OR min_age BETWEEN 0 AND 120) AND (max_age IS NULL OR max_age BETWEEN coalesce(min_age, 0) AND 120)),
  ADD CONSTRAINT service_version_registered CHECK (regulation <> 'registered' OR registration_id IS NOT NULL),
  ADD CONSTRAINT service_version_exempt CHECK (regulation <> 'exempt' OR exemption_reason IS NOT NULL);
ALTER TABLE price_line
  ADD CONSTRAINT price_line_amounts CHECK (pence BETWEEN 0 AND 10000000 AND uplift_bps BETWEEN 0 AND 50000),
  ADD CONSTRAINT price_line_kinds CHECK (
    CASE WHEN kind IN ('weekend', 'bank_holiday', 'evening') THEN pence = 0 ELSE uplift_bps = 0 END);
ALTER TABLE availability_rule ADD CONSTRAINT availability_rule_hours CHECK (
  weekday BETWEEN 1 AND 7 AND from_minute BETWEEN 0 AND 1439 AND until_minute > from_minute AND until_minute <= from_minute + 1440
  AND (valid_until IS NULL OR valid_from IS NULL OR valid_until >= valid_from));
ALTER TABLE availability_exception ADD CONSTRAINT availability_exception_hours CHECK (
  CASE WHEN closed THEN from_minute IS NULL AND until_minute IS NULL
  ELSE from_minute BETWEEN 0 AND 1439 AND until_minute > from_minute AND until_minute <= from_minute + 1440 END);

-- A version is a promise: once frozen neither it nor its prices change.
CREATE FUNCTION refuse_change_of_frozen_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.frozen_at IS NOT NULL THEN
    RAISE EXCEPTION 'a frozen service version never changes' USING ERRCODE = 'KF001';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER service_version_frozen BEFORE UPDATE ON service_version
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_frozen_version();
CREATE FUNCTION refuse_change_of_frozen_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM service_version v
             WHERE v.id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.version_id END, CASE WHEN TG_OP <> 'DELETE' THEN NEW.version_id END)
               AND v.frozen_at IS NOT NULL) THEN
    RAISE EXCEPTION 'a frozen service version never changes its prices' USING ERRCODE = 'KF001';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER price_line_frozen BEFORE INSERT OR UPDATE OR DELETE ON price_line
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_frozen_price();

-- Publishing: a claimed provider whose identity is verified; personal care needs a verified registration or a reviewed exemption.
CREATE FUNCTION refuse_unlawful_publication() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v service_version%ROWTYPE;
BEGIN
  IF NEW.state <> 'published' THEN RETURN NEW; END IF;
  SELECT * INTO v FROM service_version WHERE id = NEW.current_version_id;
  IF v.service_id IS DISTINCT FROM NEW.id OR v.frozen_at IS NULL THEN
    RAISE EXCEPTION 'a published service needs a frozen version of its own' USING ERRCODE = 'KP001';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM provider p WHERE p.id = NEW.provider_id AND p.claimed)
     OR NOT EXISTS (SELECT 1 FROM verification c WHERE c.provider_id = NEW.provider_id AND c.kind = 'identity' AND c.state = 'verified') THEN
    RAISE EXCEPTION 'the provider''s identity is not verified' USING ERRCODE = 'KP002';
  END IF;
  IF v.personal_care AND NOT (
       (v.regulation = 'registered' AND EXISTS (SELECT 1 FROM verification c
          WHERE c.provider_id = NEW.provider_id AND c.kind = 'cqc_registration' AND c.state = 'verified' AND c.reference = v.registration_id))
       OR (v.regulation = 'exempt' AND EXISTS (SELECT 1 FROM verification c
          WHERE c.service_id = NEW.id AND c.kind = 'regulation_exemption' AND c.state = 'verified'))) THEN
    RAISE EXCEPTION 'personal care needs a verified registration or a reviewed exemption' USING ERRCODE = 'KP003';
  END IF;
  IF v.funded_by = 'bought' AND NOT EXISTS (SELECT 1 FROM price_line l WHERE l.version_id = v.id AND l.kind = 'base') THEN
    RAISE EXCEPTION 'a bought service needs a price' USING ERRCODE = 'KP004';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER service_publication BEFORE INSERT OR UPDATE OF state, current_version_id ON service
  FOR EACH ROW EXECUTE FUNCTION refuse_unlawful_publication();

-- Budgets
ALTER TABLE budget ADD CONSTRAINT budget_dates CHECK (ends_on >= starts_on);
ALTER TABLE allocation
  ADD CONSTRAINT allocation_amounts CHECK (agreed_pence > 0 AND instalment_pence > 0 AND weekly_contribution_pence >= 0),
  ADD CONSTRAINT allocation_dates CHECK (ends_on >= starts_on),
  ADD CONSTRAINT allocation_holder CHECK (
    (deployment IN ('individual_service_fund', 'direct_payment_managed_account')) = (holder_provider_id IS NOT NULL)),
  ADD CONSTRAINT allocation_adviser CHECK ((deployment = 'adviser_held') = (adviser_user_id IS NOT NULL));
ALTER TABLE instalment ADD CONSTRAINT instalment_amount CHECK (pence > 0 AND number > 0);
ALTER TABLE plan_line
  ADD CONSTRAINT plan_line_amounts CHECK (weekly_pence >= 0 AND ends_on >= starts_on),
  ADD CONSTRAINT plan_line_approval CHECK ((approved_at IS NULL) = (approved_by_id IS NULL));
ALTER TABLE funding_stream ADD CONSTRAINT funding_stream_ceiling CHECK (unit_ceiling_pence IS NULL OR unit_ceiling_pence > 0);

-- Bookings and visits
ALTER TABLE booking
  ADD CONSTRAINT booking_asked CHECK (state = 'draft' OR (asked_at IS NOT NULL AND answer_by IS NOT NULL)),
  ADD CONSTRAINT booking_counter CHECK (state <> 'countered' OR counter_offer IS NOT NULL),
  ADD CONSTRAINT booking_texts CHECK (char_length(note) <= 1000 AND char_length(place) <= 300 AND char_length(reason) <= 1000);
ALTER TABLE visit
  ADD CONSTRAINT visit_times CHECK (ends_at > starts_at AND occupied_from <= starts_at AND occupied_until >= ends_at AND minutes > 0),
  ADD CONSTRAINT visit_amounts CHECK (quoted_pence >= 0 AND (final_pence IS NULL OR final_pence >= 0)
    AND (actual_minutes IS NULL OR actual_minutes BETWEEN 0 AND 10080)),
  ADD CONSTRAINT visit_lane CHECK (NOT holds_lane OR lane_id IS NOT NULL),
  ADD CONSTRAINT visit_delivered CHECK (state <> 'delivered' OR (delivered_at IS NOT NULL AND actual_minutes IS NOT NULL)),
  ADD CONSTRAINT visit_confirmed CHECK (
    state NOT IN ('confirmed', 'settled') OR (confirmed_at IS NOT NULL AND outcome IS NOT NULL AND final_pence IS NOT NULL)),
  ADD CONSTRAINT visit_settled CHECK ((state = 'settled') = (settled_at IS NOT NULL)),
  -- No lane is in two places.
  ADD CONSTRAINT visit_lane_once EXCLUDE USING gist (lane_id WITH =, tstzrange(occupied_from, occupied_until) WITH &&) WHERE (holds_lane);
ALTER TABLE quote_line ADD CONSTRAINT quote_line_amounts CHECK (pence >= 0 AND quantity >= 0);
ALTER TABLE funding_line ADD CONSTRAINT funding_line_amounts CHECK (pence >= 0 AND (used_pence IS NULL OR used_pence >= 0));

-- Reviews: only from somebody who received the visit.
ALTER TABLE review
  ADD CONSTRAINT review_scores CHECK (
    kept_me_in_control BETWEEN 1 AND 5 AND reliable BETWEEN 1 AND 5 AND respectful BETWEEN 1 AND 5
    AND listened BETWEEN 1 AND 5 AND made_a_difference BETWEEN 1 AND 5),
  ADD CONSTRAINT review_texts CHECK (char_length(comment) <= 2000 AND (reply IS NULL OR char_length(reply) BETWEEN 1 AND 2000)),
  ADD CONSTRAINT review_reply CHECK ((reply IS NULL) = (replied_at IS NULL));
CREATE FUNCTION refuse_review_without_visit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM visit v JOIN booking b ON b.id = v.booking_id
                 WHERE v.id = NEW.visit_id AND v.person_id = NEW.person_id AND b.service_id = NEW.service_id
                   AND v.provider_id = NEW.provider_id AND v.state IN ('confirmed', 'settled') AND v.outcome IN ('attended', 'amended')) THEN
    RAISE EXCEPTION 'a review needs a confirmed visit of this person' USING ERRCODE = 'KR001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER review_needs_visit BEFORE INSERT ON review FOR EACH ROW EXECUTE FUNCTION refuse_review_without_visit();

ALTER TABLE concern ADD CONSTRAINT concern_consent CHECK (
  consent IN ('agrees', 'does_not_agree', 'cannot_say', 'not_known') AND char_length(what_happened) BETWEEN 1 AND 5000);
ALTER TABLE notice ADD CONSTRAINT notice_one_reader CHECK (num_nonnulls(person_id, user_id, provider_id, council_id) = 1);
ALTER TABLE demo_clock ADD CONSTRAINT demo_clock_one_row CHECK (id = 1), ADD CONSTRAINT demo_clock_forward CHECK (offset_seconds >= 0);
INSERT INTO demo_clock (id, offset_seconds) VALUES (1, 0);
ALTER TABLE search_entry ADD CONSTRAINT search_entry_experience CHECK (cardinality(experience) IN (0, 5));

CREATE FUNCTION refuse_rewriting_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'KH001';
END $$;
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();

INSERT INTO category (code, name, personal_care, position) VALUES
  ('personal_care', 'Personal care', 'yes', 1),
  ('help_at_home', 'Help at home', 'no', 2),
  ('sitting_and_company', 'Sitting and company', 'no', 3),
  ('getting_out', 'Getting out', 'no', 4),
  ('day_activities', 'Day activities', 'no', 5),
  ('short_breaks', 'Short breaks', 'maybe', 6),
  ('live_in', 'Live-in support', 'maybe', 7),
  ('nights', 'Nights', 'maybe', 8),
  ('supported_living', 'Supported living', 'yes', 9),
  ('shared_lives', 'Shared Lives', 'yes', 10),
  ('personal_assistant', 'Personal assistant', 'maybe', 11),
  ('rehabilitation_and_therapy', 'Rehabilitation and therapy', 'no', 12),
  ('nursing', 'Nursing', 'yes', 13),
  ('employment_support', 'Help with work', 'no', 14),
  ('learning_and_skills', 'Learning and skills', 'no', 15),
  ('advocacy', 'Advocacy', 'no', 16),
  ('brokerage_and_planning', 'Help to plan and arrange', 'no', 17),
  ('direct_payment_support', 'Help with direct payments', 'no', 18),
  ('peer_support', 'Peer support', 'no', 19),
  ('carers_support', 'Support for carers', 'no', 20),
  ('wellbeing', 'Wellbeing', 'no', 21),
  ('equipment_and_adaptations', 'Equipment and adaptations', 'no', 22),
  ('transport', 'Transport', 'no', 23),
  ('meals_delivered', 'Meals delivered', 'no', 24),
  ('technology', 'Technology', 'no', 25),
  ('advice_and_information', 'Advice and information', 'no', 26);
