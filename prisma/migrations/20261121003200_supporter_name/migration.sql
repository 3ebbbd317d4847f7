-- What the person calls their supporter. Somebody's account name is theirs to tell: typing an address must not reveal it.
ALTER TABLE "authority" ADD COLUMN "supporter_name" TEXT;
ALTER TABLE "authority" ADD CONSTRAINT "authority_supporter_name" CHECK (char_length("supporter_name") BETWEEN 1 AND 120);
