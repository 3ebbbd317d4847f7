-- Trusted extensions only, so that any owner of a PostgreSQL 15+ database can migrate it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS cube;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "booking_state" AS ENUM ('draft', 'requested', 'countered', 'accepted', 'paused', 'declined', 'withdrawn', 'expired', 'ended');

-- CreateEnum
CREATE TYPE "visit_state" AS ENUM ('planned', 'started', 'delivered', 'disputed', 'confirmed', 'settled', 'cancelled_free', 'missed_by_provider');

-- CreateEnum
CREATE TYPE "visit_outcome" AS ENUM ('attended', 'amended', 'late_cancellation', 'no_answer');

-- CreateEnum
CREATE TYPE "funding_state" AS ENUM ('planned', 'set_aside', 'released', 'used');

-- CreateEnum
CREATE TYPE "stream_kind" AS ENUM ('adult_social_care', 'nhs_personal_health_budget', 'carer', 'education_and_skills', 'employment', 'equipment', 'voucher', 'contribution', 'own_money');

-- CreateEnum
CREATE TYPE "deployment" AS ENUM ('council_managed', 'direct_payment_bank', 'direct_payment_card', 'direct_payment_managed_account', 'individual_service_fund', 'adviser_held');

-- CreateEnum
CREATE TYPE "cadence" AS ENUM ('once', 'weekly', 'four_weekly', 'monthly');

-- CreateEnum
CREATE TYPE "setting" AS ENUM ('at_home', 'in_community', 'at_venue', 'online', 'live_in');

-- CreateEnum
CREATE TYPE "service_state" AS ENUM ('draft', 'submitted', 'published', 'paused', 'unpublished');

-- CreateEnum
CREATE TYPE "funded_by" AS ENUM ('bought', 'commissioned', 'free');

-- CreateEnum
CREATE TYPE "regulation" AS ENUM ('not_regulated', 'registered', 'exempt');

-- CreateEnum
CREATE TYPE "price_unit" AS ENUM ('hour', 'visit', 'half_day', 'day', 'night', 'week', 'session', 'item', 'fixed');

-- CreateEnum
CREATE TYPE "price_line_kind" AS ENUM ('base', 'weekend', 'bank_holiday', 'evening', 'travel', 'extra');

-- CreateEnum
CREATE TYPE "charging_basis" AS ENUM ('booked_time', 'actual_minutes');

-- CreateEnum
CREATE TYPE "personal_care" AS ENUM ('yes', 'no', 'maybe');

-- CreateEnum
CREATE TYPE "authority_type" AS ENUM ('informal', 'nominated_person', 'authorised_person', 'attorney_or_deputy_finance', 'attorney_or_deputy_welfare', 'dwp_appointee', 'broker', 'advocate');

-- CreateEnum
CREATE TYPE "authority_scope" AS ENUM ('see_plan', 'see_money', 'message', 'shortlist', 'propose', 'book', 'confirm_hours', 'review', 'manage_money');

-- CreateEnum
CREATE TYPE "staff_role" AS ENUM ('adviser', 'finance', 'commissioner', 'safeguarding', 'council_admin');

-- CreateEnum
CREATE TYPE "entry_kind" AS ENUM ('service', 'place');

-- CreateEnum
CREATE TYPE "ledger_book" AS ENUM ('budget', 'obligation');

-- CreateEnum
CREATE TYPE "ledger_account_kind" AS ENUM ('funder', 'available', 'held', 'ring_fenced', 'spent', 'due', 'in_transit', 'earned', 'person_due', 'council_income');

-- CreateEnum
CREATE TYPE "payer_kind" AS ENUM ('person', 'council', 'fund_holder');

-- CreateEnum
CREATE TYPE "journal_kind" AS ENUM ('allocation_funded', 'hold_placed', 'hold_released', 'visit_settled', 'person_charged', 'person_paid', 'payment_sent', 'payment_confirmed', 'payment_failed', 'refund', 'card_authorised', 'card_cleared', 'card_reversed', 'payroll_paid', 'ring_fenced', 'ring_fence_freed', 'allocation_adjusted', 'surplus_reclaimed', 'correction');

-- CreateEnum
CREATE TYPE "provider_kind" AS ENUM ('unknown', 'user_led_organisation', 'social_enterprise', 'charity', 'community_group', 'cooperative', 'micro_enterprise', 'personal_assistant', 'private_company', 'council_service');

-- CreateEnum
CREATE TYPE "provider_size" AS ENUM ('one', 'two_to_nine', 'ten_to_49', 'fifty_to_249', 'over_249');

-- CreateEnum
CREATE TYPE "member_role" AS ENUM ('owner', 'coordinator', 'worker');

-- CreateEnum
CREATE TYPE "check_kind" AS ENUM ('identity', 'cqc_registration', 'regulation_exemption', 'dbs', 'insurance', 'training', 'user_led_status', 'policies');

-- CreateEnum
CREATE TYPE "check_state" AS ENUM ('not_needed', 'asked', 'evidence_given', 'verified', 'expired', 'refused');

-- CreateEnum
CREATE TYPE "concern_state" AS ENUM ('received', 'looking_into_it', 'closed');

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "two_factor_enabled" BOOLEAN NOT NULL DEFAULT false,
    "operator" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "second_step_at" TIMESTAMPTZ,
    "acting_authority_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth_account" (
    "id" UUID NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ,
    "refresh_token_expires_at" TIMESTAMPTZ,
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "auth_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "auth_verification" (
    "id" UUID NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "auth_verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "passkey" (
    "id" UUID NOT NULL,
    "name" TEXT,
    "public_key" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "credential_id" TEXT NOT NULL,
    "counter" INTEGER NOT NULL,
    "device_type" TEXT NOT NULL,
    "backed_up" BOOLEAN NOT NULL,
    "transports" TEXT,
    "aaguid" TEXT,
    "created_at" TIMESTAMPTZ DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "passkey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "two_factor" (
    "id" UUID NOT NULL,
    "secret" TEXT NOT NULL,
    "backup_codes" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "verified" BOOLEAN NOT NULL DEFAULT true,
    "failed_verification_count" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ,

    CONSTRAINT "two_factor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "availability_rule" (
    "id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "weekday" INTEGER NOT NULL,
    "from_minute" INTEGER NOT NULL,
    "until_minute" INTEGER NOT NULL,
    "valid_from" DATE,
    "valid_until" DATE,

    CONSTRAINT "availability_rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "availability_exception" (
    "id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "closed" BOOLEAN NOT NULL,
    "from_minute" INTEGER,
    "until_minute" INTEGER,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "availability_exception_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "booking" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "person_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "service_version_id" UUID NOT NULL,
    "category_code" TEXT NOT NULL,
    "state" "booking_state" NOT NULL DEFAULT 'draft',
    "terms" JSONB NOT NULL,
    "recurrence" JSONB,
    "choices" JSONB NOT NULL DEFAULT '{}',
    "fund_order" TEXT[],
    "note" TEXT NOT NULL DEFAULT '',
    "place" TEXT NOT NULL DEFAULT '',
    "asked_at" TIMESTAMPTZ,
    "answer_by" TIMESTAMPTZ,
    "answered_at" TIMESTAMPTZ,
    "counter_offer" JSONB,
    "reason" TEXT NOT NULL DEFAULT '',
    "created_by_id" UUID,
    "authority_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "booking_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit" (
    "id" UUID NOT NULL,
    "booking_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "state" "visit_state" NOT NULL DEFAULT 'planned',
    "starts_at" TIMESTAMPTZ NOT NULL,
    "ends_at" TIMESTAMPTZ NOT NULL,
    "minutes" INTEGER NOT NULL,
    "occupied_from" TIMESTAMPTZ NOT NULL,
    "occupied_until" TIMESTAMPTZ NOT NULL,
    "lane_id" UUID,
    "holds_lane" BOOLEAN NOT NULL DEFAULT false,
    "quoted_pence" INTEGER NOT NULL,
    "actual_minutes" INTEGER,
    "delivered_at" TIMESTAMPTZ,
    "provider_note" TEXT NOT NULL DEFAULT '',
    "outcome" "visit_outcome",
    "final_pence" INTEGER,
    "confirmed_at" TIMESTAMPTZ,
    "confirmed_by_id" UUID,
    "by_silence" BOOLEAN NOT NULL DEFAULT false,
    "settled_at" TIMESTAMPTZ,
    "reason" TEXT NOT NULL DEFAULT '',
    "missed_said_at" TIMESTAMPTZ,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quote_line" (
    "id" UUID NOT NULL,
    "visit_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "price_line_kind" NOT NULL,
    "label" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "category_code" TEXT NOT NULL,
    "pence" INTEGER NOT NULL,

    CONSTRAINT "quote_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "funding_line" (
    "id" UUID NOT NULL,
    "visit_id" UUID NOT NULL,
    "quote_line_id" UUID NOT NULL,
    "allocation_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "pence" INTEGER NOT NULL,
    "used_pence" INTEGER,
    "reason" TEXT NOT NULL,
    "state" "funding_state" NOT NULL DEFAULT 'planned',

    CONSTRAINT "funding_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "funding_stream" (
    "id" UUID NOT NULL,
    "council_id" UUID,
    "kind" "stream_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "funder" TEXT NOT NULL,
    "allowed_categories" TEXT[],
    "refused_categories" TEXT[],
    "can_buy" TEXT NOT NULL,
    "refusal_reason" TEXT NOT NULL DEFAULT '',
    "accredited_only" BOOLEAN NOT NULL DEFAULT false,
    "unit_ceiling_pence" INTEGER,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "funding_stream_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "budget" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "budget_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "allocation" (
    "id" UUID NOT NULL,
    "budget_id" UUID NOT NULL,
    "stream_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "deployment" "deployment" NOT NULL,
    "agreed_pence" BIGINT NOT NULL,
    "cadence" "cadence" NOT NULL,
    "instalment_pence" INTEGER NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "holder_provider_id" UUID,
    "adviser_user_id" UUID,
    "weekly_contribution_pence" INTEGER NOT NULL DEFAULT 0,
    "chosen_because" TEXT NOT NULL DEFAULT '',
    "explained_by" TEXT NOT NULL DEFAULT '',
    "chosen" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "allocation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "instalment" (
    "id" UUID NOT NULL,
    "allocation_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "due_on" DATE NOT NULL,
    "pence" INTEGER NOT NULL,
    "arrived_at" TIMESTAMPTZ,

    CONSTRAINT "instalment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_line" (
    "id" UUID NOT NULL,
    "allocation_id" UUID NOT NULL,
    "category_code" TEXT NOT NULL,
    "weekly_pence" INTEGER NOT NULL,
    "approved_at" TIMESTAMPTZ,
    "approved_by_id" UUID,
    "order_number" TEXT,
    "cost_code" TEXT,
    "case_reference" TEXT,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,

    CONSTRAINT "plan_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "about_me" TEXT NOT NULL DEFAULT '',
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_outcome" (
    "id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "words" TEXT NOT NULL,

    CONSTRAINT "plan_outcome_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "category" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "personal_care" "personal_care" NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "category_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "service" (
    "id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "state" "service_state" NOT NULL DEFAULT 'draft',
    "current_version_id" UUID,
    "place_id" UUID,
    "accepts_new" BOOLEAN NOT NULL DEFAULT true,
    "confirmed_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "submitted_at" TIMESTAMPTZ,
    "published_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_version" (
    "id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "frozen_at" TIMESTAMPTZ,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "category_code" TEXT NOT NULL,
    "setting" "setting" NOT NULL,
    "funded_by" "funded_by" NOT NULL DEFAULT 'bought',
    "audiences" TEXT[],
    "min_age" INTEGER,
    "max_age" INTEGER,
    "languages" TEXT[],
    "accessibility" TEXT[],
    "personal_care" BOOLEAN NOT NULL DEFAULT false,
    "regulation" "regulation" NOT NULL DEFAULT 'not_regulated',
    "registration_id" TEXT,
    "exemption_reason" TEXT,
    "lat" DOUBLE PRECISION,
    "lon" DOUBLE PRECISION,
    "radius_metres" INTEGER,
    "unit" "price_unit" NOT NULL DEFAULT 'hour',
    "charging_basis" "charging_basis" NOT NULL DEFAULT 'booked_time',
    "rounding_minutes" INTEGER NOT NULL DEFAULT 15,
    "tolerance_minutes" INTEGER NOT NULL DEFAULT 5,
    "min_minutes" INTEGER NOT NULL DEFAULT 60,
    "max_minutes" INTEGER NOT NULL DEFAULT 480,
    "step_minutes" INTEGER NOT NULL DEFAULT 15,
    "buffer_minutes" INTEGER NOT NULL DEFAULT 0,
    "notice_hours" INTEGER NOT NULL DEFAULT 48,
    "cancel_window_hours" INTEGER NOT NULL DEFAULT 24,
    "cancel_share_bps" INTEGER NOT NULL DEFAULT 5000,
    "no_answer_share_bps" INTEGER NOT NULL DEFAULT 10000,
    "end_notice_days" INTEGER NOT NULL DEFAULT 14,
    "contingency" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by_id" UUID,

    CONSTRAINT "service_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "price_line" (
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "price_line_kind" NOT NULL,
    "label" TEXT NOT NULL,
    "pence" INTEGER NOT NULL DEFAULT 0,
    "uplift_bps" INTEGER NOT NULL DEFAULT 0,
    "category_code" TEXT,

    CONSTRAINT "price_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "user_id" UUID,
    "council_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "short_name" TEXT NOT NULL,
    "address_line" TEXT,
    "postcode" TEXT,
    "lat" DOUBLE PRECISION,
    "lon" DOUBLE PRECISION,
    "phone" TEXT,
    "is_carer" BOOLEAN NOT NULL DEFAULT false,
    "section_117" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by_id" UUID,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person_absence" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'hospital',
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,

    CONSTRAINT "person_absence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "authority" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "supporter_user_id" UUID,
    "supporter_provider_id" UUID,
    "type" "authority_type" NOT NULL,
    "relationship" TEXT NOT NULL,
    "scopes" "authority_scope"[],
    "starts_on" DATE NOT NULL,
    "ends_on" DATE,
    "ended_at" TIMESTAMPTZ,
    "evidence_seen" TEXT,
    "recorded_by_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "authority_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "council" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "area_code" TEXT,
    "phone" TEXT NOT NULL,
    "urgent_phone" TEXT NOT NULL,
    "population" INTEGER,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "council_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ward" (
    "id" UUID NOT NULL,
    "council_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "lat" DOUBLE PRECISION NOT NULL,
    "lon" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "ward_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_membership" (
    "id" UUID NOT NULL,
    "council_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "roles" "staff_role"[],
    "ended_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "search_entry" (
    "id" UUID NOT NULL,
    "entry_kind" "entry_kind" NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "category_code" TEXT NOT NULL,
    "setting" TEXT,
    "audiences" TEXT[],
    "provider_id" UUID NOT NULL,
    "provider_name" TEXT NOT NULL,
    "provider_slug" TEXT NOT NULL,
    "provider_kind" TEXT NOT NULL,
    "provider_size" TEXT,
    "regulated" BOOLEAN NOT NULL,
    "free" BOOLEAN NOT NULL,
    "bookable" BOOLEAN NOT NULL,
    "price_pence" INTEGER,
    "price_unit" TEXT,
    "days" INTEGER[],
    "next_free_at" TIMESTAMPTZ,
    "lat" DOUBLE PRECISION,
    "lon" DOUBLE PRECISION,
    "point" cube GENERATED ALWAYS AS (cube(ARRAY[cos(radians("lat")) * cos(radians("lon")), cos(radians("lat")) * sin(radians("lon")), sin(radians("lat"))])) STORED,
    "radius_metres" INTEGER,
    "comes_to_you" BOOLEAN NOT NULL DEFAULT false,
    "place_name" TEXT,
    "experience" INTEGER[],
    "experience_count" INTEGER NOT NULL DEFAULT 0,
    "experience_score" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "newest_review_at" TIMESTAMPTZ,
    "rating" TEXT,
    "rating_date" DATE,
    "rating_source" TEXT,
    "listed_at" TIMESTAMPTZ NOT NULL,
    "confirmed_at" TIMESTAMPTZ NOT NULL,
    "document" tsvector,
    "words" TEXT NOT NULL DEFAULT '',
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "search_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "search_event" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "council_id" UUID,
    "area" TEXT,
    "category_code" TEXT,
    "audience" TEXT,
    "results" INTEGER NOT NULL,
    "bookable" INTEGER NOT NULL,

    CONSTRAINT "search_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "postcode" (
    "postcode" TEXT NOT NULL,
    "outcode" TEXT NOT NULL,
    "lat" DOUBLE PRECISION NOT NULL,
    "lon" DOUBLE PRECISION NOT NULL,
    "point" cube GENERATED ALWAYS AS (cube(ARRAY[cos(radians("lat")) * cos(radians("lon")), cos(radians("lat")) * sin(radians("lon")), sin(radians("lat"))])) STORED,
    "district_code" TEXT,
    "terminated" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "postcode_pkey" PRIMARY KEY ("postcode")
);

-- CreateTable
CREATE TABLE "outcode" (
    "outcode" TEXT NOT NULL,
    "lat" DOUBLE PRECISION NOT NULL,
    "lon" DOUBLE PRECISION NOT NULL,
    "postcodes" INTEGER NOT NULL DEFAULT 0,
    "district" TEXT,

    CONSTRAINT "outcode_pkey" PRIMARY KEY ("outcode")
);

-- CreateTable
CREATE TABLE "area" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,

    CONSTRAINT "area_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "ledger_account" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" "ledger_account_kind" NOT NULL,
    "book" "ledger_book" NOT NULL,
    "allocation_id" UUID,
    "payer_kind" "payer_kind",
    "payer_id" UUID,
    "provider_id" UUID,
    "person_id" UUID,
    "council_id" UUID,
    "balance" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "ledger_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_journal" (
    "id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "kind" "journal_kind" NOT NULL,
    "effective_at" TIMESTAMPTZ NOT NULL,
    "recorded_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_user_id" UUID,
    "person_id" UUID,
    "authority_id" UUID,
    "reverses_id" UUID,
    "note" TEXT NOT NULL DEFAULT '',
    "digest" TEXT NOT NULL,

    CONSTRAINT "ledger_journal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_posting" (
    "journal_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "account_id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,
    "balance_before" BIGINT NOT NULL,
    "balance_after" BIGINT NOT NULL,
    "allocation_id" UUID,
    "booking_id" UUID,
    "visit_id" UUID,
    "ref_id" UUID,

    CONSTRAINT "ledger_posting_pkey" PRIMARY KEY ("journal_id","line")
);

-- CreateTable
CREATE TABLE "ledger_hold" (
    "allocation_id" UUID NOT NULL,
    "ref_id" UUID NOT NULL,
    "booking_id" UUID,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "ledger_hold_pkey" PRIMARY KEY ("allocation_id","ref_id")
);

-- CreateTable
CREATE TABLE "provider" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "provider_kind" NOT NULL DEFAULT 'unknown',
    "legal_form" TEXT,
    "size" "provider_size",
    "ultimate_owner" TEXT,
    "about" TEXT,
    "phone" TEXT,
    "email" TEXT,
    "website" TEXT,
    "council_id" UUID,
    "claimed" BOOLEAN NOT NULL DEFAULT true,
    "cqc_provider_id" TEXT,
    "charity_number" TEXT,
    "company_number" TEXT,
    "source" TEXT,
    "source_date" DATE,
    "paused_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "provider_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "user_id" UUID,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "role" "member_role" NOT NULL,
    "ended_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lane" (
    "id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "member_id" UUID,
    "service_id" UUID,
    "name" TEXT NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "lane_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "member_id" UUID,
    "service_id" UUID,
    "kind" "check_kind" NOT NULL,
    "state" "check_state" NOT NULL DEFAULT 'asked',
    "reference" TEXT,
    "level" TEXT,
    "statement" TEXT,
    "reason" TEXT,
    "checked_on" DATE,
    "expires_on" DATE,
    "checked_by_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "place" (
    "id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address_line" TEXT,
    "town" TEXT,
    "postcode" TEXT,
    "lat" DOUBLE PRECISION,
    "lon" DOUBLE PRECISION,
    "point" cube GENERATED ALWAYS AS (cube(ARRAY[cos(radians("lat")) * cos(radians("lon")), cos(radians("lat")) * sin(radians("lon")), sin(radians("lat"))])) STORED,
    "cqc_location_id" TEXT,
    "registration_status" TEXT,
    "registered_on" DATE,
    "rating" TEXT,
    "rating_date" DATE,
    "local_authority" TEXT,
    "service_types" TEXT[],
    "specialisms" TEXT[],
    "regulated_activities" TEXT[],
    "beds" INTEGER,
    "website" TEXT,
    "source" TEXT,
    "source_date" DATE,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "place_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "review" (
    "id" UUID NOT NULL,
    "visit_id" UUID NOT NULL,
    "service_id" UUID NOT NULL,
    "provider_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kept_me_in_control" INTEGER NOT NULL,
    "reliable" INTEGER NOT NULL,
    "respectful" INTEGER NOT NULL,
    "listened" INTEGER NOT NULL,
    "made_a_difference" INTEGER NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "written_by_id" UUID,
    "authority_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ,
    "reply" TEXT,
    "replied_at" TIMESTAMPTZ,

    CONSTRAINT "review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "concern" (
    "id" UUID NOT NULL,
    "council_id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "state" "concern_state" NOT NULL DEFAULT 'received',
    "about" TEXT NOT NULL,
    "what_happened" TEXT NOT NULL,
    "who_told" TEXT NOT NULL DEFAULT '',
    "contact" TEXT NOT NULL DEFAULT '',
    "consent" TEXT NOT NULL DEFAULT 'not_known',
    "consent_reason" TEXT NOT NULL DEFAULT '',
    "in_danger" BOOLEAN NOT NULL DEFAULT false,
    "raised_by_id" UUID,
    "provider_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "concern_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "actor_user_id" UUID,
    "for_person_id" UUID,
    "authority_id" UUID,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" UUID NOT NULL,
    "person_id" UUID,
    "user_id" UUID,
    "provider_id" UUID,
    "council_id" UUID,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "path" TEXT,
    "subject_id" UUID,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "arrived_at" TIMESTAMPTZ,
    "read_at" TIMESTAMPTZ,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mail_message" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT,
    "sent_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "mail_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "demo_clock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "offset_seconds" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "demo_clock_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "app_user_email_key" ON "app_user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "session_acting_authority_id_idx" ON "session"("acting_authority_id");

-- CreateIndex
CREATE INDEX "auth_account_user_id_idx" ON "auth_account"("user_id");

-- CreateIndex
CREATE INDEX "auth_verification_identifier_idx" ON "auth_verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "passkey_credential_id_key" ON "passkey"("credential_id");

-- CreateIndex
CREATE INDEX "passkey_user_id_idx" ON "passkey"("user_id");

-- CreateIndex
CREATE INDEX "two_factor_user_id_idx" ON "two_factor"("user_id");

-- CreateIndex
CREATE INDEX "availability_rule_service_id_idx" ON "availability_rule"("service_id");

-- CreateIndex
CREATE INDEX "availability_exception_service_id_day_idx" ON "availability_exception"("service_id", "day");

-- CreateIndex
CREATE UNIQUE INDEX "booking_reference_key" ON "booking"("reference");

-- CreateIndex
CREATE INDEX "booking_person_id_state_idx" ON "booking"("person_id", "state");

-- CreateIndex
CREATE INDEX "booking_provider_id_state_idx" ON "booking"("provider_id", "state");

-- CreateIndex
CREATE INDEX "booking_service_id_idx" ON "booking"("service_id");

-- CreateIndex
CREATE INDEX "booking_service_version_id_idx" ON "booking"("service_version_id");

-- CreateIndex
CREATE INDEX "booking_state_answer_by_idx" ON "booking"("state", "answer_by");

-- CreateIndex
CREATE INDEX "visit_booking_id_starts_at_idx" ON "visit"("booking_id", "starts_at");

-- CreateIndex
CREATE INDEX "visit_person_id_starts_at_idx" ON "visit"("person_id", "starts_at");

-- CreateIndex
CREATE INDEX "visit_provider_id_starts_at_idx" ON "visit"("provider_id", "starts_at");

-- CreateIndex
CREATE INDEX "visit_state_delivered_at_idx" ON "visit"("state", "delivered_at");

-- CreateIndex
CREATE INDEX "visit_lane_id_idx" ON "visit"("lane_id");

-- CreateIndex
CREATE UNIQUE INDEX "quote_line_visit_id_position_key" ON "quote_line"("visit_id", "position");

-- CreateIndex
CREATE INDEX "funding_line_visit_id_idx" ON "funding_line"("visit_id");

-- CreateIndex
CREATE INDEX "funding_line_quote_line_id_idx" ON "funding_line"("quote_line_id");

-- CreateIndex
CREATE INDEX "funding_line_allocation_id_state_idx" ON "funding_line"("allocation_id", "state");

-- CreateIndex
CREATE INDEX "funding_stream_council_id_idx" ON "funding_stream"("council_id");

-- CreateIndex
CREATE INDEX "budget_person_id_idx" ON "budget"("person_id");

-- CreateIndex
CREATE INDEX "allocation_budget_id_idx" ON "allocation"("budget_id");

-- CreateIndex
CREATE INDEX "allocation_person_id_idx" ON "allocation"("person_id");

-- CreateIndex
CREATE INDEX "allocation_stream_id_idx" ON "allocation"("stream_id");

-- CreateIndex
CREATE INDEX "allocation_holder_provider_id_idx" ON "allocation"("holder_provider_id");

-- CreateIndex
CREATE INDEX "instalment_due_on_idx" ON "instalment"("due_on");

-- CreateIndex
CREATE UNIQUE INDEX "instalment_allocation_id_number_key" ON "instalment"("allocation_id", "number");

-- CreateIndex
CREATE INDEX "plan_line_allocation_id_idx" ON "plan_line"("allocation_id");

-- CreateIndex
CREATE INDEX "plan_line_category_code_idx" ON "plan_line"("category_code");

-- CreateIndex
CREATE INDEX "plan_person_id_idx" ON "plan"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "plan_outcome_plan_id_position_key" ON "plan_outcome"("plan_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "service_slug_key" ON "service"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "service_current_version_id_key" ON "service"("current_version_id");

-- CreateIndex
CREATE INDEX "service_provider_id_idx" ON "service"("provider_id");

-- CreateIndex
CREATE INDEX "service_place_id_idx" ON "service"("place_id");

-- CreateIndex
CREATE INDEX "service_version_category_code_idx" ON "service_version"("category_code");

-- CreateIndex
CREATE UNIQUE INDEX "service_version_service_id_number_key" ON "service_version"("service_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "price_line_version_id_position_key" ON "price_line"("version_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "person_user_id_key" ON "person"("user_id");

-- CreateIndex
CREATE INDEX "person_council_id_idx" ON "person"("council_id");

-- CreateIndex
CREATE INDEX "person_absence_person_id_idx" ON "person_absence"("person_id");

-- CreateIndex
CREATE INDEX "authority_person_id_idx" ON "authority"("person_id");

-- CreateIndex
CREATE INDEX "authority_supporter_user_id_idx" ON "authority"("supporter_user_id");

-- CreateIndex
CREATE INDEX "authority_supporter_provider_id_idx" ON "authority"("supporter_provider_id");

-- CreateIndex
CREATE UNIQUE INDEX "council_slug_key" ON "council"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "ward_council_id_name_key" ON "ward"("council_id", "name");

-- CreateIndex
CREATE INDEX "staff_membership_user_id_idx" ON "staff_membership"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "staff_membership_council_id_user_id_key" ON "staff_membership"("council_id", "user_id");

-- CreateIndex
CREATE INDEX "search_entry_provider_id_idx" ON "search_entry"("provider_id");

-- CreateIndex
CREATE INDEX "search_event_at_idx" ON "search_event"("at");

-- CreateIndex
CREATE INDEX "search_event_council_id_at_idx" ON "search_event"("council_id", "at");

-- CreateIndex
CREATE INDEX "postcode_outcode_idx" ON "postcode"("outcode");

-- CreateIndex
CREATE INDEX "area_name_idx" ON "area"("name");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_account_key_key" ON "ledger_account"("key");

-- CreateIndex
CREATE INDEX "ledger_account_allocation_id_idx" ON "ledger_account"("allocation_id");

-- CreateIndex
CREATE INDEX "ledger_account_provider_id_idx" ON "ledger_account"("provider_id");

-- CreateIndex
CREATE INDEX "ledger_account_payer_id_idx" ON "ledger_account"("payer_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_journal_seq_key" ON "ledger_journal"("seq");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_journal_key_key" ON "ledger_journal"("key");

-- CreateIndex
CREATE INDEX "ledger_journal_reverses_id_idx" ON "ledger_journal"("reverses_id");

-- CreateIndex
CREATE INDEX "ledger_posting_account_id_idx" ON "ledger_posting"("account_id");

-- CreateIndex
CREATE INDEX "ledger_posting_visit_id_idx" ON "ledger_posting"("visit_id");

-- CreateIndex
CREATE INDEX "ledger_posting_ref_id_idx" ON "ledger_posting"("ref_id");

-- CreateIndex
CREATE INDEX "ledger_hold_ref_id_idx" ON "ledger_hold"("ref_id");

-- CreateIndex
CREATE INDEX "ledger_hold_booking_id_idx" ON "ledger_hold"("booking_id");

-- CreateIndex
CREATE UNIQUE INDEX "provider_slug_key" ON "provider"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "provider_cqc_provider_id_key" ON "provider"("cqc_provider_id");

-- CreateIndex
CREATE INDEX "provider_ultimate_owner_idx" ON "provider"("ultimate_owner");

-- CreateIndex
CREATE INDEX "member_user_id_idx" ON "member"("user_id");

-- CreateIndex
CREATE INDEX "member_email_idx" ON "member"("email");

-- CreateIndex
CREATE UNIQUE INDEX "member_provider_id_user_id_key" ON "member"("provider_id", "user_id");

-- CreateIndex
CREATE INDEX "lane_provider_id_idx" ON "lane"("provider_id");

-- CreateIndex
CREATE INDEX "lane_member_id_idx" ON "lane"("member_id");

-- CreateIndex
CREATE INDEX "lane_service_id_idx" ON "lane"("service_id");

-- CreateIndex
CREATE INDEX "verification_provider_id_idx" ON "verification"("provider_id");

-- CreateIndex
CREATE INDEX "verification_service_id_idx" ON "verification"("service_id");

-- CreateIndex
CREATE INDEX "verification_state_idx" ON "verification"("state");

-- CreateIndex
CREATE UNIQUE INDEX "place_slug_key" ON "place"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "place_cqc_location_id_key" ON "place"("cqc_location_id");

-- CreateIndex
CREATE INDEX "place_provider_id_idx" ON "place"("provider_id");

-- CreateIndex
CREATE UNIQUE INDEX "review_visit_id_key" ON "review"("visit_id");

-- CreateIndex
CREATE INDEX "review_service_id_created_at_idx" ON "review"("service_id", "created_at");

-- CreateIndex
CREATE INDEX "review_provider_id_created_at_idx" ON "review"("provider_id", "created_at");

-- CreateIndex
CREATE INDEX "review_person_id_idx" ON "review"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "concern_reference_key" ON "concern"("reference");

-- CreateIndex
CREATE INDEX "concern_council_id_state_idx" ON "concern"("council_id", "state");

-- CreateIndex
CREATE INDEX "audit_event_subject_type_subject_id_idx" ON "audit_event"("subject_type", "subject_id");

-- CreateIndex
CREATE INDEX "audit_event_for_person_id_at_idx" ON "audit_event"("for_person_id", "at");

-- CreateIndex
CREATE INDEX "notice_person_id_created_at_idx" ON "notice"("person_id", "created_at");

-- CreateIndex
CREATE INDEX "notice_user_id_created_at_idx" ON "notice"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "notice_provider_id_created_at_idx" ON "notice"("provider_id", "created_at");

-- CreateIndex
CREATE INDEX "notice_subject_id_idx" ON "notice"("subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "mail_message_key_key" ON "mail_message"("key");

-- CreateIndex
CREATE INDEX "mail_message_recipient_sent_at_idx" ON "mail_message"("recipient", "sent_at");

-- CreateIndex
CREATE INDEX "mail_message_sent_at_idx" ON "mail_message"("sent_at");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_acting_authority_id_fkey" FOREIGN KEY ("acting_authority_id") REFERENCES "authority"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "auth_account" ADD CONSTRAINT "auth_account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "two_factor" ADD CONSTRAINT "two_factor_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_rule" ADD CONSTRAINT "availability_rule_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "availability_exception" ADD CONSTRAINT "availability_exception_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "booking" ADD CONSTRAINT "booking_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "booking" ADD CONSTRAINT "booking_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "booking" ADD CONSTRAINT "booking_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "booking" ADD CONSTRAINT "booking_service_version_id_fkey" FOREIGN KEY ("service_version_id") REFERENCES "service_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_booking_id_fkey" FOREIGN KEY ("booking_id") REFERENCES "booking"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_lane_id_fkey" FOREIGN KEY ("lane_id") REFERENCES "lane"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quote_line" ADD CONSTRAINT "quote_line_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "funding_line" ADD CONSTRAINT "funding_line_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "funding_line" ADD CONSTRAINT "funding_line_quote_line_id_fkey" FOREIGN KEY ("quote_line_id") REFERENCES "quote_line"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "funding_line" ADD CONSTRAINT "funding_line_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "funding_stream" ADD CONSTRAINT "funding_stream_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "budget" ADD CONSTRAINT "budget_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_budget_id_fkey" FOREIGN KEY ("budget_id") REFERENCES "budget"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_stream_id_fkey" FOREIGN KEY ("stream_id") REFERENCES "funding_stream"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_holder_provider_id_fkey" FOREIGN KEY ("holder_provider_id") REFERENCES "provider"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "instalment" ADD CONSTRAINT "instalment_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_line" ADD CONSTRAINT "plan_line_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_line" ADD CONSTRAINT "plan_line_category_code_fkey" FOREIGN KEY ("category_code") REFERENCES "category"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan" ADD CONSTRAINT "plan_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_outcome" ADD CONSTRAINT "plan_outcome_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service" ADD CONSTRAINT "service_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service" ADD CONSTRAINT "service_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "place"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service" ADD CONSTRAINT "service_current_version_id_fkey" FOREIGN KEY ("current_version_id") REFERENCES "service_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_version" ADD CONSTRAINT "service_version_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_version" ADD CONSTRAINT "service_version_category_code_fkey" FOREIGN KEY ("category_code") REFERENCES "category"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "price_line" ADD CONSTRAINT "price_line_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "service_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "person_absence" ADD CONSTRAINT "person_absence_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "authority" ADD CONSTRAINT "authority_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "authority" ADD CONSTRAINT "authority_supporter_user_id_fkey" FOREIGN KEY ("supporter_user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "authority" ADD CONSTRAINT "authority_supporter_provider_id_fkey" FOREIGN KEY ("supporter_provider_id") REFERENCES "provider"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ward" ADD CONSTRAINT "ward_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_membership" ADD CONSTRAINT "staff_membership_council_id_fkey" FOREIGN KEY ("council_id") REFERENCES "council"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_membership" ADD CONSTRAINT "staff_membership_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_journal" ADD CONSTRAINT "ledger_journal_reverses_id_fkey" FOREIGN KEY ("reverses_id") REFERENCES "ledger_journal"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_posting" ADD CONSTRAINT "ledger_posting_journal_id_fkey" FOREIGN KEY ("journal_id") REFERENCES "ledger_journal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_posting" ADD CONSTRAINT "ledger_posting_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "ledger_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lane" ADD CONSTRAINT "lane_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lane" ADD CONSTRAINT "lane_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lane" ADD CONSTRAINT "lane_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "verification" ADD CONSTRAINT "verification_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "verification" ADD CONSTRAINT "verification_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place" ADD CONSTRAINT "place_provider_id_fkey" FOREIGN KEY ("provider_id") REFERENCES "provider"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "review" ADD CONSTRAINT "review_service_id_fkey" FOREIGN KEY ("service_id") REFERENCES "service"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
