import type { ReactNode } from "react";

type Props = {
  title: ReactNode;
  children: ReactNode;
  className?: string;
  onOpen?: () => void;
  open?: boolean;
};

/** Content that most people do not need now. A native `details`, so it opens without JavaScript. */
export const Disclosure = ({ title, children, className = "", onOpen, open }: Props) => (
  <details
    open={open}
    onToggle={onOpen && ((event) => event.currentTarget.open && onOpen())}
    className={`group border-b border-line print:hidden ${className}`}
  >
    <summary className="flex min-h-12 list-none items-center justify-between gap-3 py-2 font-semibold">
      {title}
      <svg
        viewBox="0 0 16 16"
        aria-hidden="true"
        className="size-4 shrink-0 fill-none stroke-current stroke-2 transition-transform group-open:rotate-180"
      >
        <path d="M3 6l5 5 5-5" />
      </svg>
    </summary>
    <div className="pb-5">{children}</div>
  </details>
);
