import type { AnchorHTMLAttributes, ButtonHTMLAttributes } from "react";

/** `primary`: the main action of a screen. `secondary`: the other actions. `link`: looks like a link. */
export type ButtonLook = "primary" | "secondary" | "link";

const shared =
  "inline-flex min-h-11 max-w-full items-center justify-center gap-2 text-center font-semibold transition-colors " +
  "disabled:cursor-not-allowed aria-disabled:cursor-not-allowed print:hidden";

const looks: Record<ButtonLook, string> = {
  primary:
    "rounded-xl border border-transparent bg-primary px-[min(1.25rem,4vw)] py-2.5 text-on-primary hover:bg-primary-deep " +
    "disabled:bg-neutral-soft disabled:text-neutral aria-disabled:bg-neutral-soft aria-disabled:text-neutral",
  secondary:
    "rounded-xl border border-field bg-card px-[min(1.25rem,4vw)] py-2.5 text-ink hover:bg-neutral-soft disabled:text-muted " +
    "aria-disabled:text-muted",
  link: "text-primary underline decoration-from-font underline-offset-4 hover:text-primary-deep",
};

export const buttonClass = (look: ButtonLook = "primary", className = ""): string =>
  `${shared} ${looks[look]} ${className}`;

type Look = { look?: ButtonLook };

export const Button = ({
  look,
  className,
  type = "button",
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & Look) => (
  // oxlint-disable-next-line react/button-has-type -- the default above is "button"
  <button type={type} className={buttonClass(look, className)} {...rest} />
);

/** A plain anchor that loads a whole new page: no JavaScript, and nothing stale from a client cache. */
export const ButtonLink = ({
  look,
  className,
  children,
  ...rest
}: AnchorHTMLAttributes<HTMLAnchorElement> & Look) => (
  <a className={buttonClass(look, className)} {...rest}>
    {children}
  </a>
);
