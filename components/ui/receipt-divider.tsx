/** The perforated line of a receipt, across a card: the product's only decoration. */
export const ReceiptDivider = ({ className = "" }: { className?: string }) => (
  <div aria-hidden="true" className={`perforation ${className}`} />
);
