type Props = {
  link: { slug: string; picturedAt: Date | null };
  /** "" where the title stands beside it. */
  alt: string;
  className: string;
};

/** The picture of a payment link; nothing while it has none. */
export const LinkImage = ({ link: { slug, picturedAt }, alt, className }: Props) =>
  picturedAt && (
    // oxlint-disable-next-line next/no-img-element -- nothing is optimised here, and next/image sets a style that the policy forbids
    <img
      // The time makes a browser load a new picture.
      src={`/l/${slug}/picture?${picturedAt.getTime()}`}
      alt={alt}
      className={`aspect-4/3 w-full bg-neutral-soft object-cover ${className}`}
    />
  );
