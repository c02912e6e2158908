/** Announces changes to screen readers, politely and invisibly. One for each page. */
export const LiveRegion = ({ children }: { children: string }) => (
  <output aria-live="polite" className="sr-only">
    {children}
  </output>
);
