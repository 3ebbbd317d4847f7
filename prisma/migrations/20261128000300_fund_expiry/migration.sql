-- A fund's rules may end it for everybody on a day, whatever each person's own last day is.
ALTER TABLE funding_stream ADD COLUMN expires_on DATE;
