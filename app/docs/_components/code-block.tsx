/** Program text or JSON, which scrolls in its own frame, by keyboard too. */
export const CodeBlock = ({ title, code }: { title: string; code: string }) => (
  <figure className="min-w-0">
    <figcaption className="mb-1 text-sm text-muted">{title}</figcaption>
    <pre
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
      tabIndex={0}
      className="max-h-96 overflow-auto rounded-xl border border-line bg-card p-3 font-mono text-xs leading-relaxed"
    >
      {code}
    </pre>
  </figure>
);
