-- While two sides disagree about a visit, one of them says how long it was; it counts when the other says so too.
ALTER TABLE "visit" ADD COLUMN "offered_minutes" INTEGER;
ALTER TABLE "visit" ADD COLUMN "offered_by" TEXT;
ALTER TABLE "visit" ADD CONSTRAINT "visit_offered" CHECK (("offered_minutes" IS NULL) = ("offered_by" IS NULL) AND "offered_minutes" BETWEEN 0 AND 1440 AND "offered_by" IN ('person', 'provider'));
