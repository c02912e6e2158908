import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { getApiDocument } from "@/lib/server/api/api-document";
import { Call } from "./_components/call";
import { DocsPage } from "./_components/docs-page";
import type { ContentsGroup } from "./_components/docs-page";
import { Introduction } from "./_components/introduction";
import { MemberList } from "./_components/member-list";
import { Prose } from "./_components/prose";
import { toReferenceView } from "./view";
import type { ReferenceView, SchemaView } from "./view";

export const metadata: Metadata = { title: "API reference" };

/** The API, from its own document (docs/decisions/037-the-reference-page.md). */
export default function ReferencePage() {
  const view = toReferenceView(getApiDocument());
  return (
    <DocsPage title="API reference" current="reference" contents={toContents(view)}>
      <Introduction view={view} />
      {view.groups.map(({ title, calls }) => (
        <section key={title} aria-labelledby={toAnchor(title)}>
          <h2 id={toAnchor(title)} className="scroll-mt-4 pb-4 text-xl font-bold">
            {title}
          </h2>
          {calls.map((call) => (
            <Call key={call.id} call={call} />
          ))}
        </section>
      ))}
      <section aria-labelledby="objects" className="border-t border-line pt-8">
        <h2 id="objects" className="scroll-mt-4 text-xl font-bold">
          Objects
        </h2>
        {view.schemas.map((schema) => (
          <Schema key={schema.name} schema={schema} />
        ))}
      </section>
    </DocsPage>
  );
}

const Schema = ({ schema: { name, description, members, choices } }: { schema: SchemaView }) => (
  <section aria-labelledby={name} className="mt-6 max-w-prose">
    <h3 id={name} className="scroll-mt-4 text-lg font-bold wrap-anywhere">
      {name}
    </h3>
    {description && (
      <p className="text-sm text-muted">
        <Prose text={description} />
      </p>
    )}
    <Card className="mt-2 p-4">
      <MemberList members={members} />
      {choices.length > 0 && <Choices choices={choices} />}
    </Card>
  </section>
);

const Choices = ({ choices }: Pick<SchemaView, "choices">) => (
  <>
    <p className="text-sm text-muted">One of these, told apart by its object:</p>
    <ul className="mt-1 flex flex-wrap gap-x-4">
      {choices.map(({ words, schema }) => (
        <li key={words}>
          <a
            href={`#${schema}`}
            className="inline-flex min-h-8 items-center text-sm text-primary underline underline-offset-4"
          >
            {words}
          </a>
        </li>
      ))}
    </ul>
  </>
);

const toAnchor = (title: string): string => title.toLowerCase().replaceAll(" ", "-");

const toContents = ({ groups, schemas }: ReferenceView): ContentsGroup[] => [
  { title: "Introduction", links: [{ href: "#introduction", text: "For every call" }] },
  ...groups.map(({ title, calls }) => ({
    title,
    links: calls.map(({ id, summary }) => ({ href: `#${id}`, text: summary })),
  })),
  { title: "Objects", links: schemas.map(({ name }) => ({ href: `#${name}`, text: name })) },
];
