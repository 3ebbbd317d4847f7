import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { myQuestionsPage } from '#services/questions/questions-page.server.ts'
import { Empty } from '~/components/empty/empty.tsx'
import { BackLink } from '~/components/navigation/navigation.tsx'
import { QuestionList } from '~/components/questions/question-list.tsx'
import { toCircleWithoutPerson } from '~/http/person-pages.server.ts'
import { run } from '~/http/run.server.ts'

export const meta: MetaFunction = () => [{ title: 'Questions to providers – Kith' }]

export const loader = (args: LoaderFunctionArgs) =>
  run(args, ({ deps, actor }) => {
    toCircleWithoutPerson(actor)
    return myQuestionsPage(deps, actor)
  })

export default function MyQuestions() {
  const { self, shortName, questions } = useLoaderData<typeof loader>()
  return (
    <div className="stack-l">
      <BackLink href="/my/week">{self ? 'My week' : `${shortName}’s week`}</BackLink>
      <header className="stack">
        <h1>Questions to providers</h1>
        <p className="lead">What {self ? 'you' : shortName} asked before deciding. Nothing here is booked.</p>
      </header>
      {questions.length === 0 ? (
        <Empty title="Nothing was asked yet" level={2}>
          <p>
            On the page of each service you can ask its provider something, or ask to look round or to meet
            who would come. <a href="/find">Find support</a>
          </p>
        </Empty>
      ) : (
        <QuestionList caption="Questions" other="Provider" base="/my/questions" questions={questions} />
      )}
    </div>
  )
}
