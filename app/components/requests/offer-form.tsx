import { Button } from '../button/button.tsx'
import { Card } from '../card/card.tsx'
import { Radios } from '../forms/choices.tsx'
import { DateField } from '../forms/date-field.tsx'
import { fieldProps } from '../forms/field-props.ts'
import { TimeField } from '../forms/select.tsx'
import { Textarea, TextField } from '../forms/text-field.tsx'

type Pieces = string | { day: string; month: string; year: string } | undefined

export interface OfferFormProps {
  services: readonly {
    id: string
    title: string
    price: { total: string | null; unit: string }
    lengths: string
    notice: string
  }[]
  value: (name: string) => string | undefined
  date: Pieces
  holds: Pieces
  errors: Readonly<Record<string, string[]>> | undefined
}

/** Which service, when, a message, until when it holds. There is no price to type: the listing's own holds. */
export function OfferForm({ services, value, date, holds, errors }: OfferFormProps) {
  const field = fieldProps({ errors, value })
  return (
    <Card labelledBy="offer">
      <h2 id="offer">Say what you could do</h2>
      <p>
        The price is the one in your listing, with its weekend and evening rates. Your offer is your yes: when
        they take it, it is booked.
      </p>
      <form method="post" className="stack" noValidate>
        <Radios
          {...field('serviceId')}
          label="Which of your services?"
          look="box"
          defaultValue={value('serviceId') ?? services[0]?.id}
          options={services.map((service) => ({
            value: service.id,
            label: service.title,
            hint: `${service.price.total === null ? 'No price' : `${service.price.total} ${service.price.unit}`}. Visits of ${service.lengths}. Your notice is ${service.notice}.`,
          }))}
        />
        <DateField name="date" label="Date of the first visit" defaultValue={date} error={errors?.['date']} />
        <TimeField {...field('time')} label="It starts at" from="00:00" until="23:45" />
        <TextField
          {...field('minutes')}
          label="How many minutes is each visit?"
          width={4}
          inputMode="numeric"
          maxLength={4}
        />
        <Radios
          {...field('repeat')}
          label="How often?"
          options={[
            { value: 'once', label: 'Once' },
            { value: 'weekly', label: 'Every week, on the same day' },
          ]}
        />
        <TextField
          {...field('weeks')}
          label="If every week: for how many weeks?"
          width={3}
          inputMode="numeric"
          maxLength={2}
        />
        <Textarea
          {...field('message')}
          label="A message (you may leave this empty)"
          hint="Who would come, and how you would go about what matters to them. They read it beside your price."
          rows={4}
          maxLength={500}
        />
        <DateField
          name="holds"
          label="Your offer holds until the end of"
          hint="Not after the first visit. Keep the time free until then."
          defaultValue={holds}
          error={errors?.['holds']}
        />
        <Button wide size="big" name="intent" value="offer">
          Make this offer
        </Button>
      </form>
    </Card>
  )
}
