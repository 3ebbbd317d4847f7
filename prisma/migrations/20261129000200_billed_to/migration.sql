-- An invoice says to whom it is, with their address; a council's had none.
ALTER TABLE "council_money" ADD COLUMN "billed_to" TEXT[] DEFAULT ARRAY[]::TEXT[];
