import { getDrawing } from "./product-drawings";

export const ProductDrawing = ({ productId, className = "" }: { productId: string; className?: string }) => (
  <svg
    viewBox="0 0 64 64"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.75"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    className={className}
    // A constant in the code: it holds no user input.
    dangerouslySetInnerHTML={{ __html: getDrawing(productId) }}
  />
);
