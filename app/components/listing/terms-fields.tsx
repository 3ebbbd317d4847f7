import { Textarea, TextField } from '../forms/text-field.tsx'
import { type FieldsProps, field } from './values.ts'

export function TimesFields(props: FieldsProps) {
  const minutes = (name: string, label: string, hint: string) => (
    <TextField {...field(props, name)} label={label} hint={hint} width={4} inputMode="numeric" required />
  )
  return (
    <>
      {minutes('minMinutes', 'Shortest visit', 'In minutes: 60 is an hour, 1440 a day.')}
      {minutes('maxMinutes', 'Longest visit', 'In minutes. A night of nine hours is 540.')}
      {minutes(
        'stepMinutes',
        'Steps in between',
        'In minutes: 15 lets people ask for 60, 75 or 90. Starts lie on the same steps.',
      )}
      {minutes(
        'bufferMinutes',
        'Kept free before and after',
        'In minutes, for travel and handover. Nobody can book into it.',
      )}
      {minutes('noticeHours', 'Notice you need', 'In hours: 48 means that nobody can ask for tomorrow.')}
    </>
  )
}

export function TermsFields(props: FieldsProps) {
  const number = (name: string, label: string, hint: string) => (
    <TextField {...field(props, name)} label={label} hint={hint} width={4} inputMode="numeric" required />
  )
  return (
    <>
      {number('cancelWindowHours', 'Cancelling is free until this many hours before', 'Such as 24.')}
      {number('cancelShare', 'What they pay who cancel later', 'Per cent of the price, from 0 to 100.')}
      {number(
        'noAnswerShare',
        'What they pay when nobody answers the door',
        'Per cent of the price, from 0 to 100.',
      )}
      {number('endNoticeDays', 'Notice to stop for good, from either side', 'In days, from 0 to 90.')}
      <Textarea
        {...field(props, 'contingency')}
        label="What do you do if the worker cannot come?"
        hint="Whom you send, by when you tell them, and what it costs then. People read this before they choose."
        rows={4}
        required
      />
    </>
  )
}
