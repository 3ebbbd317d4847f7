-- Photographs of what is offered and of who offers it. The pictures themselves are files; a row says whose they are, what they
-- show in words, and under which keys they are kept. Whoever adds one says that everybody in it has said yes: without that
-- there is no row.
CREATE TABLE "photo" (
    "id" UUID NOT NULL,
    "service_id" UUID,
    "provider_id" UUID,
    "position" SMALLINT NOT NULL,
    "alt" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "widths" INTEGER[] NOT NULL,
    "keys" TEXT[] NOT NULL,
    "content_hash" TEXT NOT NULL,
    "added_by_id" UUID,
    "added_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "photo_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "photo" ADD CONSTRAINT "photo_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "photo" ADD CONSTRAINT "photo_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "photo" ADD CONSTRAINT "photo_of_one" CHECK (num_nonnulls("service_id", "provider_id") = 1);
-- Six of a service, one of a provider: there is no seventh place, whoever writes.
ALTER TABLE "photo" ADD CONSTRAINT "photo_position" CHECK ("position" BETWEEN 0 AND CASE WHEN "provider_id" IS NULL THEN 5 ELSE 0 END);
ALTER TABLE "photo" ADD CONSTRAINT "photo_alt" CHECK (char_length(btrim("alt")) BETWEEN 3 AND 200 AND char_length("alt") <= 200);
ALTER TABLE "photo" ADD CONSTRAINT "photo_size" CHECK ("width" BETWEEN 1 AND 1600 AND "height" > 0);
ALTER TABLE "photo" ADD CONSTRAINT "photo_keys" CHECK (cardinality("keys") BETWEEN 1 AND 3 AND cardinality("keys") = cardinality("widths"));
-- Two that change places do so in one transaction, so the places are compared at its end.
ALTER TABLE "photo" ADD CONSTRAINT "photo_service_id_position_key" UNIQUE ("service_id", "position") DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE "photo" ADD CONSTRAINT "photo_provider_id_position_key" UNIQUE ("provider_id", "position") DEFERRABLE INITIALLY DEFERRED;
-- A double press adds one.
CREATE UNIQUE INDEX "photo_service_id_content_hash_key" ON "photo"("service_id", "content_hash");
CREATE UNIQUE INDEX "photo_provider_id_content_hash_key" ON "photo"("provider_id", "content_hash");
