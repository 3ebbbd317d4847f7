-- A paused visit stays planned, without its money and without its lane, until the person goes on or ends the support.
ALTER TABLE "visit" ADD COLUMN "paused_at" TIMESTAMPTZ;
-- How often it was paused: the money set aside anew after each pause is a journal of its own.
ALTER TABLE "visit" ADD COLUMN "pause_round" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "visit" ADD CONSTRAINT "visit_paused_holds_nothing" CHECK ("paused_at" IS NULL OR ("state" IN ('planned', 'cancelled_free') AND NOT "holds_lane"));
ALTER TABLE "visit" ADD CONSTRAINT "visit_pause_round" CHECK ("pause_round" >= 0);
