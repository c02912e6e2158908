import type { Operations } from "./operation";
import {
  PaymentLinkChangeRequest,
  PaymentLinkList,
  PaymentLinkRequest,
  PaymentLinkResource,
} from "./payment-link";
import { PaymentLinkListQuery } from "./requests";

export const paymentLinkOperations: Operations = {
  "/payment_links": {
    post: {
      id: "createPaymentLink",
      summary: "Make a page that a buyer opens from a chat or a printed card",
      scope: "links:write",
      body: PaymentLinkRequest,
      answer: PaymentLinkResource,
      status: 201,
      problems: ["no_channel_fits"],
    },
    get: {
      id: "listPaymentLinks",
      summary: "List payment links, the newest first",
      scope: "links:read",
      query: PaymentLinkListQuery,
      answer: PaymentLinkList,
    },
  },
  "/payment_links/{id}": {
    get: {
      id: "getPaymentLink",
      summary: "Look at a payment link, and at what it earned",
      scope: "links:read",
      answer: PaymentLinkResource,
      problems: ["not_found"],
    },
    patch: {
      id: "changePaymentLink",
      summary: "Change the texts, the stock or the end of a link, or switch it off and on",
      scope: "links:write",
      body: PaymentLinkChangeRequest,
      answer: PaymentLinkResource,
      problems: ["not_found"],
    },
  },
};
