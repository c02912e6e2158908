import type { MethodCard } from "./method-card";

type Props = { methods: readonly MethodCard[]; children: (channel: string) => string };

/** The texts that follow the choice, for each way to pay that goes on at a page: shown by style sheet, by its place. */
export const PageTexts = ({ methods, children }: Props) =>
  methods.map(
    ({ channel, name, means }, place) =>
      means === "link" && (
        <span key={channel} data-words-of={place}>
          {children(name)}
        </span>
      ),
  );
