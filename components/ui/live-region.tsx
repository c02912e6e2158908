/** Where a screen reader hears what changed: once, politely, and invisible to the eye. One a page. */
export const LiveRegion = ({ children }: { children: string }) => (
  <output aria-live="polite" className="sr-only">
    {children}
  </output>
);
