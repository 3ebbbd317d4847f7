-- Whether the regulator took away the place that a regulated service rests on: where it happens, or the one that its registration
-- names, or the only one there is. Asked wherever a service can be found, opened or asked for.
CREATE FUNCTION is_off_register(p_service uuid, p_version uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce((
    SELECT c.registration_status = 'Deregistered'
    FROM service s
    JOIN service_version v ON v.id = p_version AND v.regulation = 'registered'
    JOIN place c ON c.provider_id = s.provider_id AND c.cqc_location_id IS NOT NULL
    WHERE s.id = p_service
      AND (c.id = s.place_id OR c.cqc_location_id = v.registration_id
        OR NOT EXISTS (SELECT 1 FROM place o WHERE o.provider_id = c.provider_id AND o.cqc_location_id IS NOT NULL AND o.id <> c.id))
    ORDER BY c.id = s.place_id DESC NULLS LAST, c.cqc_location_id = v.registration_id DESC
    LIMIT 1), false)
$$;
