-- What the ledger, bookings, catalogue, providers and quality publish for the market. services/market reads these and
-- search_event, and nobody's tables. They hold ids of people, so only rules that suppress may stand between them and a page.

-- Money that left a fund for a settled visit, a row for each line of the split. A closed month never changes: what counts is
-- the day it was settled, not the day of the visit, or a late settlement would show as the difference of two prints.
CREATE VIEW settled_spend AS
SELECT f.id AS funding_line_id, v.id AS visit_id, v.settled_at, (v.settled_at AT TIME ZONE 'Europe/London')::date AS settled_on,
       p.council_id, v.person_id, v.provider_id, q.category_code, a.id AS allocation_id, a.deployment, s.kind AS stream_kind,
       coalesce(f.used_pence, 0) AS pence
FROM visit v
JOIN person p ON p.id = v.person_id
JOIN funding_line f ON f.visit_id = v.id AND f.state = 'used'
JOIN quote_line q ON q.id = f.quote_line_id
JOIN allocation a ON a.id = f.allocation_id
JOIN funding_stream s ON s.id = a.stream_id
WHERE v.state = 'settled' AND coalesce(f.used_pence, 0) > 0;

-- How each part of a budget is held, and whether the person chose it.
CREATE VIEW deployment_mix AS
SELECT a.id AS allocation_id, a.person_id, p.council_id, s.kind AS stream_kind, a.deployment, a.chosen, a.starts_on, a.ends_on
FROM allocation a
JOIN person p ON p.id = a.person_id
JOIN funding_stream s ON s.id = a.stream_id;

-- The part of the council's area a person lives in: the ward whose middle is nearest. A degree of longitude is shorter than one of latitude.
CREATE VIEW person_area AS
SELECT p.id AS person_id, p.council_id, near.id AS ward_id
FROM person p
LEFT JOIN LATERAL (
  SELECT w.id FROM ward w
  WHERE w.council_id = p.council_id AND p.lat IS NOT NULL AND p.lon IS NOT NULL
  ORDER BY power(w.lat - p.lat, 2) + power((w.lon - p.lon) * cos(radians(p.lat)), 2), w.id
  LIMIT 1) near ON true;

-- Which ward an area of a search means: its own name, or the ward nearest to the middle of an outcode within about 10 km.
CREATE VIEW searched_area AS
SELECT w.council_id, lower(w.name) AS area, w.id AS ward_id FROM ward w
UNION ALL
SELECT c.id, lower(o.outcode), near.id
FROM council c
CROSS JOIN outcode o
CROSS JOIN LATERAL (
  SELECT w.id FROM ward w
  WHERE w.council_id = c.id AND abs(w.lat - o.lat) < 0.1 AND abs(w.lon - o.lon) < 0.15
  ORDER BY power(w.lat - o.lat, 2) + power((w.lon - o.lon) * cos(radians(o.lat)), 2), w.id
  LIMIT 1) near;

-- Facts about providers that a figure may be told by. A sole worker is one person: the market only ever adds them together.
CREATE VIEW provider_fact AS
SELECT p.id AS provider_id, p.council_id, p.name, p.kind, p.size,
       coalesce(nullif(btrim(p.ultimate_owner), ''), p.name) AS owner,
       (p.kind = 'personal_assistant' OR p.size IS NOT DISTINCT FROM 'one') AS sole,
       EXISTS (SELECT 1 FROM verification c
               WHERE c.provider_id = p.id AND c.kind = 'user_led_status' AND c.state = 'verified') AS user_led_checked
FROM provider p
WHERE p.claimed;

-- Requests for support and whether they were answered by the fifth working day. One withdrawn by the person needs no answer.
CREATE VIEW support_request AS
SELECT b.id AS booking_id, p.council_id, b.person_id, b.provider_id, b.category_code, b.asked_at, b.answer_by,
       (b.answered_at IS NOT NULL AND b.answered_at <= b.answer_by) AS answered_in_time
FROM booking b
JOIN person p ON p.id = b.person_id
WHERE b.asked_at IS NOT NULL AND b.answer_by IS NOT NULL AND b.state NOT IN ('draft', 'withdrawn');

-- Scores of people of a council, without words and without who wrote them.
CREATE VIEW experience_given AS
SELECT r.created_at, p.council_id, r.person_id, r.provider_id, b.category_code,
       r.kept_me_in_control, r.reliable, r.respectful, r.listened, r.made_a_difference
FROM review r
JOIN person p ON p.id = r.person_id
JOIN visit v ON v.id = r.visit_id
JOIN booking b ON b.id = v.booking_id;

-- Prices that people can book at now: one unit with travel and unavoidable extras in.
CREATE VIEW price_on_offer AS
SELECT s.id AS service_id, s.provider_id, v.category_code, v.unit,
       (min(l.pence) FILTER (WHERE l.kind = 'base') + coalesce(sum(l.pence) FILTER (WHERE l.kind <> 'base'), 0))::int AS pence
FROM service s
JOIN service_version v ON v.id = s.current_version_id
JOIN price_line l ON l.version_id = v.id AND l.kind IN ('base', 'travel', 'extra')
WHERE s.state = 'published' AND v.funded_by = 'bought'
GROUP BY s.id, s.provider_id, v.category_code, v.unit
HAVING bool_or(l.kind = 'base');

REVOKE ALL ON settled_spend, deployment_mix, person_area, searched_area, provider_fact, support_request, experience_given, price_on_offer FROM PUBLIC, kith_app;
GRANT SELECT ON settled_spend, deployment_mix, person_area, searched_area, provider_fact, support_request, experience_given, price_on_offer TO kith_app;
