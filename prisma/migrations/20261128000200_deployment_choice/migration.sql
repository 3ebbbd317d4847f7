-- Who will hold it is part of the choice, which may be for a day to come.
ALTER TABLE deployment_choice
  ADD COLUMN holder_provider_id UUID,
  ADD COLUMN adviser_user_id UUID,
  ADD CONSTRAINT deployment_choice_holder CHECK ((deployment IN ('individual_service_fund', 'direct_payment_managed_account')) = (holder_provider_id IS NOT NULL)),
  ADD CONSTRAINT deployment_choice_adviser CHECK ((deployment = 'adviser_held') = (adviser_user_id IS NOT NULL));
CREATE INDEX deployment_choice_starts_on_idx ON deployment_choice (starts_on);
