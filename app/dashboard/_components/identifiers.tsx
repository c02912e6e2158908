/** The acquirer's ids of a payment, a line each, in DOKU's order; the same name may come twice. */
export const Identifiers = ({ list }: { list: readonly { name: string; value: string }[] | null }) =>
  list === null || list.length === 0 ? null : (
    <span className="digits block text-sm whitespace-pre-line wrap-anywhere">
      {list.map(({ name, value }) => `${name}: ${value}`).join("\n")}
    </span>
  );
