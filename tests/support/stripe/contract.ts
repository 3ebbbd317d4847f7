/**
 * Holds the fake to Stripe's own OpenAPI document (2024-04-10), when it lies beside the clone: `../shared/contracts/stripe`.
 * The SDK speaks a later version. What that renamed or added is named here, so that drift is seen; optional fields of answers
 * may differ freely.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { clone } from '#services/db/clone.server.ts'
import type { Params } from './world.ts'

const FILE = join(clone, '..', 'shared', 'contracts', 'stripe', 'openapi-2024-04-10.json')

/** Parameters that have another name since then. */
const RENAMED: Readonly<Record<string, string>> = { allowed_payment_method_types: 'payment_method_types' }
/** Parameters that are there only since then. */
const ADDED: readonly string[] = ['adaptive_pricing']

interface Schema {
  [keyword: string]: unknown
}
interface Operation {
  requestBody?: { content: { 'application/x-www-form-urlencoded'?: { schema: Schema } } }
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[]
  responses: Record<string, { content: { 'application/json': { schema: Schema } } }>
}
interface Document {
  paths: Record<string, Record<string, Operation | undefined>>
  components: { schemas: Record<string, Schema> }
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** As JSON schema has it: OpenAPI 3.0's `nullable`, and objects that may be given as their id need not be followed. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (!isSchema(value)) return value
  const { nullable, 'x-expansionResources': expansion, ...rest } = value
  const schema: Schema = expansion
    ? { anyOf: [{ type: 'string' }, { type: 'object' }] }
    : Object.fromEntries(Object.entries(rest).map(([name, inner]) => [name, plain(inner)]))
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema
}

export interface Contract {
  request(method: string, path: string, params: Params): string[]
  response(method: string, path: string, status: number, body: unknown): string[]
  event(event: unknown): string[]
}

let read: Contract | null | undefined

/** Null when the document is not there. It is read once. */
export function stripeContract(): Contract | null {
  if (read === undefined) read = existsSync(FILE) ? makeContract() : null
  return read
}

function makeContract(): Contract {
  const document = JSON.parse(readFileSync(FILE, 'utf8')) as Document
  const options = { strict: false, allErrors: true, validateFormats: false, addUsedSchema: false } as const
  // Forms hold texts alone: figures and yes or no are read out of them.
  const forms = new Ajv({ ...options, coerceTypes: true })
  const answers = new Ajv(options)
  const schemas = plain(document.components.schemas)
  answers.addSchema({ $id: 'https://stripe/', components: { schemas } })
  const known = new Map<string, ValidateFunction>()
  const compiled = (ajv: Ajv, name: string, make: () => unknown): ValidateFunction => {
    const found = known.get(name) ?? ajv.compile(make() as Schema)
    known.set(name, found)
    return found
  }
  const problems = (where: string, check: ValidateFunction, data: unknown): string[] =>
    check(data)
      ? []
      : (check.errors ?? []).map(({ instancePath, message = '' }) => `${where} ${instancePath} ${message}`)

  const find = (method: string, path: string): { name: string; operation: Operation } => {
    const parts = path.split('/')
    const fits = (template: string): boolean => {
      const names = template.split('/')
      return (
        names.length === parts.length &&
        names.every((name, index) => name.startsWith('{') || name === parts[index])
      )
    }
    const templates = Object.keys(document.paths).filter(fits)
    // '/v1/payment_intents/search' before '/v1/payment_intents/{intent}'.
    const template = templates.sort((a, b) => a.split('{').length - b.split('{').length)[0] ?? ''
    const operation = document.paths[template]?.[method.toLowerCase()]
    if (!operation) throw new Error(`${method} ${path} is not in Stripe’s document`)
    return { name: `${method} ${template}`, operation }
  }
  const absolute = (schema: unknown): unknown =>
    JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"https://stripe/#/components/'))

  return {
    request(method, path, given) {
      const { name, operation } = find(method, path)
      const params = Object.fromEntries(
        Object.entries(structuredClone(given))
          .filter(([param]) => !ADDED.includes(param))
          .map(([param, value]) => [RENAMED[param] ?? param, value]),
      )
      const check = compiled(forms, `${name} request`, () => {
        const form = operation.requestBody?.content['application/x-www-form-urlencoded']?.schema
        if (method === 'POST') return plain(form ?? { type: 'object', additionalProperties: false })
        const query = (operation.parameters ?? []).filter((one) => one.in === 'query')
        return plain({
          type: 'object',
          additionalProperties: false,
          properties: Object.fromEntries(query.map((one) => [one.name, one.schema])),
          required: query.filter((one) => one.required).map((one) => one.name),
        })
      })
      return problems(`${name} request`, check, params)
    },
    response(method, path, status, body) {
      const { name, operation } = find(method, path)
      const code = status < 300 ? '200' : 'default'
      const check = compiled(answers, `${name} ${code}`, () =>
        absolute(plain(operation.responses[code]?.content['application/json'].schema)),
      )
      return problems(`${name} ${code}`, check, body)
    },
    event(event) {
      const object = (event as { data: { object: { object: string } } }).data.object
      const ref = (name: string) => ({ $ref: `https://stripe/#/components/schemas/${name}` })
      return [
        ...problems(
          'event',
          compiled(answers, 'event', () => ref('event')),
          event,
        ),
        ...problems(
          `event’s ${object.object}`,
          compiled(answers, object.object, () => ref(object.object)),
          object,
        ),
      ]
    },
  }
}
