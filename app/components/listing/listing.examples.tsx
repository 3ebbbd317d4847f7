import type { Family } from '../examples.ts'
import { AreaFields } from './area-fields.tsx'
import { CareFields } from './care-fields.tsx'
import { HoursFields } from './hours-fields.tsx'
import { PriceFields } from './price-fields.tsx'

const nothing = { errors: undefined }

export const listing: Family = {
  id: 'listing',
  title: 'Questions of a listing',
  about: 'One page each. What was typed stays; what is wrong stands beside its box.',
  examples: [
    {
      name: 'Personal care in a kind of support that may have it',
      of: (
        <CareFields
          {...nothing}
          values={{ personalCare: 'yes' }}
          category={{ name: 'Nights', personalCare: 'maybe' }}
          ownRegistration="1-101234567"
        />
      ),
    },
    {
      name: 'A place to choose or to add',
      of: (
        <AreaFields
          {...nothing}
          values={{}}
          reach="venue"
          places={[{ id: 'hall', words: 'Millgate Hall, Millgate' }]}
        />
      ),
    },
    {
      name: 'A price that cannot be read',
      of: (
        <PriceFields
          values={{ unit: 'hour', base: '-4', chargingBasis: 'booked_time' }}
          errors={{ base: ['Enter the price in pounds, such as 24.50.'] }}
          units={[{ value: 'hour', label: 'An hour' }]}
        />
      ),
    },
    {
      name: 'A week with a night and a time that does not exist',
      of: (
        <HoursFields
          values={{ 'day5.1.from': '22:00', 'day5.1.until': '07:00', 'day6.1.from': '25:00' }}
          errors={{ 'day6.1.from': ['Enter a time of the day, such as 09:00 or 5:30pm.'] }}
        />
      ),
    },
  ],
}
