import type { Family } from '../examples.ts'
import { Checkbox, Checkboxes, Radios } from './choices.tsx'
import { DateField } from './date-field.tsx'
import { ErrorSummary } from './error-summary.tsx'
import { FilterGroup } from './filter-group.tsx'
import { Select, TimeField } from './select.tsx'
import { CodeField, MoneyField, Textarea, TextField } from './text-field.tsx'

const HOLD = [
  { value: 'council_managed', label: 'The council arranges it', hint: 'You choose; they pay.' },
  { value: 'direct_payment_card', label: 'On a card', hint: 'You pay; you keep no receipts.' },
  {
    value: 'direct_payment_bank',
    label: 'In a bank account of its own',
    hint: 'You pay and keep a record here.',
  },
  { value: 'held', label: 'Somebody holds it for you', hint: 'A provider you choose, or another body.' },
]

export const forms: Family = {
  id: 'forms',
  title: 'Fields and errors',
  about: 'Native controls. What was typed stays. Errors stand beside the field and in a list above the form.',
  examples: [
    {
      name: 'The error summary, which takes the focus after a refused form',
      of: (
        <ErrorSummary
          level={3}
          errors={{
            'bad-date': 'Write the day of the visit, like 2 12 2026',
            'bad-minutes': ['A visit lasts at least 30 minutes'],
          }}
        />
      ),
    },
    {
      name: 'Fields as they come',
      of: (
        <form className="stack-l" aria-label="Fields" action="#forms">
          <TextField
            name="call"
            label="What should they call you?"
            hint="Any name you like."
            autoComplete="name"
          />
          <DateField name="last" label="When did you last visit?" hint="For example 23 11 2026" />
          <TimeField name="start" label="What time would suit you?" stepMinutes={30} defaultValue="09:10" />
          <MoneyField name="most" label="The most you would pay for an hour" defaultValue="28.00" />
          <Select
            name="often"
            label="How often?"
            firstLine="Choose one"
            options={[
              { value: 'week', label: 'Every week' },
              { value: 'fortnight', label: 'Every two weeks' },
            ]}
          />
          <Textarea name="matters" label="What matters to you?" hint="Up to 500 letters." maxLength={500} />
          <CodeField name="code" label="The code from the e-mail" hint="Six figures." />
        </form>
      ),
    },
    {
      name: 'With something to put right',
      of: (
        <form className="stack-l" aria-label="Fields with errors" action="#forms">
          <DateField
            name="bad-date"
            label="Day of the visit"
            error="Write the day of the visit, like 2 12 2026"
            defaultValue={{ day: '31', month: 'Feb', year: '' }}
          />
          <TextField
            name="bad-minutes"
            label="How many minutes?"
            width={3}
            inputMode="numeric"
            defaultValue="15"
            error={['A visit lasts at least 30 minutes']}
          />
          <Select
            name="bad-often"
            label="How often?"
            firstLine="Choose one"
            options={[]}
            error="Choose how often"
          />
          <Textarea name="bad-words" label="Why?" error="Write a few words" />
          <MoneyField
            name="bad-price"
            label="Price for one hour"
            defaultValue="-5"
            error="Write a price above £0.00"
          />
        </form>
      ),
    },
    {
      name: 'Choices',
      of: (
        <form className="stack-l" aria-label="Choices" action="#forms">
          <Radios
            name="hold"
            look="box"
            label="How would you like to hold this money?"
            hint="All four are equal. You can change later."
            options={HOLD}
            defaultValue="direct_payment_card"
          />
          <Radios
            name="came"
            label="Did they come?"
            error="Say whether they came"
            options={[
              { value: 'yes', label: 'Yes' },
              { value: 'no', label: 'No' },
            ]}
          />
          <Checkboxes
            name="remind"
            label="Remind me"
            options={[
              { value: 'text', label: 'By text', hint: 'The evening before.' },
              { value: 'letter', label: 'By letter' },
            ]}
            defaultValue={['text']}
          />
          <Checkbox name="agree" label="I have read the terms" />
        </form>
      ),
    },
    {
      name: 'Filters, with how many each would leave',
      of: (
        <form className="half" aria-label="Filters" action="#forms">
          <FilterGroup
            title="What they do"
            name="category"
            chosen={['meals']}
            options={[
              { value: 'care', label: 'Personal care (washing, dressing)', count: 11 },
              { value: 'meals', label: 'Meals and shopping', count: 16 },
              { value: 'nights', label: 'Night-time help', count: 1 },
            ]}
          />
          <FilterGroup
            title="Where"
            name="setting"
            single
            chosen={[]}
            options={[
              { value: 'at_home', label: 'Comes to me', count: 20 },
              { value: 'at_venue', label: 'I go to them', count: 3 },
            ]}
          />
        </form>
      ),
    },
  ],
}
