-- What an organisation says of itself as a whole; each listing says it again for what it offers.
ALTER TABLE "provider" ADD COLUMN "languages" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
ALTER TABLE "provider" ADD COLUMN "accessibility" TEXT;
ALTER TABLE "provider" ADD CONSTRAINT "provider_accessibility" CHECK (char_length("accessibility") <= 1000);
