import type { Params, Value } from './world.ts'

/** 'a[b][0]=c' as Stripe reads it: names in brackets nest, and figures or nothing in them make a list. */
export function readForm(body: string): Params {
  const root: Params = {}
  for (const [name, value] of new URLSearchParams(body)) {
    const [first = '', ...rest] = name.split('[').map((part) => part.replace(/\]$/, ''))
    put(root, [first, ...rest], value)
  }
  return listsIn(root) as Params
}

function put(into: Params, path: readonly string[], value: string): void {
  const [name = '', ...rest] = path
  if (rest.length === 0) {
    into[name === '' ? String(Object.keys(into).length) : name] = value
    return
  }
  const next = into[name]
  const inner: Params = typeof next === 'object' && !Array.isArray(next) ? next : {}
  into[name] = inner
  put(inner, rest, value)
}

function listsIn(value: Value): Value {
  if (typeof value === 'string' || Array.isArray(value)) return value
  const names = Object.keys(value)
  const inner = names.map((name) => listsIn(value[name] ?? ''))
  if (names.length > 0 && names.every((name) => /^\d+$/.test(name))) return inner
  return Object.fromEntries(names.map((name, index) => [name, inner[index] ?? '']))
}
