/**
 * Holds every request, and the fake's answers, to Algolia's own OpenAPI document, when it lies beside the clone:
 * `../shared/contracts/algolia`.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { parse } from 'yaml'
import { clone } from '#services/db/clone.server.ts'

const FILE = join(clone, '..', 'shared', 'contracts', 'algolia', 'search.yml')

interface Schema {
  [keyword: string]: unknown
}
interface Parameter {
  $ref?: string
  name: string
  in: string
  required?: boolean
}
interface Operation {
  requestBody?: { content: { 'application/json'?: { schema: Schema } } }
  parameters?: Parameter[]
  responses: Record<string, { $ref?: string; content?: { 'application/json': { schema: Schema } } }>
}
interface Document {
  paths: Record<string, Record<string, Operation | undefined>>
  components: {
    schemas: Record<string, Schema>
    parameters: Record<string, Parameter>
    responses: Record<string, unknown>
  }
}

const ID = 'https://algolia/'
const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The SDK says its own name with every request; the document leaves that out. */
const OF_THE_SDK = new Set(['x-algolia-agent'])

const named = (document: Document, schema: Schema): Schema => {
  const ref = typeof schema['$ref'] === 'string' ? (schema['$ref'].split('/').at(-1) ?? '') : null
  return ref === null ? schema : named(document, document.components.schemas[ref] ?? {})
}

/**
 * The parts of an `allOf` as one object: the document means their names together where each part says that it knows no others. Of
 * parameters that may be one text or an object, the object: that is how they are sent here.
 */
function merged(document: Document, given: Schema): Schema {
  const schema = named(document, given)
  const choice = (schema['oneOf'] as Schema[] | undefined)?.map((one) => merged(document, one))
  const parts = [
    ...((schema['allOf'] as Schema[] | undefined) ?? []).map((part) => merged(document, part)),
    ...(choice ? [choice.at(-1) ?? {}] : []),
  ]
  const own = { properties: {}, required: [], ...schema }
  return {
    type: 'object',
    properties: Object.assign({}, own.properties, ...parts.map((part) => part['properties'])) as Schema,
    required: [...(own.required as string[]), ...parts.flatMap((part) => part['required'] as string[])],
    additionalProperties: ![schema, ...parts].some((part) => part['additionalProperties'] === false),
  }
}

/** As JSON schema has it: OpenAPI 3.0's `nullable`, `allOf` of closed objects, and references from the document's root. */
function plain(document: Document, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => plain(document, one))
  if (!isSchema(value)) return value
  if (Array.isArray(value['allOf'])) return plain(document, merged(document, value))
  const { nullable, discriminator: _none, example: _example, oneOf, ...rest } = value
  const schema: Schema = Object.fromEntries(
    Object.entries({ ...rest, ...(oneOf !== undefined && { anyOf: oneOf }) }).map(([name, inner]) => [
      name,
      name === '$ref' && typeof inner === 'string' ? inner.replace(/^#/, `${ID}#`) : plain(document, inner),
    ]),
  )
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema
}

export interface Contract {
  /** What is wrong with a request; empty when nothing is. */
  request(method: string, path: string, query: URLSearchParams, body: unknown): string[]
  response(method: string, path: string, status: number, body: unknown): string[]
}

let read: Contract | null | undefined

/** Null when the document is not there. It is read once. */
export function algoliaContract(): Contract | null {
  if (read === undefined) read = existsSync(FILE) ? makeContract() : null
  return read
}

function makeContract(): Contract {
  const document = parse(readFileSync(FILE, 'utf8')) as Document
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
  ajv.addSchema({ $id: ID, components: plain(document, document.components) })
  const known = new Map<string, ValidateFunction>()
  const check = (name: string, schema: Schema, data: unknown): string[] => {
    const validate = known.get(name) ?? ajv.compile(plain(document, schema) as Schema)
    known.set(name, validate)
    if (validate(data)) return []
    return (validate.errors ?? []).map(
      ({ instancePath, message = '' }) => `${name} ${instancePath} ${message}`,
    )
  }
  const find = (method: string, path: string): { name: string; operation: Operation } => {
    const parts = path.split('/')
    const templates = Object.keys(document.paths).filter((template) => {
      const names = template.split('/')
      return (
        template !== '/{path}' &&
        names.length === parts.length &&
        names.every((name, i) => name.startsWith('{') || name === parts[i])
      )
    })
    const template = templates.sort((a, b) => a.split('{').length - b.split('{').length)[0] ?? ''
    const operation = document.paths[template]?.[method.toLowerCase()]
    if (!operation) throw new Error(`${method} ${path} is not in Algolia’s document`)
    return { name: `${method} ${template}`, operation }
  }
  const searchParameters = merged(document, { $ref: '#/components/schemas/SearchForHits' })[
    'properties'
  ] as Schema

  return {
    request(method, path, query, body) {
      const { name, operation } = find(method, path)
      const allowed = (operation.parameters ?? []).map((one) =>
        one.$ref ? (document.components.parameters[one.$ref.split('/').at(-1) ?? ''] ?? one) : one,
      )
      const names = new Set(allowed.filter((one) => one.in === 'query').map((one) => one.name))
      const odd = [...query.keys()].filter((key) => !names.has(key) && !OF_THE_SDK.has(key))
      const schema = operation.requestBody?.content['application/json']?.schema
      const problems = odd.map((key) => `${name} ?${key} is not in Algolia’s document`)
      // Search parameters are a union that lets unknown names through: a misspelt one would do nothing and say nothing.
      if (path.endsWith('/queries'))
        for (const request of (body as { requests: object[] }).requests)
          for (const key of Object.keys(request))
            if (!(key in searchParameters)) problems.push(`${name} ${key} is no parameter of a search`)
      return [...problems, ...(schema ? check(`${name} request`, schema, body) : [])]
    },
    response(method, path, status, body) {
      const { name, operation } = find(method, path)
      const given = operation.responses[String(status)]
      const ref = given?.$ref?.split('/').at(-1)
      const response = (ref ? document.components.responses[ref] : given) as typeof given
      const schema = response?.content?.['application/json'].schema
      return schema ? check(`${name} ${String(status)}`, schema, body) : []
    },
  }
}
