/** The codes of problems, each with its explanation. */
export const ProblemLinks = ({ codes }: { codes: readonly string[] }) => (
  <ul className="flex flex-wrap gap-x-3">
    {codes.map((code) => (
      <li key={code}>
        <a
          href={`/docs/problems#${code}`}
          className="inline-flex min-h-8 items-center font-mono text-sm text-primary underline underline-offset-4"
        >
          {code}
        </a>
      </li>
    ))}
  </ul>
);
