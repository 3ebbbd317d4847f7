-- Lines of an invoice say when and how long; a supplier may say another VAT for a service; who asked for a refund.
ALTER TABLE "billing" ADD COLUMN "service_vat" JSONB NOT NULL DEFAULT '{}', ADD COLUMN "starts_on" DATE;
ALTER TABLE "invoice_line" ADD COLUMN "starts_at" TIMESTAMPTZ, ADD COLUMN "minutes" INTEGER, ADD COLUMN "tax_point" DATE;
ALTER TABLE "refund" ADD COLUMN "asked_as" TEXT NOT NULL DEFAULT 'person';

ALTER TABLE invoice_line
  ADD CONSTRAINT invoice_line_vat CHECK (vat IN ('exempt', 'outside_scope', 'reduced', 'standard', 'zero')
    AND net_pence >= 0 AND vat_pence >= 0 AND (vat_bps > 0) = (vat IN ('reduced', 'standard')) AND (vat_bps > 0 OR vat_pence = 0));
ALTER TABLE invoice ADD CONSTRAINT invoice_dates CHECK (due_on >= issued_on AND period_until >= period_from AND gross_pence > 0);
ALTER TABLE billing ADD CONSTRAINT billing_counters CHECK (next_invoice > 0 AND next_credit_note > 0);
ALTER TABLE refund ADD CONSTRAINT refund_asked_as CHECK (asked_as IN ('person', 'provider', 'council'));
-- Asked once, answered once, then asked again if somebody must.
CREATE UNIQUE INDEX refund_one_asked ON refund (visit_id) WHERE state = 'asked';

-- Not even the supplier's own counter goes back, and a prefix stays once a number was given under it.
CREATE FUNCTION refuse_another_numbering() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.next_invoice < OLD.next_invoice OR NEW.next_credit_note < OLD.next_credit_note
    OR (NEW.prefix <> OLD.prefix AND (OLD.next_invoice > 1 OR OLD.next_credit_note > 1)) THEN
    RAISE EXCEPTION 'numbers of invoices go on as they began' USING ERRCODE = '23514', CONSTRAINT = 'billing_numbering';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER billing_numbering BEFORE UPDATE ON billing FOR EACH ROW EXECUTE FUNCTION refuse_another_numbering();

-- 12: invoices say what payables say, add up, and their numbers have no gap.
CREATE FUNCTION invoice_faults() RETURNS TABLE (invariant int, subject text)
LANGUAGE sql STABLE AS $$
  SELECT 12, 'sum of ' || i.id::text FROM invoice i
    LEFT JOIN (SELECT invoice_id, sum(net_pence) AS net, sum(vat_pence) AS vat FROM invoice_line GROUP BY 1) l ON l.invoice_id = i.id
    WHERE coalesce(l.net, 0) <> i.net_pence OR coalesce(l.vat, 0) <> i.vat_pence
  UNION ALL
  SELECT 12, 'payables of ' || i.id::text FROM invoice i
    LEFT JOIN (SELECT invoice_id, sum(pence) AS pence FROM payable WHERE invoice_id IS NOT NULL GROUP BY 1) p ON p.invoice_id = i.id
    WHERE coalesce(p.pence, 0) <> CASE i.kind WHEN 'invoice' THEN i.gross_pence ELSE -i.gross_pence END
  UNION ALL
  SELECT 12, 'payer of ' || i.id::text FROM invoice i JOIN payable p ON p.invoice_id = i.id
    WHERE (p.provider_id, p.person_id, p.payer_kind, p.payer_id) <> (i.provider_id, i.person_id, i.payer_kind, i.payer_id)
  UNION ALL
  SELECT 12, 'numbers of ' || coalesce(n.provider_id, b.provider_id)::text FROM billing b
    FULL JOIN (SELECT provider_id,
        count(*) FILTER (WHERE kind = 'invoice') AS invoices, coalesce(max(number) FILTER (WHERE kind = 'invoice'), 0) AS last_invoice,
        count(*) FILTER (WHERE kind = 'credit_note') AS notes, coalesce(max(number) FILTER (WHERE kind = 'credit_note'), 0) AS last_note
      FROM invoice GROUP BY 1) n ON n.provider_id = b.provider_id
    WHERE coalesce(n.invoices, 0) <> coalesce(n.last_invoice, 0) OR coalesce(n.notes, 0) <> coalesce(n.last_note, 0)
      OR coalesce(b.next_invoice, 1) <> coalesce(n.last_invoice, 0) + 1 OR coalesce(b.next_credit_note, 1) <> coalesce(n.last_note, 0) + 1
  UNION ALL
  SELECT 12, 'credit of ' || i.id::text FROM invoice i JOIN invoice c ON c.corrects_id = i.id
    GROUP BY i.id, i.gross_pence HAVING sum(c.gross_pence) > i.gross_pence
$$;
