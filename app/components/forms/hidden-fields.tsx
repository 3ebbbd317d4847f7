/** All that was typed before, carried on to the next press: for a page that shows it to be checked. */
export function HiddenFields({
  values,
  except = ['intent'],
}: {
  values: Readonly<Record<string, string | readonly string[]>>
  except?: readonly string[]
}) {
  return (
    <>
      {Object.entries(values)
        .filter(([name]) => !except.includes(name))
        .flatMap(([name, value]) =>
          (typeof value === 'string' ? [value] : value).map((one, index) => (
            <input key={`${name}-${String(index)}`} type="hidden" name={name} value={one} />
          )),
        )}
    </>
  )
}
