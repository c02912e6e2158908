/** A text of the documentation, in which code stands between backticks. */
export const Prose = ({ text }: { text: string }) =>
  text.split("`").map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- the parts of one text never change their order
      <code key={index} className="rounded bg-neutral-soft px-1 font-mono text-[0.875em] wrap-anywhere">
        {part}
      </code>
    ),
  );
