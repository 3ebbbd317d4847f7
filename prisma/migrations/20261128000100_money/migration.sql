-- Money in full: payables and payments, runs, payee details, the payments service, contributions, bank files, cards, holders, purchases,
-- employing, invoices, surplus, proof and pools. Each table belongs to one folder of services/ (prisma/schema says which file).

CREATE TYPE "bank_owner" AS ENUM ('person', 'fund_holder', 'council');
CREATE TYPE "bank_line_state" AS ENUM ('matched', 'suggested', 'unmatched', 'left_out');
CREATE TYPE "surplus_state" AS ENUM ('told', 'answered', 'decided', 'appealed', 'reclaimed', 'closed');
CREATE TYPE "card_state" AS ENUM ('active', 'frozen', 'replaced', 'closed');
CREATE TYPE "card_movement" AS ENUM ('load', 'purchase', 'refund', 'cash');
CREATE TYPE "card_transaction_state" AS ENUM ('authorised', 'cleared', 'reversed', 'declined');
CREATE TYPE "contribution_method" AS ENUM ('net_pay_in', 'gross_invoice');
CREATE TYPE "timesheet_state" AS ENUM ('draft', 'submitted', 'approved', 'returned', 'sent', 'paid');
CREATE TYPE "hour_kind" AS ENUM ('worked', 'holiday', 'sick');
CREATE TYPE "ring_fence_purpose" AS ENUM ('wages', 'holiday', 'notice', 'contingency');
CREATE TYPE "instruction_state" AS ENUM ('asked', 'done', 'refused', 'withdrawn');
CREATE TYPE "purchase_state" AS ENUM ('proposed', 'agreed', 'ordered', 'paid', 'refused', 'withdrawn');
CREATE TYPE "invoice_kind" AS ENUM ('invoice', 'credit_note');
CREATE TYPE "payable_state" AS ENUM ('due', 'in_payment', 'sent', 'paid');
CREATE TYPE "payment_method" AS ENUM ('card', 'bank_transfer', 'prepaid_card', 'payment_run', 'fund_holder', 'set_off');
CREATE TYPE "payment_state" AS ENUM ('started', 'needs_you', 'sent', 'confirmed', 'failed', 'returned', 'cancelled');
CREATE TYPE "run_state" AS ENUM ('draft', 'submitted', 'approved', 'sent', 'finished', 'abandoned');
CREATE TYPE "pay_by" AS ENUM ('saved_card', 'card_each_time', 'bank_transfer', 'prepaid_card');
CREATE TYPE "payee_state" AS ENUM ('proposed', 'cooling', 'active', 'replaced', 'refused');
CREATE TYPE "payee_check" AS ENUM ('not_asked', 'match', 'close_match', 'no_match', 'unavailable');
CREATE TYPE "order_state" AS ENUM ('asked', 'placed', 'refused', 'ended');
CREATE TYPE "refund_state" AS ENUM ('asked', 'decided', 'refused', 'returned');

ALTER TABLE "funding_stream"
  ADD COLUMN "refused_reasons" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "area" TEXT NOT NULL DEFAULT 'anywhere',
  ADD COLUMN "carry_over" TEXT NOT NULL DEFAULT 'none',
  ADD COLUMN "receipts" TEXT NOT NULL DEFAULT 'none',
  ADD COLUMN "receipts_over_pence" INTEGER,
  ADD COLUMN "rules_round" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "allocation"
  ADD COLUMN "pay_by" "pay_by" NOT NULL DEFAULT 'saved_card',
  ADD COLUMN "towards_id" UUID,
  ADD COLUMN "replaces_id" UUID,
  ADD COLUMN "moved_on" DATE;

ALTER TABLE "instalment"
  ADD COLUMN "arrived_pence" INTEGER,
  ADD COLUMN "source" TEXT;

CREATE TABLE "bank_import" (
    "id" UUID NOT NULL,
    "owner_kind" "bank_owner" NOT NULL,
    "owner_id" UUID NOT NULL,
    "allocation_id" UUID,
    "file_name" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "imported_by_id" UUID,
    "imported_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "bank_import_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "bank_line" (
    "id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "owner_kind" "bank_owner" NOT NULL,
    "owner_id" UUID NOT NULL,
    "allocation_id" UUID,
    "booked_on" DATE NOT NULL,
    "description" TEXT NOT NULL,
    "pence" INTEGER NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "state" "bank_line_state" NOT NULL,
    "subject_type" TEXT,
    "subject_id" UUID,
    "why" TEXT NOT NULL DEFAULT '',
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ,

    CONSTRAINT "bank_line_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "deployment_choice" (
    "id" UUID NOT NULL,
    "allocation_id" UUID NOT NULL,
    "deployment" "deployment" NOT NULL,
    "starts_on" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "explained_by" TEXT NOT NULL,
    "chosen" BOOLEAN NOT NULL DEFAULT true,
    "recorded_by_id" UUID,
    "recorded_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "deployment_choice_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "surplus_case" (
    "id" UUID NOT NULL,
    "allocation_id" UUID NOT NULL,
    "council_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "state" "surplus_state" NOT NULL DEFAULT 'told',
    "available_pence" INTEGER NOT NULL,
    "keep_pence" INTEGER NOT NULL,
    "surplus_pence" INTEGER NOT NULL,
    "found_at" TIMESTAMPTZ NOT NULL,
    "answer_by" DATE NOT NULL,
    "answer" TEXT NOT NULL DEFAULT '',
    "answered_at" TIMESTAMPTZ,
    "reclaim_pence" INTEGER,
    "decision" TEXT NOT NULL DEFAULT '',
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ,
    "appeal" TEXT NOT NULL DEFAULT '',
    "appeal_by" DATE,
    "appealed_at" TIMESTAMPTZ,
    "ended_by_id" UUID,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "surplus_case_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "council_money" (
    "council_id" UUID NOT NULL,
    "surplus_weeks" INTEGER,
    "answer_days" INTEGER NOT NULL DEFAULT 28,
    "appeal_days" INTEGER NOT NULL DEFAULT 28,
    "export_columns" JSONB NOT NULL DEFAULT '[]',
    "instalments_arrive" TEXT NOT NULL DEFAULT 'schedule',
    "updated_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "council_money_pkey" PRIMARY KEY ("council_id")
);

CREATE TABLE "card_programme" (
    "id" UUID NOT NULL,
    "council_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "adapter" TEXT NOT NULL,
    "allowed_merchants" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "blocked_merchants" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "blocked_reason" TEXT NOT NULL DEFAULT '',
    "most_at_once_pence" INTEGER,
    "most_a_day_pence" INTEGER,
    "cash_allowed" BOOLEAN NOT NULL DEFAULT false,
    "most_cash_a_day_pence" INTEGER,
    "file_mapping" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "card_programme_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "card" (
    "id" UUID NOT NULL,
    "programme_id" UUID NOT NULL,
    "allocation_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "holder_name" TEXT NOT NULL,
    "supporter_user_id" UUID,
    "state" "card_state" NOT NULL DEFAULT 'active',
    "last4" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "replaces_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "card_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "card_transaction" (
    "id" UUID NOT NULL,
    "card_id" UUID NOT NULL,
    "allocation_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "movement" "card_movement" NOT NULL,
    "state" "card_transaction_state" NOT NULL,
    "pence" INTEGER NOT NULL,
    "merchant" TEXT NOT NULL DEFAULT '',
    "merchant_code" TEXT NOT NULL DEFAULT '',
    "declined" TEXT,
    "external_id" TEXT NOT NULL,
    "payment_id" UUID,
    "at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "card_transaction_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "contribution_assessment" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "council_id" UUID NOT NULL,
    "method" "contribution_method" NOT NULL,
    "weekly_pence" INTEGER NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,
    "reason" TEXT NOT NULL DEFAULT '',
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "contribution_assessment_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "contribution_week" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "council_id" UUID NOT NULL,
    "week_starts_on" DATE NOT NULL,
    "cost_pence" INTEGER NOT NULL,
    "assessed_pence" INTEGER NOT NULL,
    "charged_pence" INTEGER NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "contribution_week_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "contribution_payment" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "council_id" UUID NOT NULL,
    "pence" INTEGER NOT NULL,
    "method" TEXT NOT NULL,
    "state" "payment_state" NOT NULL DEFAULT 'started',
    "external_id" TEXT,
    "external_url" TEXT,
    "failure" TEXT,
    "recorded_by_id" UUID,
    "started_at" TIMESTAMPTZ NOT NULL,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "contribution_payment_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "direct_debit_mandate" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "council_id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "external_id" TEXT,
    "state" TEXT NOT NULL,
    "last4" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "direct_debit_mandate_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "contribution_dispute" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "council_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "pence" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "raised_by_id" UUID,
    "raised_at" TIMESTAMPTZ NOT NULL,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ,
    "decision" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "contribution_dispute_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "employment" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "allocation_id" UUID NOT NULL,
    "assistant_name" TEXT NOT NULL,
    "assistant_user_id" UUID,
    "hourly_pence" INTEGER NOT NULL,
    "weekly_minutes" INTEGER NOT NULL,
    "pension" BOOLEAN NOT NULL DEFAULT true,
    "employment_allowance" BOOLEAN NOT NULL DEFAULT false,
    "bureau_provider_id" UUID,
    "payroll_fee_pence" INTEGER NOT NULL DEFAULT 0,
    "payroll_reference" TEXT NOT NULL,
    "insurance_ends_on" DATE,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "employment_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "timesheet" (
    "id" UUID NOT NULL,
    "employment_id" UUID NOT NULL,
    "period_starts_on" DATE NOT NULL,
    "period_ends_on" DATE NOT NULL,
    "state" "timesheet_state" NOT NULL DEFAULT 'draft',
    "submitted_by_id" UUID,
    "submitted_at" TIMESTAMPTZ,
    "approved_by_id" UUID,
    "authority_id" UUID,
    "approved_at" TIMESTAMPTZ,
    "reason" TEXT NOT NULL DEFAULT '',
    "sent_at" TIMESTAMPTZ,

    CONSTRAINT "timesheet_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "timesheet_day" (
    "timesheet_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "kind" "hour_kind" NOT NULL,
    "minutes" INTEGER NOT NULL,

    CONSTRAINT "timesheet_day_pkey" PRIMARY KEY ("timesheet_id","day","kind")
);

CREATE TABLE "payroll_result" (
    "timesheet_id" UUID NOT NULL,
    "net_pence" INTEGER NOT NULL,
    "tax_pence" INTEGER NOT NULL,
    "employee_insurance_pence" INTEGER NOT NULL,
    "employer_insurance_pence" INTEGER NOT NULL,
    "employee_pension_pence" INTEGER NOT NULL,
    "employer_pension_pence" INTEGER NOT NULL,
    "fee_pence" INTEGER NOT NULL,
    "total_pence" INTEGER NOT NULL,
    "file_digest" TEXT NOT NULL,
    "imported_by_id" UUID,
    "imported_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "payroll_result_pkey" PRIMARY KEY ("timesheet_id")
);

CREATE TABLE "ring_fence" (
    "id" UUID NOT NULL,
    "allocation_id" UUID NOT NULL,
    "purpose" "ring_fence_purpose" NOT NULL,
    "pence" INTEGER NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "round" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "ring_fence_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "fund_agreement" (
    "id" UUID NOT NULL,
    "allocation_id" UUID NOT NULL,
    "holder_provider_id" UUID NOT NULL,
    "fee_weekly_pence" INTEGER NOT NULL DEFAULT 0,
    "fee_words" TEXT NOT NULL DEFAULT '',
    "terms" TEXT NOT NULL DEFAULT '',
    "most_at_once_pence" INTEGER,
    "insurance_ends_on" DATE,
    "review_due_on" DATE,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "fund_agreement_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "agreement_breach" (
    "id" UUID NOT NULL,
    "agreement_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "subject_id" UUID,
    "found_at" TIMESTAMPTZ NOT NULL,
    "closed_at" TIMESTAMPTZ,
    "closed_by_id" UUID,
    "closed_why" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "agreement_breach_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payment_instruction" (
    "id" UUID NOT NULL,
    "allocation_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "holder_id" UUID NOT NULL,
    "payable_id" UUID,
    "purchase_id" UUID,
    "pence" INTEGER NOT NULL,
    "state" "instruction_state" NOT NULL DEFAULT 'asked',
    "note" TEXT NOT NULL DEFAULT '',
    "asked_by_id" UUID,
    "authority_id" UUID,
    "asked_at" TIMESTAMPTZ NOT NULL,
    "answered_by_id" UUID,
    "answered_at" TIMESTAMPTZ,
    "answer" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "payment_instruction_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "purchase" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "allocation_id" UUID NOT NULL,
    "category_code" TEXT NOT NULL,
    "seller" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "pence" INTEGER NOT NULL,
    "paid_pence" INTEGER,
    "state" "purchase_state" NOT NULL DEFAULT 'proposed',
    "outcome" TEXT NOT NULL DEFAULT '',
    "reason" TEXT NOT NULL DEFAULT '',
    "proposed_by_id" UUID,
    "authority_id" UUID,
    "proposed_at" TIMESTAMPTZ NOT NULL,
    "agreed_by_id" UUID,
    "agreed_at" TIMESTAMPTZ,
    "person_agreed_at" TIMESTAMPTZ,
    "paid_on" DATE,
    "recorded_by_id" UUID,
    "audited_by_id" UUID,
    "audited_at" TIMESTAMPTZ,
    "audit_note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "purchase_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "evidence" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "purchase_id" UUID,
    "timesheet_id" UUID,
    "name" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "given_by_id" UUID,
    "given_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "invoice" (
    "id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "kind" "invoice_kind" NOT NULL,
    "prefix" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "payer_kind" "payer_kind" NOT NULL,
    "payer_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "addressee" JSONB NOT NULL,
    "seller" JSONB NOT NULL,
    "issued_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "period_from" DATE NOT NULL,
    "period_until" DATE NOT NULL,
    "net_pence" INTEGER NOT NULL,
    "vat_pence" INTEGER NOT NULL,
    "gross_pence" INTEGER NOT NULL,
    "vat_number" TEXT,
    "order_words" TEXT NOT NULL DEFAULT '',
    "corrects_id" UUID,
    "refund_id" UUID,
    "issued_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "invoice_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "invoice_line" (
    "invoice_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "visit_id" UUID,
    "label" TEXT NOT NULL,
    "day" DATE,
    "net_pence" INTEGER NOT NULL,
    "vat" TEXT NOT NULL,
    "vat_bps" INTEGER NOT NULL DEFAULT 0,
    "vat_pence" INTEGER NOT NULL DEFAULT 0,
    "funds" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "invoice_line_pkey" PRIMARY KEY ("invoice_id","position")
);

CREATE TABLE "billing" (
    "provider_id" UUID NOT NULL,
    "prefix" TEXT NOT NULL,
    "next_invoice" INTEGER NOT NULL DEFAULT 1,
    "next_credit_note" INTEGER NOT NULL DEFAULT 1,
    "every" TEXT NOT NULL DEFAULT 'week',
    "days_to_pay" INTEGER NOT NULL DEFAULT 14,
    "address_lines" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "vat_number" TEXT,
    "vat_status" TEXT NOT NULL DEFAULT 'not_registered',
    "welfare_exempt" BOOLEAN NOT NULL DEFAULT false,
    "updated_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "billing_pkey" PRIMARY KEY ("provider_id")
);

CREATE TABLE "payable" (
    "id" UUID NOT NULL,
    "visit_id" UUID,
    "refund_id" UUID,
    "booking_id" UUID,
    "allocation_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "payer_kind" "payer_kind" NOT NULL,
    "payer_id" UUID NOT NULL,
    "order_id" UUID,
    "pence" INTEGER NOT NULL,
    "state" "payable_state" NOT NULL DEFAULT 'due',
    "payment_id" UUID,
    "invoice_id" UUID,
    "on_day" DATE NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "payable_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payment" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "payer_kind" "payer_kind" NOT NULL,
    "payer_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "person_id" UUID,
    "pence" INTEGER NOT NULL,
    "fee_pence" INTEGER NOT NULL DEFAULT 0,
    "method" "payment_method" NOT NULL,
    "state" "payment_state" NOT NULL DEFAULT 'started',
    "run_id" UUID,
    "order_id" UUID,
    "external_id" TEXT,
    "external_url" TEXT,
    "failure" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ,
    "started_by_id" UUID,
    "authority_id" UUID,
    "started_at" TIMESTAMPTZ NOT NULL,
    "sent_at" TIMESTAMPTZ,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payment_line" (
    "payment_id" UUID NOT NULL,
    "payable_id" UUID NOT NULL,
    "pence" INTEGER NOT NULL,

    CONSTRAINT "payment_line_pkey" PRIMARY KEY ("payment_id","payable_id")
);

CREATE TABLE "payment_run" (
    "id" UUID NOT NULL,
    "council_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "state" "run_state" NOT NULL DEFAULT 'draft',
    "until_day" DATE NOT NULL,
    "made_by_id" UUID NOT NULL,
    "made_at" TIMESTAMPTZ NOT NULL,
    "submitted_at" TIMESTAMPTZ,
    "approved_by_id" UUID,
    "approved_at" TIMESTAMPTZ,
    "sent_by_id" UUID,
    "sent_at" TIMESTAMPTZ,
    "ended_at" TIMESTAMPTZ,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "payment_run_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "council_supplier" (
    "council_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "council_supplier_pkey" PRIMARY KEY ("council_id","provider_id")
);

CREATE TABLE "council_order" (
    "id" UUID NOT NULL,
    "council_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "allocation_id" UUID NOT NULL,
    "category_code" TEXT NOT NULL,
    "state" "order_state" NOT NULL DEFAULT 'asked',
    "number" TEXT,
    "cost_code" TEXT,
    "case_reference" TEXT,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "asked_by_id" UUID,
    "asked_at" TIMESTAMPTZ NOT NULL,
    "placed_by_id" UUID,
    "placed_at" TIMESTAMPTZ,

    CONSTRAINT "council_order_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payee_account" (
    "id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "state" "payee_state" NOT NULL DEFAULT 'proposed',
    "account_name" TEXT NOT NULL,
    "sort_code" TEXT NOT NULL,
    "account_number" TEXT NOT NULL,
    "payee_check" "payee_check" NOT NULL DEFAULT 'not_asked',
    "checked_by_id" UUID,
    "checked_at" TIMESTAMPTZ,
    "called_back_by_id" UUID,
    "called_back_at" TIMESTAMPTZ,
    "call_back_note" TEXT NOT NULL DEFAULT '',
    "proposed_by_id" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ NOT NULL,
    "usable_from" TIMESTAMPTZ,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "payee_account_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "connected_account" (
    "id" UUID NOT NULL,
    "provider_id" UUID,
    "council_id" UUID,
    "external_id" TEXT NOT NULL,
    "charges_enabled" BOOLEAN NOT NULL DEFAULT false,
    "payouts_enabled" BOOLEAN NOT NULL DEFAULT false,
    "missing" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "checked_at" TIMESTAMPTZ NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "connected_account_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payout" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "pence" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "failure" TEXT,
    "arrives_on" DATE NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "payout_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payment_dispute" (
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "pence" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "answer_by" TIMESTAMPTZ,
    "opened_at" TIMESTAMPTZ NOT NULL,
    "closed_at" TIMESTAMPTZ,

    CONSTRAINT "payment_dispute_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "saved_card" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "brand" TEXT NOT NULL,
    "last4" TEXT NOT NULL,
    "expires" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "ended_at" TIMESTAMPTZ,

    CONSTRAINT "saved_card_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "webhook_event" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "event" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ NOT NULL,
    "handled_at" TIMESTAMPTZ,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "outcome" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "webhook_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "refund" (
    "id" UUID NOT NULL,
    "visit_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "pence" INTEGER NOT NULL,
    "person_pence" INTEGER NOT NULL DEFAULT 0,
    "state" "refund_state" NOT NULL DEFAULT 'asked',
    "reason" TEXT NOT NULL,
    "asked_by_id" UUID,
    "asked_at" TIMESTAMPTZ NOT NULL,
    "decided_by_id" UUID,
    "decided_as" TEXT,
    "decided_at" TIMESTAMPTZ,
    "decision" TEXT NOT NULL DEFAULT '',
    "returned_at" TIMESTAMPTZ,

    CONSTRAINT "refund_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "reconciliation_item" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "council_id" UUID,
    "provider_id" UUID,
    "subject_id" UUID,
    "words" TEXT NOT NULL,
    "ledger_pence" INTEGER,
    "outside_pence" INTEGER,
    "state" TEXT NOT NULL,
    "owner_user_id" UUID,
    "found_at" TIMESTAMPTZ NOT NULL,
    "closed_at" TIMESTAMPTZ,
    "closed_by_id" UUID,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "reconciliation_item_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "hours_answer" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "quarter" DATE NOT NULL,
    "minutes" INTEGER NOT NULL,
    "answered_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "hours_answer_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "pool" (
    "id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "total_pence" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "pool_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "pool_share" (
    "id" UUID NOT NULL,
    "pool_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "allocation_id" UUID NOT NULL,
    "pence" INTEGER NOT NULL,
    "agreed_at" TIMESTAMPTZ,

    CONSTRAINT "pool_share_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "monitoring_import" (
    "id" UUID NOT NULL,
    "council_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "imported_by_id" UUID,
    "imported_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "monitoring_import_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "monitoring_line" (
    "id" UUID NOT NULL,
    "import_id" UUID NOT NULL,
    "visit_id" UUID NOT NULL,
    "minutes" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "words" TEXT NOT NULL DEFAULT '',
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ,

    CONSTRAINT "monitoring_line_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "bank_import_owner_kind_owner_id_digest_key" ON "bank_import"("owner_kind", "owner_id", "digest");
CREATE INDEX "bank_line_import_id_idx" ON "bank_line"("import_id");
CREATE INDEX "bank_line_owner_kind_owner_id_state_idx" ON "bank_line"("owner_kind", "owner_id", "state");
CREATE UNIQUE INDEX "bank_line_owner_kind_owner_id_fingerprint_key" ON "bank_line"("owner_kind", "owner_id", "fingerprint");
CREATE UNIQUE INDEX "allocation_towards_id_key" ON "allocation"("towards_id");
CREATE UNIQUE INDEX "allocation_replaces_id_key" ON "allocation"("replaces_id");
CREATE INDEX "deployment_choice_allocation_id_idx" ON "deployment_choice"("allocation_id");
CREATE INDEX "surplus_case_allocation_id_idx" ON "surplus_case"("allocation_id");
CREATE INDEX "surplus_case_council_id_state_idx" ON "surplus_case"("council_id", "state");
CREATE INDEX "surplus_case_person_id_idx" ON "surplus_case"("person_id");
CREATE INDEX "card_programme_council_id_idx" ON "card_programme"("council_id");
CREATE UNIQUE INDEX "card_external_id_key" ON "card"("external_id");
CREATE UNIQUE INDEX "card_replaces_id_key" ON "card"("replaces_id");
CREATE INDEX "card_programme_id_idx" ON "card"("programme_id");
CREATE INDEX "card_allocation_id_idx" ON "card"("allocation_id");
CREATE INDEX "card_person_id_idx" ON "card"("person_id");
CREATE INDEX "card_transaction_allocation_id_at_idx" ON "card_transaction"("allocation_id", "at");
CREATE INDEX "card_transaction_person_id_at_idx" ON "card_transaction"("person_id", "at");
CREATE UNIQUE INDEX "card_transaction_card_id_external_id_key" ON "card_transaction"("card_id", "external_id");
CREATE INDEX "contribution_assessment_person_id_starts_on_idx" ON "contribution_assessment"("person_id", "starts_on");
CREATE INDEX "contribution_assessment_council_id_idx" ON "contribution_assessment"("council_id");
CREATE INDEX "contribution_week_council_id_week_starts_on_idx" ON "contribution_week"("council_id", "week_starts_on");
CREATE UNIQUE INDEX "contribution_week_person_id_council_id_week_starts_on_key" ON "contribution_week"("person_id", "council_id", "week_starts_on");
CREATE UNIQUE INDEX "contribution_payment_reference_key" ON "contribution_payment"("reference");
CREATE UNIQUE INDEX "contribution_payment_external_id_key" ON "contribution_payment"("external_id");
CREATE INDEX "contribution_payment_person_id_started_at_idx" ON "contribution_payment"("person_id", "started_at");
CREATE INDEX "contribution_payment_council_id_state_idx" ON "contribution_payment"("council_id", "state");
CREATE UNIQUE INDEX "direct_debit_mandate_external_id_key" ON "direct_debit_mandate"("external_id");
CREATE INDEX "direct_debit_mandate_person_id_idx" ON "direct_debit_mandate"("person_id");
CREATE INDEX "direct_debit_mandate_council_id_idx" ON "direct_debit_mandate"("council_id");
CREATE INDEX "contribution_dispute_person_id_idx" ON "contribution_dispute"("person_id");
CREATE INDEX "contribution_dispute_council_id_state_idx" ON "contribution_dispute"("council_id", "state");
CREATE INDEX "employment_allocation_id_idx" ON "employment"("allocation_id");
CREATE INDEX "employment_assistant_user_id_idx" ON "employment"("assistant_user_id");
CREATE INDEX "employment_bureau_provider_id_idx" ON "employment"("bureau_provider_id");
CREATE UNIQUE INDEX "employment_person_id_payroll_reference_key" ON "employment"("person_id", "payroll_reference");
CREATE INDEX "timesheet_state_idx" ON "timesheet"("state");
CREATE UNIQUE INDEX "timesheet_employment_id_period_starts_on_key" ON "timesheet"("employment_id", "period_starts_on");
CREATE UNIQUE INDEX "ring_fence_allocation_id_purpose_key" ON "ring_fence"("allocation_id", "purpose");
CREATE UNIQUE INDEX "fund_agreement_allocation_id_key" ON "fund_agreement"("allocation_id");
CREATE INDEX "fund_agreement_holder_provider_id_idx" ON "fund_agreement"("holder_provider_id");
CREATE UNIQUE INDEX "agreement_breach_agreement_id_kind_subject_id_key" ON "agreement_breach"("agreement_id", "kind", "subject_id");
CREATE INDEX "payment_instruction_holder_id_state_idx" ON "payment_instruction"("holder_id", "state");
CREATE INDEX "payment_instruction_person_id_idx" ON "payment_instruction"("person_id");
CREATE INDEX "payment_instruction_allocation_id_idx" ON "payment_instruction"("allocation_id");
CREATE INDEX "payment_instruction_payable_id_idx" ON "payment_instruction"("payable_id");
CREATE INDEX "payment_instruction_purchase_id_idx" ON "payment_instruction"("purchase_id");
CREATE INDEX "purchase_person_id_state_idx" ON "purchase"("person_id", "state");
CREATE INDEX "purchase_allocation_id_idx" ON "purchase"("allocation_id");
CREATE INDEX "purchase_category_code_idx" ON "purchase"("category_code");
CREATE INDEX "evidence_person_id_idx" ON "evidence"("person_id");
CREATE INDEX "evidence_purchase_id_idx" ON "evidence"("purchase_id");
CREATE INDEX "invoice_payer_kind_payer_id_idx" ON "invoice"("payer_kind", "payer_id");
CREATE INDEX "invoice_person_id_issued_on_idx" ON "invoice"("person_id", "issued_on");
CREATE INDEX "invoice_corrects_id_idx" ON "invoice"("corrects_id");
CREATE INDEX "invoice_refund_id_idx" ON "invoice"("refund_id");
CREATE UNIQUE INDEX "invoice_provider_id_kind_number_key" ON "invoice"("provider_id", "kind", "number");
CREATE INDEX "invoice_line_visit_id_idx" ON "invoice_line"("visit_id");
CREATE INDEX "payable_visit_id_idx" ON "payable"("visit_id");
CREATE INDEX "payable_payer_kind_payer_id_state_idx" ON "payable"("payer_kind", "payer_id", "state");
CREATE INDEX "payable_provider_id_state_idx" ON "payable"("provider_id", "state");
CREATE INDEX "payable_allocation_id_idx" ON "payable"("allocation_id");
CREATE INDEX "payable_person_id_idx" ON "payable"("person_id");
CREATE INDEX "payable_payment_id_idx" ON "payable"("payment_id");
CREATE INDEX "payable_invoice_id_idx" ON "payable"("invoice_id");
CREATE INDEX "payable_order_id_idx" ON "payable"("order_id");
CREATE INDEX "payable_refund_id_idx" ON "payable"("refund_id");
CREATE UNIQUE INDEX "payment_reference_key" ON "payment"("reference");
CREATE UNIQUE INDEX "payment_external_id_key" ON "payment"("external_id");
CREATE INDEX "payment_run_id_idx" ON "payment"("run_id");
CREATE INDEX "payment_payer_kind_payer_id_state_idx" ON "payment"("payer_kind", "payer_id", "state");
CREATE INDEX "payment_provider_id_started_at_idx" ON "payment"("provider_id", "started_at");
CREATE INDEX "payment_state_next_try_at_idx" ON "payment"("state", "next_try_at");
CREATE INDEX "payment_line_payable_id_idx" ON "payment_line"("payable_id");
CREATE UNIQUE INDEX "payment_run_council_id_number_key" ON "payment_run"("council_id", "number");
CREATE INDEX "council_supplier_provider_id_idx" ON "council_supplier"("provider_id");
CREATE UNIQUE INDEX "council_supplier_council_id_number_key" ON "council_supplier"("council_id", "number");
CREATE INDEX "council_order_council_id_state_idx" ON "council_order"("council_id", "state");
CREATE INDEX "council_order_person_id_idx" ON "council_order"("person_id");
CREATE INDEX "council_order_provider_id_idx" ON "council_order"("provider_id");
CREATE INDEX "council_order_allocation_id_idx" ON "council_order"("allocation_id");
CREATE INDEX "council_order_category_code_idx" ON "council_order"("category_code");
CREATE UNIQUE INDEX "council_order_council_id_number_key" ON "council_order"("council_id", "number");
CREATE INDEX "payee_account_provider_id_state_idx" ON "payee_account"("provider_id", "state");
CREATE UNIQUE INDEX "connected_account_provider_id_key" ON "connected_account"("provider_id");
CREATE UNIQUE INDEX "connected_account_council_id_key" ON "connected_account"("council_id");
CREATE UNIQUE INDEX "connected_account_external_id_key" ON "connected_account"("external_id");
CREATE UNIQUE INDEX "payout_external_id_key" ON "payout"("external_id");
CREATE INDEX "payout_account_id_arrives_on_idx" ON "payout"("account_id", "arrives_on");
CREATE UNIQUE INDEX "payment_dispute_external_id_key" ON "payment_dispute"("external_id");
CREATE INDEX "payment_dispute_payment_id_idx" ON "payment_dispute"("payment_id");
CREATE UNIQUE INDEX "saved_card_external_id_key" ON "saved_card"("external_id");
CREATE INDEX "saved_card_person_id_idx" ON "saved_card"("person_id");
CREATE INDEX "webhook_event_handled_at_received_at_idx" ON "webhook_event"("handled_at", "received_at");
CREATE UNIQUE INDEX "webhook_event_source_external_id_key" ON "webhook_event"("source", "external_id");
CREATE INDEX "refund_visit_id_idx" ON "refund"("visit_id");
CREATE INDEX "refund_person_id_idx" ON "refund"("person_id");
CREATE INDEX "refund_provider_id_state_idx" ON "refund"("provider_id", "state");
CREATE UNIQUE INDEX "reconciliation_item_key_key" ON "reconciliation_item"("key");
CREATE INDEX "reconciliation_item_state_found_at_idx" ON "reconciliation_item"("state", "found_at");
CREATE INDEX "reconciliation_item_council_id_state_idx" ON "reconciliation_item"("council_id", "state");
CREATE UNIQUE INDEX "hours_answer_person_id_quarter_key" ON "hours_answer"("person_id", "quarter");
CREATE INDEX "pool_provider_id_idx" ON "pool"("provider_id");
CREATE INDEX "pool_share_person_id_idx" ON "pool_share"("person_id");
CREATE INDEX "pool_share_allocation_id_idx" ON "pool_share"("allocation_id");
CREATE UNIQUE INDEX "pool_share_pool_id_person_id_key" ON "pool_share"("pool_id", "person_id");
CREATE UNIQUE INDEX "monitoring_import_council_id_digest_key" ON "monitoring_import"("council_id", "digest");
CREATE INDEX "monitoring_line_visit_id_idx" ON "monitoring_line"("visit_id");
CREATE INDEX "monitoring_line_state_idx" ON "monitoring_line"("state");
CREATE UNIQUE INDEX "monitoring_line_import_id_visit_id_key" ON "monitoring_line"("import_id", "visit_id");
ALTER TABLE "bank_line" ADD CONSTRAINT "bank_line_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "bank_import"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_towards_id_fkey" FOREIGN KEY ("towards_id") REFERENCES "allocation"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "allocation"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "deployment_choice" ADD CONSTRAINT "deployment_choice_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "surplus_case" ADD CONSTRAINT "surplus_case_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "surplus_case" ADD CONSTRAINT "surplus_case_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "council_money" ADD CONSTRAINT "council_money_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "card_programme" ADD CONSTRAINT "card_programme_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "card" ADD CONSTRAINT "card_programme_id_fkey" FOREIGN KEY ("programme_id") REFERENCES "card_programme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "card" ADD CONSTRAINT "card_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "card" ADD CONSTRAINT "card_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "card" ADD CONSTRAINT "card_replaces_id_fkey" FOREIGN KEY ("replaces_id") REFERENCES "card"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "card_transaction" ADD CONSTRAINT "card_transaction_card_id_fkey" FOREIGN KEY ("card_id") REFERENCES "card"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "contribution_assessment" ADD CONSTRAINT "contribution_assessment_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "contribution_assessment" ADD CONSTRAINT "contribution_assessment_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "contribution_week" ADD CONSTRAINT "contribution_week_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "contribution_week" ADD CONSTRAINT "contribution_week_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "contribution_payment" ADD CONSTRAINT "contribution_payment_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "contribution_payment" ADD CONSTRAINT "contribution_payment_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "direct_debit_mandate" ADD CONSTRAINT "direct_debit_mandate_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "direct_debit_mandate" ADD CONSTRAINT "direct_debit_mandate_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "contribution_dispute" ADD CONSTRAINT "contribution_dispute_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "contribution_dispute" ADD CONSTRAINT "contribution_dispute_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "employment" ADD CONSTRAINT "employment_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "employment" ADD CONSTRAINT "employment_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "employment" ADD CONSTRAINT "employment_bureau_provider_id_fkey" FOREIGN KEY ("bureau_provider_id") REFERENCES "provider"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "timesheet" ADD CONSTRAINT "timesheet_employment_id_fkey" FOREIGN KEY ("employment_id") REFERENCES "employment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "timesheet_day" ADD CONSTRAINT "timesheet_day_timesheet_id_fkey" FOREIGN KEY ("timesheet_id") REFERENCES "timesheet"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "payroll_result" ADD CONSTRAINT "payroll_result_timesheet_id_fkey" FOREIGN KEY ("timesheet_id") REFERENCES "timesheet"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ring_fence" ADD CONSTRAINT "ring_fence_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "fund_agreement" ADD CONSTRAINT "fund_agreement_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "fund_agreement" ADD CONSTRAINT "fund_agreement_holder_provider_id_fkey" FOREIGN KEY ("holder_provider_id") REFERENCES "provider"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "agreement_breach" ADD CONSTRAINT "agreement_breach_agreement_id_fkey" FOREIGN KEY ("agreement_id") REFERENCES "fund_agreement"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "payment_instruction" ADD CONSTRAINT "payment_instruction_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment_instruction" ADD CONSTRAINT "payment_instruction_purchase_id_fkey" FOREIGN KEY ("purchase_id") REFERENCES "purchase"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "purchase" ADD CONSTRAINT "purchase_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "purchase" ADD CONSTRAINT "purchase_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "purchase" ADD CONSTRAINT "purchase_category_code_fkey" FOREIGN KEY ("category_code") REFERENCES "category"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_purchase_id_fkey" FOREIGN KEY ("purchase_id") REFERENCES "purchase"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_corrects_id_fkey" FOREIGN KEY ("corrects_id") REFERENCES "invoice"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_refund_id_fkey" FOREIGN KEY ("refund_id") REFERENCES "refund"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "invoice_line" ADD CONSTRAINT "invoice_line_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "billing" ADD CONSTRAINT "billing_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payable" ADD CONSTRAINT "payable_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payment"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "payable" ADD CONSTRAINT "payable_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "payable" ADD CONSTRAINT "payable_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payable" ADD CONSTRAINT "payable_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payable" ADD CONSTRAINT "payable_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payable" ADD CONSTRAINT "payable_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "council_order"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "payable" ADD CONSTRAINT "payable_refund_id_fkey" FOREIGN KEY ("refund_id") REFERENCES "refund"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "payable" ADD CONSTRAINT "payable_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoice"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "payment" ADD CONSTRAINT "payment_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment" ADD CONSTRAINT "payment_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "payment_run"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "payment_line" ADD CONSTRAINT "payment_line_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment_line" ADD CONSTRAINT "payment_line_payable_id_fkey" FOREIGN KEY ("payable_id") REFERENCES "payable"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment_run" ADD CONSTRAINT "payment_run_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "council_supplier" ADD CONSTRAINT "council_supplier_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "council_supplier" ADD CONSTRAINT "council_supplier_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "council_order" ADD CONSTRAINT "council_order_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "council_order" ADD CONSTRAINT "council_order_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "council_order" ADD CONSTRAINT "council_order_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "council_order" ADD CONSTRAINT "council_order_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "council_order" ADD CONSTRAINT "council_order_category_code_fkey" FOREIGN KEY ("category_code") REFERENCES "category"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payee_account" ADD CONSTRAINT "payee_account_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "connected_account" ADD CONSTRAINT "connected_account_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "connected_account" ADD CONSTRAINT "connected_account_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "payout" ADD CONSTRAINT "payout_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "connected_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment_dispute" ADD CONSTRAINT "payment_dispute_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "saved_card" ADD CONSTRAINT "saved_card_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "refund" ADD CONSTRAINT "refund_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "refund" ADD CONSTRAINT "refund_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "refund" ADD CONSTRAINT "refund_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "hours_answer" ADD CONSTRAINT "hours_answer_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "pool" ADD CONSTRAINT "pool_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "pool_share" ADD CONSTRAINT "pool_share_pool_id_fkey" FOREIGN KEY ("pool_id") REFERENCES "pool"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "pool_share" ADD CONSTRAINT "pool_share_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "pool_share" ADD CONSTRAINT "pool_share_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "monitoring_import" ADD CONSTRAINT "monitoring_import_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "monitoring_line" ADD CONSTRAINT "monitoring_line_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "monitoring_import"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "monitoring_line" ADD CONSTRAINT "monitoring_line_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What must never be false.
ALTER TABLE payable
  ADD CONSTRAINT payable_amount CHECK (pence <> 0 AND (refund_id IS NULL) = (pence > 0)),
  ADD CONSTRAINT payable_is_in_a_payment_or_due CHECK ((state = 'due') = (payment_id IS NULL)),
  ADD CONSTRAINT payable_council_order CHECK (order_id IS NULL OR payer_kind = 'council');
CREATE UNIQUE INDEX payable_once_a_visit ON payable (visit_id, allocation_id) WHERE refund_id IS NULL;
CREATE UNIQUE INDEX payable_once_a_refund ON payable (refund_id, allocation_id) WHERE refund_id IS NOT NULL;
CREATE INDEX payable_not_invoiced ON payable (provider_id, payer_kind, payer_id, on_day) WHERE invoice_id IS NULL;
ALTER TABLE payment
  ADD CONSTRAINT payment_amount CHECK (fee_pence >= 0 AND (pence <> 0 OR method = 'set_off')),
  ADD CONSTRAINT payment_run_pays_for_councils CHECK (run_id IS NULL OR payer_kind = 'council');
ALTER TABLE payment_run
  ADD CONSTRAINT payment_run_maker_is_not_approver CHECK (approved_by_id <> made_by_id),
  ADD CONSTRAINT payment_run_sent_was_approved CHECK (state NOT IN ('approved', 'sent', 'finished') OR approved_by_id IS NOT NULL);
ALTER TABLE council_supplier ADD CONSTRAINT council_supplier_number CHECK (number <> '');
ALTER TABLE council_order
  ADD CONSTRAINT council_order_is_whole CHECK (state <> 'placed' OR (number <> '' AND cost_code <> '' AND case_reference <> '' AND placed_by_id IS NOT NULL) IS TRUE),
  ADD CONSTRAINT council_order_dates CHECK (ends_on >= starts_on);
ALTER TABLE payee_account
  ADD CONSTRAINT payee_account_numbers CHECK (sort_code ~ '^[0-9]{6}$' AND account_number ~ '^[0-9]{8}$'),
  ADD CONSTRAINT payee_account_was_called_back CHECK (state NOT IN ('cooling', 'active') OR (called_back_at IS NOT NULL AND usable_from IS NOT NULL));
CREATE UNIQUE INDEX payee_account_one_active ON payee_account (provider_id) WHERE state = 'active';
CREATE UNIQUE INDEX payee_account_one_coming ON payee_account (provider_id) WHERE state IN ('proposed', 'cooling');
ALTER TABLE connected_account ADD CONSTRAINT connected_account_of_one CHECK (num_nonnulls(provider_id, council_id) = 1);
ALTER TABLE payout ADD CONSTRAINT payout_state CHECK (state IN ('pending', 'paid', 'failed'));
ALTER TABLE payment_dispute ADD CONSTRAINT payment_dispute_state CHECK (state IN ('open', 'won', 'lost') AND pence > 0);
ALTER TABLE refund
  ADD CONSTRAINT refund_amount CHECK (pence > 0 AND person_pence BETWEEN 0 AND pence),
  ADD CONSTRAINT refund_was_decided CHECK (state = 'asked' OR (decided_by_id IS NOT NULL AND decided_at IS NOT NULL));
ALTER TABLE contribution_assessment
  ADD CONSTRAINT contribution_assessment_amount CHECK (weekly_pence >= 0),
  ADD CONSTRAINT contribution_assessment_dates CHECK (ends_on IS NULL OR ends_on >= starts_on);
ALTER TABLE contribution_week
  ADD CONSTRAINT contribution_week_never_more_than_the_care CHECK (charged_pence BETWEEN 0 AND least(cost_pence, assessed_pence)),
  ADD CONSTRAINT contribution_week_is_a_monday CHECK (extract(isodow FROM week_starts_on) = 1);
ALTER TABLE contribution_payment
  ADD CONSTRAINT contribution_payment_amount CHECK (pence > 0 AND method IN ('transfer', 'card', 'direct_debit'));
ALTER TABLE contribution_dispute
  ADD CONSTRAINT contribution_dispute_words CHECK (kind IN ('dispute', 'write_off') AND state IN ('open', 'agreed', 'refused') AND pence > 0);
ALTER TABLE direct_debit_mandate ADD CONSTRAINT direct_debit_mandate_state CHECK (state IN ('asked', 'active', 'ended'));
ALTER TABLE bank_line ADD CONSTRAINT bank_line_amount CHECK (pence <> 0),
  ADD CONSTRAINT bank_line_matched_with CHECK (state NOT IN ('matched', 'suggested') OR subject_id IS NOT NULL);
ALTER TABLE card_programme
  ADD CONSTRAINT card_programme_limits CHECK (coalesce(most_at_once_pence, 1) > 0 AND coalesce(most_a_day_pence, 1) > 0 AND coalesce(most_cash_a_day_pence, 1) > 0),
  ADD CONSTRAINT card_programme_adapter CHECK (adapter IN ('emulator', 'file', 'issuing'));
ALTER TABLE card ADD CONSTRAINT card_last4 CHECK (last4 ~ '^[0-9]{4}$');
ALTER TABLE card_transaction ADD CONSTRAINT card_transaction_amount CHECK (pence > 0);
ALTER TABLE fund_agreement ADD CONSTRAINT fund_agreement_amounts CHECK (fee_weekly_pence >= 0 AND coalesce(most_at_once_pence, 1) > 0);
ALTER TABLE payment_instruction
  ADD CONSTRAINT payment_instruction_amount CHECK (pence > 0 AND num_nonnulls(payable_id, purchase_id) = 1);
CREATE UNIQUE INDEX payment_instruction_once ON payment_instruction (payable_id) WHERE payable_id IS NOT NULL AND state IN ('asked', 'done');
ALTER TABLE purchase
  ADD CONSTRAINT purchase_amount CHECK (pence > 0 AND coalesce(paid_pence, 1) > 0),
  ADD CONSTRAINT purchase_was_agreed CHECK (state NOT IN ('agreed', 'ordered', 'paid') OR agreed_at IS NOT NULL),
  ADD CONSTRAINT purchase_was_paid CHECK ((state = 'paid') = (paid_pence IS NOT NULL AND paid_on IS NOT NULL));
ALTER TABLE evidence
  ADD CONSTRAINT evidence_is_small CHECK (octet_length(bytes) BETWEEN 1 AND 5242880),
  ADD CONSTRAINT evidence_kind CHECK (mime IN ('application/pdf', 'image/jpeg', 'image/png'));
ALTER TABLE employment
  ADD CONSTRAINT employment_terms CHECK (hourly_pence > 0 AND weekly_minutes > 0 AND payroll_fee_pence >= 0 AND (ends_on IS NULL OR ends_on >= starts_on));
ALTER TABLE timesheet ADD CONSTRAINT timesheet_period CHECK (period_ends_on > period_starts_on);
ALTER TABLE timesheet_day ADD CONSTRAINT timesheet_day_minutes CHECK (minutes BETWEEN 1 AND 1440);
ALTER TABLE payroll_result
  ADD CONSTRAINT payroll_result_adds_up CHECK (
    least(net_pence, tax_pence, employee_insurance_pence, employer_insurance_pence, employee_pension_pence, employer_pension_pence, fee_pence) >= 0
    AND total_pence = net_pence + tax_pence + employee_insurance_pence + employer_insurance_pence + employee_pension_pence + employer_pension_pence + fee_pence);
ALTER TABLE ring_fence ADD CONSTRAINT ring_fence_amount CHECK (pence >= 0);
ALTER TABLE invoice
  ADD CONSTRAINT invoice_adds_up CHECK (gross_pence = net_pence + vat_pence AND net_pence >= 0 AND vat_pence >= 0 AND number > 0),
  ADD CONSTRAINT invoice_credit_note_corrects CHECK ((kind = 'credit_note') = (corrects_id IS NOT NULL));
ALTER TABLE billing
  ADD CONSTRAINT billing_words CHECK (every IN ('week', 'four_weeks', 'month') AND vat_status IN ('not_registered', 'registered') AND days_to_pay BETWEEN 0 AND 90
    AND prefix ~ '^[A-Z0-9]{1,8}-$' AND (vat_status = 'not_registered' OR vat_number IS NOT NULL));
ALTER TABLE pool ADD CONSTRAINT pool_words CHECK (state IN ('open', 'committed', 'released', 'settled') AND total_pence > 0);
ALTER TABLE pool_share ADD CONSTRAINT pool_share_amount CHECK (pence > 0);
ALTER TABLE monitoring_line
  ADD CONSTRAINT monitoring_line_minutes CHECK (minutes BETWEEN 0 AND 1440 AND state IN ('applied', 'waits', 'approved', 'refused'));
ALTER TABLE surplus_case
  ADD CONSTRAINT surplus_case_amounts CHECK (surplus_pence > 0 AND (reclaim_pence IS NULL OR reclaim_pence BETWEEN 0 AND surplus_pence));
CREATE UNIQUE INDEX surplus_case_one_open ON surplus_case (allocation_id) WHERE state NOT IN ('reclaimed', 'closed');
ALTER TABLE council_money
  ADD CONSTRAINT council_money_words CHECK (instalments_arrive IN ('schedule', 'recorded') AND coalesce(surplus_weeks, 1) > 0 AND answer_days > 0 AND appeal_days > 0);
ALTER TABLE funding_stream
  ADD CONSTRAINT funding_stream_words CHECK (area IN ('anywhere', 'council') AND carry_over IN ('none', 'all') AND receipts IN ('none', 'over', 'all')
    AND (receipts = 'over') = (receipts_over_pence IS NOT NULL));
ALTER TABLE allocation ADD CONSTRAINT allocation_towards_another CHECK (towards_id <> id AND replaces_id <> id);
ALTER TABLE instalment
  ADD CONSTRAINT instalment_arrival CHECK ((arrived_pence IS NULL OR arrived_pence > 0) AND (source IS NULL OR source IN ('schedule', 'file', 'bank', 'card', 'hand')));
ALTER TABLE reconciliation_item ADD CONSTRAINT reconciliation_item_words CHECK (state IN ('open', 'explained', 'gone') AND source IN ('payments', 'payment_run', 'cards', 'bank'));
ALTER TABLE hours_answer ADD CONSTRAINT hours_answer_minutes CHECK (minutes BETWEEN 0 AND 60000);

-- Aftercare under section 117 of the Mental Health Act is free.
CREATE FUNCTION refuse_charge_for_aftercare() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.weekly_pence > 0 AND EXISTS (SELECT 1 FROM person p WHERE p.id = NEW.person_id AND p.section_117) THEN
    RAISE EXCEPTION 'aftercare under section 117 is free' USING ERRCODE = '23514', CONSTRAINT = 'contribution_assessment_section_117';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER contribution_assessment_section_117 BEFORE INSERT ON contribution_assessment
  FOR EACH ROW EXECUTE FUNCTION refuse_charge_for_aftercare();

-- What was issued, assessed, chosen or sent stays as it was.
CREATE TRIGGER invoice_frozen BEFORE UPDATE OR DELETE ON invoice FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();
CREATE TRIGGER invoice_line_frozen BEFORE UPDATE OR DELETE ON invoice_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();
CREATE TRIGGER payment_line_frozen BEFORE UPDATE OR DELETE ON payment_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();
CREATE TRIGGER contribution_assessment_frozen BEFORE UPDATE ON contribution_assessment FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();
CREATE TRIGGER deployment_choice_frozen BEFORE UPDATE ON deployment_choice FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();
REVOKE UPDATE, DELETE ON invoice, invoice_line, payment_line, contribution_assessment, deployment_choice FROM kith_app;

-- The obligation book may stand on either side: after a refund of what was paid, the provider owes (docs/decisions, "What is owed may
-- go below zero"). Invariant 3 is about a budget's own accounts.
ALTER TABLE ledger_account DROP CONSTRAINT ledger_account_bounds,
  ADD CONSTRAINT ledger_account_bounds CHECK (book = 'obligation' OR CASE WHEN credit THEN balance <= 0 ELSE balance >= 0 END);

CREATE OR REPLACE FUNCTION ledger_post(p_journals jsonb, p_accounts jsonb DEFAULT '[]')
RETURNS TABLE (journal_id uuid, journal_key text, created boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  v_journal jsonb;
  v_posting jsonb;
  v_digest text;
  v_known text;
  v_ids uuid[] := '{}';
  v_new boolean[] := '{}';
  v_refund boolean := false;
  -- One entry a posting of the journals that are new.
  k_journal uuid[] := '{}';
  k_line int[] := '{}';
  k_key text[] := '{}';
  k_amount bigint[] := '{}';
  k_booking uuid[] := '{}';
  k_visit uuid[] := '{}';
  k_ref uuid[] := '{}';
  k_account uuid[] := '{}';
  k_allocation uuid[] := '{}';
  k_before bigint[] := '{}';
  -- One entry an account, in id order; v_at says where a key stands in them.
  a_id uuid[];
  a_kind ledger_account_kind[];
  a_credit boolean[];
  a_allocation uuid[];
  a_balance bigint[];
  v_at jsonb;
  v_n int;
  v_balance bigint;
  v_held boolean := false;
  v_gives_back boolean := false;
BEGIN
  FOR i IN 0 .. jsonb_array_length(p_journals) - 1 LOOP
    v_journal := p_journals -> i;
    v_digest := md5((v_journal ->> 'kind') || coalesce(v_journal ->> 'reverses_id', '') || (v_journal -> 'postings')::text);
    -- The key comes first: a second caller with the same key waits here until the first is done.
    INSERT INTO ledger_journal (id, key, kind, effective_at, actor_user_id, person_id, authority_id, reverses_id, note, digest)
    VALUES ((v_journal ->> 'id')::uuid, v_journal ->> 'key', (v_journal ->> 'kind')::journal_kind, (v_journal ->> 'effective_at')::timestamptz,
            (v_journal ->> 'actor_user_id')::uuid, (v_journal ->> 'person_id')::uuid, (v_journal ->> 'authority_id')::uuid,
            (v_journal ->> 'reverses_id')::uuid, coalesce(v_journal ->> 'note', ''), v_digest)
    ON CONFLICT (key) DO NOTHING;
    v_new := v_new || FOUND;
    IF FOUND THEN
      v_ids := v_ids || (v_journal ->> 'id')::uuid;
      v_refund := v_refund OR v_journal ->> 'kind' = 'refund';
      FOR l IN 0 .. jsonb_array_length(v_journal -> 'postings') - 1 LOOP
        v_posting := v_journal -> 'postings' -> l;
        k_journal := k_journal || (v_journal ->> 'id')::uuid;
        k_line := k_line || l + 1;
        k_key := k_key || (v_posting ->> 'account');
        k_amount := k_amount || (v_posting ->> 'amount')::bigint;
        k_booking := k_booking || (v_posting ->> 'booking_id')::uuid;
        k_visit := k_visit || (v_posting ->> 'visit_id')::uuid;
        k_ref := k_ref || coalesce((v_posting ->> 'ref_id')::uuid, (v_posting ->> 'visit_id')::uuid);
      END LOOP;
    ELSE
      SELECT v_ids || l.id, l.digest INTO v_ids, v_known FROM ledger_journal l WHERE l.key = v_journal ->> 'key';
      IF v_known <> v_digest THEN
        RAISE EXCEPTION 'this key was used for another journal' USING ERRCODE = 'KL001';
      END IF;
    END IF;
  END LOOP;

  IF cardinality(k_key) > 0 THEN
    FOR attempt IN 1 .. 2 LOOP
      -- Invariant 8: always in id order, so two callers cannot wait for each other.
      SELECT array_agg(l.id), array_agg(l.kind), array_agg(l.credit), array_agg(l.allocation_id), array_agg(l.balance), coalesce(jsonb_object_agg(l.key, l.n), '{}')
        INTO a_id, a_kind, a_credit, a_allocation, a_balance, v_at
      FROM (SELECT s.*, row_number() OVER () AS n
            FROM (SELECT a.id, a.key, a.kind, a.credit, a.allocation_id, a.balance FROM ledger_account a
                  WHERE a.key = ANY (k_key) ORDER BY a.id FOR UPDATE) s) l;
      EXIT WHEN v_at ?& k_key;
      IF attempt = 2 THEN
        RAISE EXCEPTION 'no such account' USING ERRCODE = 'KL004';
      END IF;
      INSERT INTO ledger_account (id, key, kind, allocation_id, payer_kind, payer_id, provider_id, person_id, council_id)
      SELECT r.id, r.key, r.kind, r.allocation_id, r.payer_kind, r.payer_id, r.provider_id, r.person_id, r.council_id
      FROM jsonb_to_recordset(p_accounts) AS r (id uuid, key text, kind ledger_account_kind, allocation_id uuid, payer_kind payer_kind,
                                                payer_id uuid, provider_id uuid, person_id uuid, council_id uuid)
      ORDER BY r.key
      ON CONFLICT (key) DO NOTHING;
    END LOOP;

    FOR i IN 1 .. cardinality(k_key) LOOP
      v_n := (v_at ->> k_key[i])::int;
      v_balance := a_balance[v_n] + k_amount[i];
      -- Invariant 3, at every step and not only at the end. The kinds up to 'spent' are the budget's.
      IF a_kind[v_n] <= 'spent' AND (CASE WHEN a_credit[v_n] THEN v_balance > 0 ELSE v_balance < 0 END) THEN
        RAISE EXCEPTION 'an account would leave its bounds' USING ERRCODE = 'KL002', DETAIL = k_key[i];
      END IF;
      k_account := k_account || a_id[v_n];
      k_allocation := k_allocation || a_allocation[v_n];
      k_before := k_before || a_balance[v_n];
      a_balance[v_n] := v_balance;
      IF a_kind[v_n] = 'held' THEN
        v_held := true;
        v_gives_back := v_gives_back OR k_amount[i] < 0;
      ELSE
        k_ref[i] := NULL;
      END IF;
    END LOOP;

    WITH written AS (
      INSERT INTO ledger_posting (journal_id, line, account_id, amount, balance_before, balance_after, allocation_id, booking_id, visit_id, ref_id)
      SELECT k.journal, k.line, k.account, k.amount, k.before, k.before + k.amount, k.allocation, k.booking, k.visit, k.ref
      FROM unnest(k_journal, k_line, k_account, k_amount, k_before, k_allocation, k_booking, k_visit, k_ref)
        AS k (journal, line, account, amount, before, allocation, booking, visit, ref)
    )
    UPDATE ledger_account a SET balance = s.balance FROM unnest(a_id, a_balance) AS s (id, balance) WHERE a.id = s.id;

    -- Invariant 6: what is set aside for each visit or purchase.
    IF v_gives_back AND EXISTS (
      SELECT 1 FROM (SELECT k.allocation, k.ref, sum(k.amount) AS amount FROM unnest(k_allocation, k_ref, k_amount) AS k (allocation, ref, amount)
                     WHERE k.ref IS NOT NULL GROUP BY 1, 2) s
      LEFT JOIN ledger_hold h ON h.allocation_id = s.allocation AND h.ref_id = s.ref
      WHERE coalesce(h.amount, 0) + s.amount < 0) THEN
      RAISE EXCEPTION 'more would be taken from a hold than it has' USING ERRCODE = 'KL006';
    END IF;
    IF v_gives_back THEN
      WITH moves AS MATERIALIZED (
        SELECT k.allocation, k.ref, (array_agg(k.booking))[1] AS booking, sum(k.amount)::bigint AS amount
        FROM unnest(k_allocation, k_ref, k_booking, k_amount) AS k (allocation, ref, booking, amount) WHERE k.ref IS NOT NULL GROUP BY 1, 2
      ), moved AS (
        UPDATE ledger_hold h SET amount = h.amount + m.amount FROM moves m
        WHERE h.allocation_id = m.allocation AND h.ref_id = m.ref RETURNING h.allocation_id, h.ref_id
      )
      INSERT INTO ledger_hold (allocation_id, ref_id, booking_id, amount)
      SELECT m.allocation, m.ref, m.booking, m.amount FROM moves m
      WHERE NOT EXISTS (SELECT 1 FROM moved x WHERE x.allocation_id = m.allocation AND x.ref_id = m.ref);
    ELSIF v_held THEN
      INSERT INTO ledger_hold AS h (allocation_id, ref_id, booking_id, amount)
      SELECT k.allocation, k.ref, (array_agg(k.booking))[1], sum(k.amount)::bigint
      FROM unnest(k_allocation, k_ref, k_booking, k_amount) AS k (allocation, ref, booking, amount) WHERE k.ref IS NOT NULL GROUP BY 1, 2
      ON CONFLICT (allocation_id, ref_id) DO UPDATE SET amount = h.amount + excluded.amount;
    END IF;

    -- Invariant 7: money goes back to where it came from, and no more than was spent.
    IF v_refund AND EXISTS (
      SELECT 1
      FROM ledger_journal r
      JOIN ledger_posting q ON q.journal_id = r.id
      JOIN ledger_account a ON a.id = q.account_id AND a.kind = 'spent'
      WHERE r.id = ANY (k_journal) AND r.kind = 'refund'
        AND (SELECT coalesce(sum(o.amount), 0) FROM ledger_journal oj JOIN ledger_posting o ON o.journal_id = oj.id AND o.account_id = a.id
             WHERE oj.id = r.reverses_id OR (oj.reverses_id = r.reverses_id AND oj.kind = 'refund')) < 0) THEN
      RAISE EXCEPTION 'a refund goes back to the allocation that paid, and is never more than it paid' USING ERRCODE = 'KL005';
    END IF;
  END IF;

  FOR i IN 1 .. cardinality(v_ids) LOOP
    journal_id := v_ids[i];
    journal_key := p_journals -> (i - 1) ->> 'key';
    created := v_new[i];
    RETURN NEXT;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION ledger_faults() RETURNS TABLE (invariant int, subject text)
LANGUAGE sql STABLE AS $$
  SELECT 1, q.journal_id::text || ' ' || a.book::text FROM ledger_posting q JOIN ledger_account a ON a.id = q.account_id
    GROUP BY q.journal_id, a.book, a.allocation_id HAVING sum(q.amount) <> 0
  UNION ALL
  SELECT DISTINCT 2, 'history of ' || a.key FROM (
    SELECT p.account_id FROM (
      SELECT account_id, balance_after AS value, 1 AS n FROM ledger_posting
      UNION ALL SELECT account_id, balance_before, -1 FROM ledger_posting
      UNION ALL SELECT id, 0, 1 FROM ledger_account
      UNION ALL SELECT id, balance, -1 FROM ledger_account) p
    GROUP BY p.account_id, p.value HAVING sum(p.n) <> 0) broken JOIN ledger_account a ON a.id = broken.account_id
  UNION ALL
  SELECT 2, 'journal without postings ' || j.id::text FROM ledger_journal j
    WHERE NOT EXISTS (SELECT 1 FROM ledger_posting q WHERE q.journal_id = j.id)
  UNION ALL
  SELECT 3, key FROM ledger_account
    WHERE book = 'budget' AND CASE WHEN credit THEN balance > 0 ELSE balance < 0 END
  UNION ALL
  SELECT 4, a.key FROM ledger_account a LEFT JOIN (SELECT account_id, sum(amount) AS amount FROM ledger_posting GROUP BY 1) s ON s.account_id = a.id
    WHERE a.balance <> coalesce(s.amount, 0)
  UNION ALL
  SELECT 5, key FROM ledger_journal GROUP BY key HAVING count(*) > 1
  UNION ALL
  SELECT 6, 'hold ' || coalesce(h.ref_id, s.ref_id)::text
    FROM ledger_hold h FULL JOIN (SELECT allocation_id, ref_id, sum(amount) AS amount FROM ledger_posting WHERE ref_id IS NOT NULL GROUP BY 1, 2) s
      ON s.allocation_id = h.allocation_id AND s.ref_id = h.ref_id
    WHERE coalesce(h.amount, 0) <> coalesce(s.amount, 0)
  UNION ALL
  SELECT 6, 'held of ' || a.allocation_id::text FROM ledger_account a
    LEFT JOIN (SELECT allocation_id, sum(amount) AS amount FROM ledger_hold GROUP BY 1) h ON h.allocation_id = a.allocation_id
    WHERE a.kind = 'held' AND a.balance <> coalesce(h.amount, 0)
  UNION ALL
  SELECT 7, 'refund ' || r.reverses_id::text || ' ' || a.key
    FROM ledger_journal r
    JOIN ledger_posting q ON q.journal_id = r.id
    JOIN ledger_account a ON a.id = q.account_id AND a.kind = 'spent'
    WHERE r.kind = 'refund'
    GROUP BY r.reverses_id, a.id, a.key
    HAVING sum(q.amount) + (SELECT coalesce(sum(o.amount), 0) FROM ledger_posting o WHERE o.journal_id = r.reverses_id AND o.account_id = a.id) < 0
$$;

UPDATE allocation SET pay_by = 'prepaid_card' WHERE deployment = 'direct_payment_card';

-- What is owed for each visit that was settled before there were payables, and how far its payment had come.
INSERT INTO payable (id, visit_id, booking_id, allocation_id, person_id, provider_id, payer_kind, payer_id, pence, state, payment_id, on_day, created_at)
SELECT gen_random_uuid(), o.visit_id, o.booking_id, o.allocation_id, o.person_id, o.provider_id, o.payer_kind, o.payer_id, o.pence, 'due', NULL, o.on_day, o.settled_at
FROM (
  SELECT v.id AS visit_id, v.booking_id, f.allocation_id, v.person_id, v.provider_id, coalesce(v.settled_at, v.updated_at) AS settled_at,
    (v.starts_at AT TIME ZONE 'Europe/London')::date AS on_day, w.payer_kind, w.payer_id, sum(f.used_pence)::int AS pence
  FROM visit v JOIN funding_line f ON f.visit_id = v.id AND f.state = 'used' AND f.used_pence > 0
  JOIN allocation a ON a.id = f.allocation_id JOIN person p ON p.id = v.person_id
  CROSS JOIN LATERAL (SELECT
    (CASE a.deployment WHEN 'council_managed' THEN 'council' WHEN 'adviser_held' THEN 'council'
       WHEN 'individual_service_fund' THEN 'fund_holder' WHEN 'direct_payment_managed_account' THEN 'fund_holder' ELSE 'person' END)::payer_kind AS payer_kind,
    CASE a.deployment WHEN 'council_managed' THEN p.council_id WHEN 'adviser_held' THEN p.council_id
       WHEN 'individual_service_fund' THEN a.holder_provider_id WHEN 'direct_payment_managed_account' THEN a.holder_provider_id ELSE v.person_id END AS payer_id) w
  WHERE v.state = 'settled'
  GROUP BY v.id, f.allocation_id, w.payer_kind, w.payer_id
) o;
WITH paid AS (
  SELECT p.id AS payable, gen_random_uuid() AS payment, c.effective_at AS ended, s.effective_at AS sent
  FROM payable p
  JOIN ledger_journal s ON s.key = 'pay:' || p.visit_id || ':' || p.payer_kind || ':' || p.payer_id || ':sent'
  LEFT JOIN ledger_journal c ON c.key = 'pay:' || p.visit_id || ':' || p.payer_kind || ':' || p.payer_id || ':confirmed'
  WHERE NOT EXISTS (SELECT 1 FROM ledger_journal f WHERE f.key = 'pay:' || p.visit_id || ':' || p.payer_kind || ':' || p.payer_id || ':failed')
), made AS (
  INSERT INTO payment (id, reference, payer_kind, payer_id, provider_id, person_id, pence, method, state, started_at, sent_at, ended_at)
  SELECT d.payment, upper(replace(d.payment::text, '-', '')), p.payer_kind, p.payer_id, p.provider_id, p.person_id, p.pence,
    (CASE p.payer_kind WHEN 'council' THEN 'payment_run' WHEN 'fund_holder' THEN 'fund_holder' ELSE 'card' END)::payment_method,
    (CASE WHEN d.ended IS NULL THEN 'sent' ELSE 'confirmed' END)::payment_state, d.sent, d.sent, d.ended
  FROM paid d JOIN payable p ON p.id = d.payable RETURNING id
), lines AS (
  INSERT INTO payment_line (payment_id, payable_id, pence) SELECT d.payment, d.payable, p.pence FROM paid d JOIN payable p ON p.id = d.payable RETURNING payable_id
)
UPDATE payable p SET state = (CASE WHEN d.ended IS NULL THEN 'sent' ELSE 'paid' END)::payable_state, payment_id = d.payment
FROM paid d WHERE p.id = d.payable AND EXISTS (SELECT 1 FROM made) AND EXISTS (SELECT 1 FROM lines);
INSERT INTO ring_fence (id, allocation_id, purpose, pence, updated_at)
SELECT gen_random_uuid(), allocation_id, 'contingency', balance, now() FROM ledger_account WHERE kind = 'ring_fenced' AND balance > 0;

-- What other tables say must be what the ledger says. 9: what is owed, and on its way, for each payer and provider; 10: what a person
-- owes towards gross-charged care; 11: what is kept back.
CREATE FUNCTION money_faults() RETURNS TABLE (invariant int, subject text)
LANGUAGE sql STABLE AS $$
  WITH owed AS (
    SELECT payer_kind, payer_id, provider_id, (CASE WHEN state = 'sent' THEN 'in_transit' ELSE 'due' END)::ledger_account_kind AS kind, sum(pence) AS pence
    FROM payable WHERE state <> 'paid' GROUP BY 1, 2, 3, 4
  )
  SELECT 9, coalesce(a.key, o.kind::text || ':' || o.payer_kind || ':' || o.payer_id || ':' || o.provider_id)
    FROM (SELECT * FROM ledger_account WHERE kind IN ('due', 'in_transit')) a
    FULL JOIN owed o ON o.kind = a.kind AND o.payer_kind = a.payer_kind AND o.payer_id = a.payer_id AND o.provider_id = a.provider_id
    WHERE coalesce(a.balance, 0) <> coalesce(o.pence, 0)
  UNION ALL
  SELECT 9, 'payment ' || p.id::text FROM payment p LEFT JOIN (SELECT payment_id, sum(pence) AS pence FROM payment_line GROUP BY 1) l ON l.payment_id = p.id
    WHERE p.pence <> coalesce(l.pence, 0)
  UNION ALL
  SELECT 10, coalesce(a.key, 'person_due:' || o.person_id || ':' || o.council_id)
    FROM (SELECT * FROM ledger_account WHERE kind = 'person_due') a
    FULL JOIN (SELECT person_id, council_id, sum(pence) AS pence FROM (
        SELECT person_id, council_id, charged_pence AS pence FROM contribution_week
        UNION ALL SELECT person_id, council_id, -pence FROM contribution_payment WHERE state = 'confirmed'
        UNION ALL SELECT person_id, council_id, -pence FROM contribution_dispute WHERE kind = 'write_off' AND state = 'agreed') x GROUP BY 1, 2) o
      ON o.person_id = a.person_id AND o.council_id = a.council_id
    WHERE coalesce(a.balance, 0) <> coalesce(o.pence, 0)
  UNION ALL
  SELECT 11, coalesce(a.key, 'ring_fenced:' || r.allocation_id)
    FROM (SELECT * FROM ledger_account WHERE kind = 'ring_fenced') a
    FULL JOIN (SELECT allocation_id, sum(pence) AS pence FROM ring_fence GROUP BY 1) r ON r.allocation_id = a.allocation_id
    WHERE coalesce(a.balance, 0) <> coalesce(r.pence, 0)
$$;
