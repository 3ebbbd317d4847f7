-- How often something was tried, by a keyed hash of what was tried: never the address itself.
CREATE TABLE "rate_count" (
    "key" TEXT NOT NULL,
    "window_start" TIMESTAMPTZ NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "rate_count_pkey" PRIMARY KEY ("key", "window_start")
);
CREATE INDEX "rate_count_window_start_idx" ON "rate_count"("window_start");

-- What somebody had typed when their session had ended, sealed; it waits for them to sign in again.
CREATE TABLE "kept_form" (
    "id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "kept_form_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "kept_form_expires_at_idx" ON "kept_form"("expires_at");
