-- What somebody needs and did not find, put to the providers that fit without a name, and what they offer.
CREATE TYPE "request_for_support_state" AS ENUM ('open', 'accepted', 'withdrawn', 'expired');
CREATE TYPE "support_offer_state" AS ENUM ('made', 'accepted', 'declined', 'withdrawn', 'lapsed');

CREATE TABLE "request_for_support" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "category_code" TEXT NOT NULL,
    "audiences" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "setting" "setting",
    "outcode" TEXT NOT NULL,
    "days" INTEGER[],
    "from_minute" INTEGER NOT NULL,
    "until_minute" INTEGER NOT NULL,
    "repeats" BOOLEAN NOT NULL,
    "minutes" INTEGER NOT NULL,
    "starts_on" DATE NOT NULL,
    "matters" TEXT NOT NULL,
    "fund_kinds" "stream_kind"[] DEFAULT ARRAY[]::"stream_kind"[],
    "state" "request_for_support_state" NOT NULL DEFAULT 'open',
    "open_until" TIMESTAMPTZ NOT NULL,
    "created_by_id" UUID,
    "authority_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL,
    "closed_at" TIMESTAMPTZ,

    CONSTRAINT "request_for_support_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "request_for_support_person_id_state_idx" ON "request_for_support"("person_id", "state");
CREATE INDEX "request_for_support_state_category_code_idx" ON "request_for_support"("state", "category_code");
CREATE INDEX "request_for_support_state_open_until_idx" ON "request_for_support"("state", "open_until");
ALTER TABLE "request_for_support" ADD CONSTRAINT "request_for_support_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "request_for_support" ADD CONSTRAINT "request_for_support_category_code_fkey" FOREIGN KEY ("category_code") REFERENCES "category"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "support_offer" (
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "service_version_id" UUID NOT NULL,
    "choices" JSONB NOT NULL,
    "quoted_pence" INTEGER NOT NULL,
    "message" TEXT NOT NULL DEFAULT '',
    "holds_until" TIMESTAMPTZ NOT NULL,
    "state" "support_offer_state" NOT NULL DEFAULT 'made',
    "booking_id" UUID,
    "offered_by_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL,
    "closed_at" TIMESTAMPTZ,

    CONSTRAINT "support_offer_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "support_offer_booking_id_key" ON "support_offer"("booking_id");
CREATE INDEX "support_offer_request_id_idx" ON "support_offer"("request_id");
CREATE INDEX "support_offer_provider_id_state_idx" ON "support_offer"("provider_id", "state");
CREATE INDEX "support_offer_service_id_idx" ON "support_offer"("service_id");
CREATE INDEX "support_offer_service_version_id_idx" ON "support_offer"("service_version_id");
CREATE INDEX "support_offer_state_holds_until_idx" ON "support_offer"("state", "holds_until");
ALTER TABLE "support_offer" ADD CONSTRAINT "support_offer_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "request_for_support"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "support_offer" ADD CONSTRAINT "support_offer_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "support_offer" ADD CONSTRAINT "support_offer_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "support_offer" ADD CONSTRAINT "support_offer_service_version_id_fkey" FOREIGN KEY ("service_version_id") REFERENCES "service_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "support_offer" ADD CONSTRAINT "support_offer_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "booking"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE request_for_support
  -- The first half of a postcode and nothing more: there is no column that could hold where somebody lives.
  ADD CONSTRAINT request_for_support_outcode CHECK (outcode ~ '^[A-Z]{1,2}[0-9][A-Z0-9]?$'),
  ADD CONSTRAINT request_for_support_days CHECK (cardinality(days) BETWEEN 1 AND 7 AND days <@ ARRAY[1, 2, 3, 4, 5, 6, 7]),
  ADD CONSTRAINT request_for_support_hours CHECK (from_minute BETWEEN 0 AND 1439 AND until_minute > from_minute AND until_minute <= 1440),
  ADD CONSTRAINT request_for_support_minutes CHECK (minutes BETWEEN 15 AND 1440),
  ADD CONSTRAINT request_for_support_matters CHECK (length(matters) BETWEEN 1 AND 1000),
  -- 28 days, to the end of the last one.
  ADD CONSTRAINT request_for_support_open CHECK (open_until > created_at AND open_until <= created_at + interval '29 days 1 hour'),
  ADD CONSTRAINT request_for_support_closed CHECK ((state = 'open') = (closed_at IS NULL));
ALTER TABLE support_offer
  ADD CONSTRAINT support_offer_holds CHECK (holds_until > created_at),
  ADD CONSTRAINT support_offer_price CHECK (quoted_pence >= 0),
  ADD CONSTRAINT support_offer_message CHECK (length(message) <= 500),
  ADD CONSTRAINT support_offer_closed CHECK ((state = 'made') = (closed_at IS NULL)),
  ADD CONSTRAINT support_offer_booked CHECK (state <> 'accepted' OR booking_id IS NOT NULL);
-- One is taken, whatever is pressed at once; and one of a service stands at a time.
CREATE UNIQUE INDEX support_offer_one_accepted ON support_offer (request_id) WHERE state = 'accepted';
CREATE UNIQUE INDEX support_offer_one_standing ON support_offer (request_id, service_id) WHERE state = 'made';

-- What is over stays over, and nobody offers for what is no longer asked.
CREATE FUNCTION request_for_support_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'open' AND NEW.state <> OLD.state THEN
    RAISE EXCEPTION 'A request for support that is over stays over.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER request_for_support_keeps BEFORE UPDATE ON request_for_support FOR EACH ROW EXECUTE FUNCTION request_for_support_keeps();
CREATE FUNCTION support_offer_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'made' AND NEW.state <> OLD.state THEN
    RAISE EXCEPTION 'An offer that is over stays over.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER support_offer_keeps BEFORE UPDATE ON support_offer FOR EACH ROW EXECUTE FUNCTION support_offer_keeps();

-- Which services fit which open requests: published, of the kind that is asked for, bought, taking new people, of a provider that is not
-- paused, for those who are named where it names any, and within reach of the middle of the outcode. People come to a place of the
-- provider's from about ten miles.
CREATE VIEW support_fit AS
SELECT r.id AS request_id, r.open_until, s.id AS service_id, s.provider_id, v.title,
  CASE WHEN v.setting = 'online' THEN NULL ELSE reach.metres END AS metres
FROM request_for_support r
CROSS JOIN LATERAL (
  SELECT known.lat, known.lon FROM (
    SELECT o.lat, o.lon, 1 AS rank FROM outcode o WHERE o.outcode = r.outcode
    UNION ALL SELECT avg(p.lat), avg(p.lon), 2 FROM postcode p WHERE p.outcode = r.outcode HAVING count(*) > 0) known
  ORDER BY known.rank LIMIT 1) middle
JOIN service_version v ON v.category_code = r.category_code
JOIN service s ON s.current_version_id = v.id AND s.state = 'published' AND s.accepts_new
JOIN provider p ON p.id = s.provider_id AND p.claimed AND p.paused_at IS NULL
LEFT JOIN place l ON l.id = coalesce(v.place_id, s.place_id)
CROSS JOIN LATERAL (SELECT 2 * 6371008.8 * asin(least(1, sqrt(
  sin(radians(coalesce(l.lat, v.lat) - middle.lat) / 2) ^ 2
  + cos(radians(middle.lat)) * cos(radians(coalesce(l.lat, v.lat))) * sin(radians(coalesce(l.lon, v.lon) - middle.lon) / 2) ^ 2))) AS metres) reach
WHERE r.state = 'open' AND v.funded_by = 'bought'
  AND (cardinality(v.audiences) = 0 OR cardinality(r.audiences) = 0 OR v.audiences && r.audiences)
  AND NOT (v.regulation = 'registered' AND is_off_register(s.id, v.id))
  AND (v.setting = 'online' OR reach.metres <= CASE WHEN v.setting = 'at_venue' THEN 16093 ELSE v.radius_metres END);
