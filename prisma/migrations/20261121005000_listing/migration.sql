-- A listing is written in steps, and where it happens belongs to what was promised: both are the version's.
ALTER TABLE service_version
  ADD COLUMN place_id UUID REFERENCES place (id) ON DELETE NO ACTION ON UPDATE CASCADE,
  ADD COLUMN area_label TEXT,
  ADD COLUMN answered TEXT[] DEFAULT ARRAY[]::TEXT[];
CREATE INDEX service_version_place_id_idx ON service_version (place_id);
