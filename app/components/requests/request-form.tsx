import { Button } from '../button/button.tsx'
import { Details } from '../details/details.tsx'
import { Checkboxes, Radios } from '../forms/choices.tsx'
import { DateField } from '../forms/date-field.tsx'
import { fieldProps } from '../forms/field-props.ts'
import { Select, TimeField } from '../forms/select.tsx'
import { Textarea, TextField } from '../forms/text-field.tsx'

interface Option {
  value: string
  label: string
}
export interface RequestFormProps {
  page: {
    requestId: string
    person: { id: string; shortName: string; self: boolean }
    categories: readonly Option[]
    audiences: readonly Option[]
    settings: readonly Option[]
    funds: readonly Option[]
  }
  value: (name: string) => string | undefined
  ticked: (name: 'audience' | 'days' | 'funds') => readonly string[]
  date: string | { day: string; month: string; year: string } | undefined
  errors: Readonly<Record<string, string[]>> | undefined
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(
  (label, index) => ({ value: String(index + 1), label }),
)

/** What is needed, in six short parts. Nothing in it asks who somebody is or where exactly they live. */
export function RequestForm(props: RequestFormProps) {
  const { page, value, ticked, errors } = props
  const field = fieldProps({ errors, value })
  const whose = page.person.self ? 'you' : page.person.shortName
  const chosen = ticked('audience')
  return (
    <form method="post" className="stack-l" noValidate>
      <input type="hidden" name="personId" value={page.person.id} />
      <input type="hidden" name="requestId" value={value('requestId') ?? page.requestId} />
      <section className="stack" aria-labelledby="what">
        <h2 id="what">What is it?</h2>
        <Select
          {...field('category')}
          label="Kind of support"
          firstLine="Choose one"
          options={page.categories}
          required
        />
        <Details
          summary={
            chosen.length === 0
              ? 'Should they know one kind of need well? (you may leave this empty)'
              : 'They should know these well'
          }
          kind="box"
          open={chosen.length > 0 || errors?.['audience'] !== undefined}
        >
          <Checkboxes
            name="audience"
            label="They should know how to support"
            hint="Tick only what providers need to know."
            options={page.audiences}
            defaultValue={chosen}
            error={errors?.['audience']}
          />
        </Details>
      </section>
      <section className="stack" aria-labelledby="where">
        <h2 id="where">Where?</h2>
        <Radios
          {...field('setting')}
          label={page.person.self ? 'Where should it happen?' : `Where should it happen for ${whose}?`}
          options={page.settings}
        />
        <TextField
          {...field('near')}
          label="The first half of the postcode"
          hint="Such as AM1. Providers see no more of it than that until it is booked."
          width={4}
          maxLength={8}
          autoComplete="off"
          spellCheck={false}
          required
        />
      </section>
      <section className="stack" aria-labelledby="when">
        <h2 id="when">When?</h2>
        <Checkboxes
          name="days"
          label="Days that would do"
          hint="Tick more than one if you can: more providers can say yes."
          options={DAYS}
          defaultValue={ticked('days')}
          error={errors?.['days']}
        />
        <TimeField {...field('from')} label="Some time from" from="00:00" until="23:30" stepMinutes={30} />
        <TimeField {...field('until')} label="to" from="00:30" until="23:30" stepMinutes={30} />
        <TextField
          {...field('minutes')}
          label="How many minutes is each visit?"
          hint="60 is one hour, 90 is an hour and a half."
          width={4}
          inputMode="numeric"
          maxLength={4}
        />
        <Radios
          {...field('repeat')}
          label="How often?"
          options={[
            { value: 'weekly', label: 'Every week' },
            { value: 'once', label: 'Once' },
          ]}
        />
        <DateField
          name="date"
          label="Starting from"
          hint="The first day on which it could begin, for example 3 12 2026."
          defaultValue={props.date}
          error={errors?.['date']}
        />
      </section>
      <section className="stack" aria-labelledby="words">
        <h2 id="words">What matters?</h2>
        <Textarea
          {...field('matters')}
          label="In your own words"
          hint={`What should they do, and how ${page.person.self ? 'do you like' : `does ${whose} like`} it done? Please write no names, addresses or telephone numbers: people you do not know yet read this.`}
          rows={6}
          maxLength={1000}
          required
        />
      </section>
      <section className="stack" aria-labelledby="money">
        <h2 id="money">What would pay?</h2>
        <Checkboxes
          name="funds"
          label="Kinds of money (you may leave this empty)"
          hint="Providers see the kind, never how much and never from whom."
          options={page.funds}
          defaultValue={ticked('funds')}
          error={errors?.['funds']}
        />
      </section>
      <section className="stack" aria-labelledby="until">
        <h2 id="until">Until when?</h2>
        <TextField
          {...field('open')}
          label="For how many days can providers answer?"
          hint="From 1 to 28. You can take it back at any time."
          width={3}
          inputMode="numeric"
          maxLength={2}
        />
      </section>
      <p>
        <Button size="big" name="intent" value="check">
          Go on: check it
        </Button>
      </p>
    </form>
  )
}
