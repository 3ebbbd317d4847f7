-- Words of cards. They can be used only once this is committed, so they stand alone.
ALTER TYPE card_state ADD VALUE 'waiting' BEFORE 'active';
ALTER TYPE card_movement ADD VALUE 'unload' AFTER 'load';
ALTER TYPE card_movement ADD VALUE 'fee';
