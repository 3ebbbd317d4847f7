import { Checkboxes, Radios } from '../forms/choices.tsx'
import { Select } from '../forms/select.tsx'
import { Textarea, TextField } from '../forms/text-field.tsx'
import { type FieldsProps, field, many } from './values.ts'

const SETTINGS = [
  { value: 'at_home', label: 'At people’s homes', hint: 'You go to them.' },
  { value: 'in_community', label: 'Out and about', hint: 'You meet them and go places.' },
  { value: 'at_venue', label: 'At your place', hint: 'They come to a hall, a centre, a garden.' },
  { value: 'online', label: 'Online or by phone' },
  { value: 'live_in', label: 'Living in', hint: 'Somebody stays at their home.' },
]
const FUNDED = [
  {
    value: 'bought',
    label: 'They do',
    hint: 'From a personal budget or their own money. You say what it costs.',
  },
  { value: 'free', label: 'Nobody', hint: 'It is free for people. It stands beside what costs money.' },
  {
    value: 'commissioned',
    label: 'A council or the NHS',
    hint: 'There is a contract already, and people are sent on to you.',
  },
]

export interface WhatFieldsProps extends FieldsProps {
  categories: readonly { value: string; label: string }[]
}

export function WhatFields({ categories, ...props }: WhatFieldsProps) {
  return (
    <>
      <TextField
        {...field(props, 'title')}
        label="What do you call it?"
        hint="Say what people get: “Morning help at home”, “Thursday singing group”."
        maxLength={80}
        required
      />
      <Textarea
        {...field(props, 'summary')}
        label="In one or two sentences"
        hint="This stands in the list of results. 200 letters at most."
        rows={3}
        required
      />
      <Textarea
        {...field(props, 'description')}
        label="What happens, and who it fits"
        hint="What you do and do not do. Who comes. What people should know before they ask."
        rows={8}
      />
      <Select
        {...field(props, 'categoryCode')}
        label="Kind of support"
        hint="Choose the one that fits best. It decides under which heading people find it."
        options={categories}
        firstLine="Choose one"
        required
      />
      <Radios {...field(props, 'setting')} label="Where does it happen?" options={SETTINGS} look="box" />
      <Radios {...field(props, 'fundedBy')} label="Who pays?" options={FUNDED} look="box" />
    </>
  )
}

export interface WhoFieldsProps extends FieldsProps {
  audiences: readonly { value: string; label: string }[]
  accessibility: readonly { value: string; label: string }[]
}

const WORKERS = [
  { value: 'woman', label: 'Yes, a woman' },
  { value: 'man', label: 'Yes, a man' },
]

export function WhoFields({ audiences, accessibility, ...props }: WhoFieldsProps) {
  const { values, errors } = props
  return (
    <>
      <Checkboxes
        name="audiences"
        label="Who is it for?"
        hint="Tick those you know well. None ticked means anybody."
        options={audiences}
        defaultValue={many(values, 'audiences')}
        error={errors?.['audiences']}
      />
      <div className="row">
        <TextField
          {...field(props, 'minAge')}
          label="From age"
          width={3}
          inputMode="numeric"
          hint="May be empty."
        />
        <TextField
          {...field(props, 'maxAge')}
          label="To age"
          width={3}
          inputMode="numeric"
          hint="May be empty."
        />
      </div>
      <TextField
        {...field(props, 'languages')}
        label="Languages that you speak"
        hint="With commas between them: English, Urdu."
        maxLength={200}
        required
      />
      <Checkboxes
        name="workers"
        label="If somebody asks for a woman or a man, can you send one?"
        hint="Leave it empty if you cannot promise it. The law lets you agree to it where there is a good reason, such as personal care."
        options={WORKERS}
        defaultValue={many(values, 'workers')}
        error={errors?.['workers']}
      />
      <Checkboxes
        name="accessibility"
        label="What makes it easier to use?"
        options={accessibility}
        defaultValue={many(values, 'accessibility')}
        error={errors?.['accessibility']}
      />
    </>
  )
}
