/** The perforated line of a receipt, across a card. */
export const ReceiptDivider = ({ className = "" }: { className?: string }) => (
  <div aria-hidden="true" className={`perforation ${className}`} />
);
