-- Outlines of councils' areas, for the map beside results. A few hundred rows: bounding boxes with an index find those that a map
-- shows, so no PostGIS is needed, which the embedded database has not.
-- CreateTable
CREATE TABLE "area_boundary" (
    "code" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "west" DOUBLE PRECISION NOT NULL,
    "south" DOUBLE PRECISION NOT NULL,
    "east" DOUBLE PRECISION NOT NULL,
    "north" DOUBLE PRECISION NOT NULL,
    -- [[longitude, latitude, longitude, …], …]
    "outline" JSONB NOT NULL,

    CONSTRAINT "area_boundary_pkey" PRIMARY KEY ("code"),
    CONSTRAINT area_boundary_source CHECK (char_length(source) BETWEEN 1 AND 300),
    CONSTRAINT area_boundary_box CHECK (west < east AND south < north AND west >= -9 AND east <= 2 AND south >= 49 AND north <= 61),
    CONSTRAINT area_boundary_outline CHECK (jsonb_typeof(outline) = 'array' AND jsonb_array_length(outline) BETWEEN 1 AND 2000)
);
CREATE INDEX "area_boundary_west_east_south_north_idx" ON "area_boundary"("west", "east", "south", "north");
ALTER TABLE "area_boundary" ADD CONSTRAINT "area_boundary_code_fkey" FOREIGN KEY ("code") REFERENCES "area"("code") ON DELETE CASCADE ON UPDATE CASCADE;
GRANT SELECT, INSERT, UPDATE, DELETE ON area_boundary TO kith_app;
