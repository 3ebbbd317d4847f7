-- Where the market's map puts an area: its middle. An area is all that is nearer to its middle than to another's.
CREATE OR REPLACE VIEW council_ward AS
SELECT c.id AS council_id, c.name AS council_name, w.id AS ward_id, w.name AS ward_name, w.lat, w.lon
FROM council c LEFT JOIN ward w ON w.council_id = c.id;

-- What can be booked now, and where: a venue, or the point that those who come to people set out from and how far they go.
-- Online support has no distance and is left out. The same test of "bookable" as the catalogue hands to the search.
CREATE VIEW offer_reach AS
SELECT s.id AS service_id, s.provider_id, v.category_code, coalesce(l.lat, v.lat) AS lat, coalesce(l.lon, v.lon) AS lon,
       CASE WHEN s.place_id IS NULL THEN v.radius_metres END AS radius_metres
FROM service s
JOIN service_version v ON v.id = s.current_version_id
JOIN provider p ON p.id = s.provider_id
LEFT JOIN place l ON l.id = s.place_id
WHERE s.state = 'published' AND s.accepts_new AND p.claimed AND p.paused_at IS NULL AND v.funded_by <> 'commissioned'
  AND v.setting <> 'online' AND coalesce(l.lat, v.lat) IS NOT NULL AND coalesce(l.lon, v.lon) IS NOT NULL;

REVOKE ALL ON offer_reach FROM PUBLIC, kith_app;
GRANT SELECT ON offer_reach TO kith_app;
