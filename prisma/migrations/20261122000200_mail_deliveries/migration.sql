-- What became of each mail that went to a mail server, by its key alone: no address and no words. A repeated job sends
-- nothing twice, and what was refused for good is not tried again.
CREATE TABLE "mail_delivery" (
    "key" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "code" INTEGER,
    "at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "mail_delivery_pkey" PRIMARY KEY ("key"),
    CONSTRAINT "mail_delivery_state" CHECK ("state" IN ('taken', 'refused'))
);
