import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { providerQuestionsPage } from '#services/questions/questions-page.server.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { QuestionList } from '~/components/questions/question-list.tsx'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Questions from people – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => providerQuestionsPage(deps, actor))

export default function ProviderQuestions() {
  const { questions } = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <BackLink href="/provider">Today</BackLink>
      <header className="stack">
        <h1>Questions from people</h1>
        <p className="lead">
          They are deciding. You see what they write and not who they are; you learn that when they ask for
          support.
        </p>
      </header>
      {questions.length === 0 ? (
        <Empty title="Nobody has asked anything yet" level={2}>
          <p>When somebody does, it is here and we tell you.</p>
        </Empty>
      ) : (
        <QuestionList caption="Questions" other="What" base="/provider/questions" questions={questions} />
      )}
    </div>
  )
}
