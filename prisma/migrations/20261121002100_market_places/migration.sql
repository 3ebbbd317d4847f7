-- Names that the market's filters and tables need.
CREATE VIEW council_ward AS
SELECT c.id AS council_id, c.name AS council_name, w.id AS ward_id, w.name AS ward_name
FROM council c LEFT JOIN ward w ON w.council_id = c.id;

CREATE VIEW support_category AS
SELECT code, name, position FROM category;

REVOKE ALL ON council_ward, support_category FROM PUBLIC, kith_app;
GRANT SELECT ON council_ward, support_category TO kith_app;
