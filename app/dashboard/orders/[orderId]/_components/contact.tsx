import { DetailItem, DetailList } from "@/app/dashboard/_components/detail-list";
import { Section } from "@/app/dashboard/_components/section";
import { LocalTime } from "@/components/local-time";
import { AdjustmentLine } from "@/components/adjustment-line";
import { RupiahText } from "@/components/rupiah";
import type { OrderItemRow, OrderRow } from "@/db/queries/orders";
import type { StoredAddress } from "@/db/schema";
import type { SectionProps } from "./section-props";

/** The customer's contact, as it was typed. */
export function Contact({ order, t }: SectionProps & { order: OrderRow }) {
  const orNothing = (value: string | null) =>
    value ?? <span className="text-muted">{t("order.notGiven")}</span>;
  return (
    <Section id="contact" title={t("order.contact")}>
      <DetailList form="stacked">
        <DetailItem name={t("order.name")}>{orNothing(order.customerName)}</DetailItem>
        <DetailItem name={t("order.phone")}>
          {orNothing(order.customerPhone && `+${order.customerPhone}`)}
        </DetailItem>
        <DetailItem name={t("order.email")}>{orNothing(order.customerEmail)}</DetailItem>
        <DetailItem name={t("order.billing")}>{order.billing && <Address of={order.billing} />}</DetailItem>
        <DetailItem name={t("order.shipping")}>
          {order.shipping && <Address of={order.shipping} />}
        </DetailItem>
        <DetailItem name={t("order.created")}>
          <LocalTime iso={order.createdAt.toISOString()} />
        </DetailItem>
        <DetailItem name={t("order.id")}>
          <span className="digits text-sm">{order.id}</span>
        </DetailItem>
      </DetailList>
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

/** What was bought, at the price at that time. */
export const Items = ({
  order,
  items,
  locale,
  t,
}: SectionProps & { order: OrderRow; items: OrderItemRow[] }) => (
  <Section id="items" title={t("order.items")}>
    <ul className="space-y-1.5">
      {items.map((item) => (
        <li key={item.position} className="flex flex-wrap justify-between gap-x-4">
          <span className="min-w-0 flex-1 basis-32">
            {locale === "id" ? item.nameId : item.nameEn}{" "}
            <span className="text-muted">×&nbsp;{item.quantity}</span>
          </span>
          <RupiahText amount={item.price * item.quantity} className="ml-auto" />
        </li>
      ))}
      <AdjustmentLine amount={order.amount} items={items} label={t("order.adjusted")} />
    </ul>
    <p className="mt-3 flex flex-wrap justify-between gap-x-4 border-t border-line pt-3 font-bold">
      {t("order.total")}
      <RupiahText amount={order.amount} />
    </p>
  </Section>
);
