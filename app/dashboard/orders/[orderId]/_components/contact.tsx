import { Fact, Facts } from "@/app/dashboard/_components/facts";
import { Section } from "@/app/dashboard/_components/section";
import { LocalTime } from "@/components/local-time";
import { AdjustmentLine } from "@/components/adjustment-line";
import { RupiahText } from "@/components/rupiah";
import type { OrderItemRow, OrderRow } from "@/db/queries/orders";
import type { StoredAddress } from "@/db/schema";
import type { Shared } from "../page";

/** Whose order it is, as they wrote it. */
export function Contact({ order, locale, labels }: Shared & { order: OrderRow }) {
  const texts = labels.order;
  const orNothing = (value: string | null) => value ?? <span className="text-muted">{texts.notGiven}</span>;
  return (
    <Section id="contact" title={texts.contact}>
      <Facts form="stacked">
        <Fact name={texts.name}>{orNothing(order.customerName)}</Fact>
        <Fact name={texts.phone}>{orNothing(order.customerPhone && `+${order.customerPhone}`)}</Fact>
        <Fact name={texts.email}>{orNothing(order.customerEmail)}</Fact>
        <Fact name={texts.billing}>{order.billing && <Address of={order.billing} />}</Fact>
        <Fact name={texts.shipping}>{order.shipping && <Address of={order.shipping} />}</Fact>
        <Fact name={texts.created}>
          <LocalTime iso={order.createdAt.toISOString()} locale={locale} />
        </Fact>
        <Fact name={texts.id}>
          <span className="digits text-sm">{order.id}</span>
        </Fact>
      </Facts>
    </Section>
  );
}

const Address = ({ of }: { of: StoredAddress }) => (
  <address className="not-italic">
    {of.firstName} {of.lastName}
    <br />
    {of.address}
    <br />
    {of.city} {of.postalCode}
    <br />
    {of.phone}
  </address>
);

/** What was bought, at the price of that moment. */
export const Items = ({
  order,
  items,
  locale,
  labels,
}: Shared & { order: OrderRow; items: OrderItemRow[] }) => (
  <Section id="items" title={labels.order.items}>
    <ul className="space-y-1.5">
      {items.map((item) => (
        <li key={item.position} className="flex justify-between gap-4">
          <span className="min-w-0">
            {locale === "id" ? item.nameId : item.nameEn}{" "}
            <span className="text-muted">×&nbsp;{item.quantity}</span>
          </span>
          <RupiahText amount={item.price * item.quantity} locale={locale} />
        </li>
      ))}
      <AdjustmentLine amount={order.amount} items={items} locale={locale} label={labels.order.adjusted} />
    </ul>
    <p className="mt-3 flex flex-wrap justify-between gap-x-4 border-t border-line pt-3 font-bold">
      {labels.order.total}
      <RupiahText amount={order.amount} locale={locale} />
    </p>
  </Section>
);
