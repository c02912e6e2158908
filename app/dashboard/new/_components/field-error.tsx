/** What is wrong with a field or a group of them; nothing while nothing is wrong. */
export const FieldError = ({ id, children }: { id: string; children: string | undefined }) =>
  children === undefined ? null : (
    <p id={id} className="mt-2 flex gap-1.5 text-sm font-semibold text-danger">
      <span aria-hidden="true">!</span>
      {children}
    </p>
  );
