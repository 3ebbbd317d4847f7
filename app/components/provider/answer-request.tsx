import { pounds } from '#services/kernel/money.ts'
import { Button } from '../button/button.tsx'
import { Card } from '../card/card.tsx'
import { Details } from '../details/details.tsx'
import { Radios } from '../forms/choices.tsx'
import { DateField } from '../forms/date-field.tsx'
import { Select, TimeField } from '../forms/select.tsx'
import { Textarea, TextField } from '../forms/text-field.tsx'
import { Notice } from '../notice/notice.tsx'

interface Said {
  errors: Record<string, string[]>
  values: Readonly<Record<string, string | string[]>>
}

interface Asked {
  person: string
  nobodyFor: readonly string[]
  plannedVisits: number
  lanes: readonly { id: string; name: string; freeFor: number }[]
  money: { total: number } | null
  lengths: readonly { value: string; label: string }[]
  defaults: { date: string; time: string; minutes: string; repeat: string; weeks: string }
}

const one = (said: Said | null, name: string): string | undefined => {
  const value = said?.values[name]
  return Array.isArray(value) ? value[0] : value
}

/** Yes, another time, or no. What was typed stays with the form that it was typed in. */
export function AnswerRequest({ page, said }: { page: Asked; said: Said | null }) {
  const intent = one(said, 'intent')
  return (
    <Card labelledBy="answer">
      <h2 id="answer">Your answer</h2>
      {page.money ? (
        <p className="fact-big">
          You get <span className="num">{pounds(page.money.total)}</span>
          {page.plannedVisits > 1 ? ` for ${String(page.plannedVisits)} visits` : ''}.
        </p>
      ) : null}
      {page.nobodyFor.length > 0 ? (
        <Notice tone="warn" title="Nobody is free for all of it">
          <p>
            {page.nobodyFor.slice(0, 4).join('; ')}
            {page.nobodyFor.length > 4 ? ` and ${String(page.nobodyFor.length - 4)} more` : ''}: another visit
            is booked at that time. Offer another time, or say no. Saying yes works again when the other visit
            goes.
          </p>
        </Notice>
      ) : null}
      <form method="post" className="stack" noValidate>
        {page.lanes.length > 1 ? (
          <Select
            name="laneId"
            label="Who goes?"
            options={[
              { value: '', label: 'Whoever is free' },
              ...page.lanes.map((lane) => ({
                value: lane.id,
                label:
                  page.plannedVisits === 1
                    ? lane.name
                    : lane.freeFor === page.plannedVisits
                      ? `${lane.name}, free for all`
                      : `${lane.name}, free for ${String(lane.freeFor)} of ${String(page.plannedVisits)}`,
              })),
            ]}
            {...(page.plannedVisits > 1
              ? { hint: 'Where this person is not free, somebody else goes.' }
              : {})}
            defaultValue={intent === 'accept' ? one(said, 'laneId') : ''}
            error={intent === 'accept' ? said?.errors['laneId'] : undefined}
          />
        ) : null}
        <Button
          wide
          size="big"
          kind={page.nobodyFor.length > 0 ? 'second' : 'main'}
          name="intent"
          value="accept"
        >
          Say yes
        </Button>
      </form>
      <OtherTime page={page} said={intent === 'counter' ? said : null} />
      <SayNo person={page.person} said={intent === 'decline' ? said : null} />
    </Card>
  )
}

function OtherTime({ page, said }: { page: Asked; said: Said | null }) {
  const { defaults } = page
  const errors = said?.errors
  const kept = (name: keyof Asked['defaults']): string => one(said, name) ?? defaults[name]
  return (
    <Details summary="Offer another time" kind="box" open={said !== null}>
      <form method="post" className="stack" noValidate>
        <p>{page.person} decides. It is booked only when they say yes.</p>
        <DateField
          name="date"
          label="Date of the first visit"
          defaultValue={
            said
              ? {
                  day: one(said, 'date.day') ?? '',
                  month: one(said, 'date.month') ?? '',
                  year: one(said, 'date.year') ?? '',
                }
              : defaults.date
          }
          error={errors?.['date']}
        />
        <TimeField
          name="time"
          label="It starts at"
          from="00:00"
          until="23:45"
          defaultValue={kept('time')}
          error={errors?.['time']}
        />
        {page.lengths.length === 1 ? (
          <input type="hidden" name="minutes" value={page.lengths[0]?.value ?? ''} />
        ) : (
          <Select
            name="minutes"
            label="How long is each visit?"
            options={page.lengths}
            defaultValue={kept('minutes')}
            error={errors?.['minutes']}
          />
        )}
        <Radios
          name="repeat"
          label="How often?"
          options={[
            { value: 'once', label: 'Once' },
            { value: 'weekly', label: 'Every week, on the same day' },
          ]}
          defaultValue={kept('repeat')}
          error={errors?.['repeat']}
        />
        <TextField
          name="weeks"
          label="If every week: for how many weeks?"
          width={3}
          inputMode="numeric"
          defaultValue={kept('weeks')}
          error={errors?.['weeks']}
        />
        <Textarea
          name="message"
          label="A message (you may leave this empty)"
          hint={`${page.person} reads it.`}
          rows={3}
          defaultValue={one(said, 'message')}
          error={errors?.['message']}
        />
        <Button kind="second" wide name="intent" value="counter">
          Offer this time
        </Button>
      </form>
    </Details>
  )
}

function SayNo({ person, said }: { person: string; said: Said | null }) {
  return (
    <Details summary="Say no" kind="box" open={said !== null}>
      <form method="post" className="stack" noValidate>
        <Textarea
          name="reason"
          label="Why not?"
          hint={`${person} reads it. A few words are enough, for example “We are full on Tuesdays until March.”`}
          rows={3}
          defaultValue={one(said, 'reason')}
          error={said?.errors['reason']}
        />
        <Button kind="danger" wide name="intent" value="decline">
          Say no
        </Button>
      </form>
    </Details>
  )
}
