import type { MethodCard } from "./method-card";

type Props = { methods: readonly MethodCard[]; children: (channel: string) => string };

/** One text for each method that continues at a page. The style sheet shows the one of the chosen method. */
export const PageTexts = ({ methods, children }: Props) =>
  methods.map(
    ({ channel, name, means }, place) =>
      means === "link" && (
        <span key={channel} data-words-of={place}>
          {children(name)}
        </span>
      ),
  );
