-- What people asked for without a name and nobody offered within five working days, for the gaps that a commissioner sees: what and whose
-- area, never the words. Five working days are a week of days here; bank holidays are not taken out. What was taken back is not counted.
CREATE VIEW support_not_offered AS
SELECT p.council_id, r.person_id, r.category_code, r.created_at + interval '7 days' AS answer_by
FROM request_for_support r
JOIN person p ON p.id = r.person_id
WHERE r.state <> 'withdrawn' AND NOT EXISTS (
  SELECT 1 FROM support_offer o WHERE o.request_id = r.id AND o.created_at <= r.created_at + interval '7 days');
GRANT SELECT ON support_not_offered TO kith_app;
