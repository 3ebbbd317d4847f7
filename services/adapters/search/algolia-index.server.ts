import type { PublicRecord } from '#services/discovery/public-record.rules.ts'
import type { Moment } from '#services/discovery/ranking.rules.ts'
import type { ReviewedSynonym } from '#services/discovery/words-elsewhere.rules.ts'
import type { EntryDocument } from '#services/discovery/write-entries.server.ts'
import type { SearchIndex } from '#services/ports/search-index.ts'
import type { AlgoliaClient } from './algolia-client.server.ts'
import { objectOf } from './algolia-records.ts'
import { baseSettings, replicasOf } from './algolia-settings.ts'

export interface IndexRules {
  momentOf(this: void, epochMilliseconds: number): Moment
  elsewhere: {
    recordOf(this: void, document: EntryDocument, now: Moment): PublicRecord
    reviewedSynonyms(this: void): ReviewedSynonym[]
  }
}

/** Records in one request: about 2 MB. */
const AT_ONCE = 500
/** Only letters, figures and dashes are safe in an object's id. */
const synonymId = (input: string): string => input.replace(/[^\p{L}\p{N}]+/gu, '-')

/** The index at Algolia, kept with the key that may write. */
export function algoliaIndex(client: AlgoliaClient, index: string, rules: IndexRules): SearchIndex {
  const synonyms = () =>
    rules.elsewhere.reviewedSynonyms().map(({ input, synonyms: others }) => ({
      objectID: synonymId(input),
      type: 'onewaysynonym' as const,
      input,
      synonyms: others,
    }))

  async function put(into: string, documents: readonly EntryDocument[], now: Moment): Promise<number[]> {
    const sdk = await client.writer()
    const tasks: number[] = []
    for (let from = 0; from < documents.length; from += AT_ONCE) {
      const requests = documents.slice(from, from + AT_ONCE).map((document) => ({
        action: 'updateObject' as const,
        body: objectOf(rules.elsewhere.recordOf(document, now)),
      }))
      const { taskID } = await sdk.batch({ indexName: into, batchWriteParams: { requests } })
      tasks.push(taskID)
    }
    return tasks
  }

  async function waitFor(indexName: string, tasks: readonly number[]): Promise<void> {
    const sdk = await client.writer()
    for (const taskID of tasks) await sdk.waitForTask({ indexName, taskID, maxRetries: 200 })
  }

  /** Settings and synonyms of one index, its replicas' too when it has them. */
  async function prepare(indexName: string, replicas: readonly string[]): Promise<void> {
    const sdk = await client.writer()
    const forwardToReplicas = replicas.length > 0
    const settings = await sdk.setSettings({
      indexName,
      indexSettings: { ...baseSettings(), ...(forwardToReplicas && { replicas: [...replicas] }) },
      forwardToReplicas,
    })
    const words = await sdk.saveSynonyms({
      indexName,
      synonymHit: synonyms(),
      forwardToReplicas,
      replaceExistingSynonyms: true,
    })
    await waitFor(indexName, [settings.taskID, words.taskID])
  }

  async function configure(): Promise<void> {
    const sdk = await client.writer()
    const replicas = replicasOf(index)
    await prepare(
      index,
      replicas.map(({ name }) => name),
    )
    for (const { name, ranking } of replicas) {
      const indexSettings = { ...baseSettings(), ranking }
      const { taskID } = await sdk.setSettings({ indexName: name, indexSettings })
      await waitFor(name, [taskID])
    }
  }

  return {
    configure,
    async save(documents, now) {
      await put(index, documents, rules.momentOf(now.epochMilliseconds))
    },
    async remove(ids) {
      const sdk = await client.writer()
      for (let from = 0; from < ids.length; from += AT_ONCE) {
        const requests = ids
          .slice(from, from + AT_ONCE)
          .map((objectID) => ({ action: 'deleteObject' as const, body: { objectID } }))
        await sdk.batch({ indexName: index, batchWriteParams: { requests } })
      }
    },
    async rebuild(batches, now) {
      const sdk = await client.writer()
      const made = `${index}_made_anew`
      // What an earlier attempt left lying there is not taken over.
      const cleared = await sdk.deleteIndex({ indexName: made })
      await waitFor(made, [cleared.taskID])
      await prepare(made, [])
      const moment = rules.momentOf(now.epochMilliseconds)
      const tasks: number[] = []
      let count = 0
      for await (const documents of batches) {
        tasks.push(...(await put(made, documents, moment)))
        count += documents.length
      }
      await waitFor(made, tasks)
      const { taskID } = await sdk.operationIndex({
        indexName: made,
        operationIndexParams: { operation: 'move', destination: index },
      })
      await waitFor(index, [taskID])
      // Which replicas it has does not move with an index.
      await configure()
      return count
    },
  }
}
