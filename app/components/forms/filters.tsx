import { Fragment } from 'react'
import { Button } from '../button/button.tsx'
import { FilterGroup } from './filter-group.tsx'
import { Select } from './select.tsx'

interface Choice {
  value: string
  label: string
  count?: number
}

type Errors = Readonly<Partial<Record<string, string>>>

interface TimesProps {
  from: readonly Choice[]
  until: readonly Choice[]
  starting: readonly Choice[]
  chosen: { from: string; until: string; starting: string }
  errors: Errors
}

/** Hours that somebody is free every week, not only open: counted from real bookings. */
function Times({ from, until, starting, chosen, errors }: TimesProps) {
  return (
    <div className="stack-s">
      <p className="small">
        Free every week at these times, by what is booked now. It is known for eight weeks.
      </p>
      <div className="row-s">
        <Select name="from" label="From" options={from} defaultValue={chosen.from} error={errors['from']} />
        <Select
          name="until"
          label="Until"
          options={until}
          defaultValue={chosen.until}
          error={errors['until']}
        />
      </div>
      <Select
        name="starting"
        label="Beginning"
        options={starting}
        defaultValue={chosen.starting}
        error={errors['starting']}
      />
    </div>
  )
}

export interface FiltersProps {
  /** The form's id: controls elsewhere on the page belong to it too. */
  id: string
  groups: readonly {
    title: string
    name: string
    single: boolean
    chosen: readonly string[]
    open: boolean
    options: readonly Choice[]
    times: Omit<TimesProps, 'errors'> | null
  }[]
  errors: Errors
}

/** Every filter with how many it would leave; a form that is an address. */
export function Filters({ id, groups, errors }: FiltersProps) {
  return (
    <form className="stack" aria-label="Filters" action="/find" id={id}>
      <div className="head">
        <h2>Filters</h2>
        <p className="small soft">Numbers say how many fit.</p>
      </div>
      <div>
        {groups.map(({ times, open, ...group }) => {
          const error = errors[group.name]
          return (
            <Fragment key={`${group.name} ${group.chosen.join(' ')}`}>
              {error ? <p className="error-text">{error}</p> : null}
              <FilterGroup {...group} open={open || error !== undefined}>
                {times ? <Times {...times} errors={errors} /> : null}
              </FilterGroup>
            </Fragment>
          )
        })}
      </div>
      <Button wide>Show results</Button>
    </form>
  )
}
