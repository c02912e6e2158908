import { createDocument } from "zod-openapi";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import type { ApiDocument } from "./open-api";
import type { Operations } from "./operation";
import { paymentLinkOperations } from "./payment-link-operations";
import type { ProblemCode } from "./problem";
import * as requests from "./requests";
import * as resources from "./resources";
import { PaymentResource, SessionList, SessionResource } from "./resources";
import { toOperation } from "./to-operation";

const forNewSessions: readonly ProblemCode[] = [
  "reference_in_use",
  "amount_mismatch",
  "no_channel_fits",
  "channel_not_available",
  "address_not_allowed",
  "expires_at_out_of_range",
];

/** Every call of the API, by path and method; a test compares it with the route handlers. */
const operations: Operations = {
  "/checkout_sessions": {
    post: {
      id: "createCheckoutSession",
      summary: "Ask for a checkout session",
      scope: "sessions:write",
      body: requests.SessionRequest,
      answer: SessionResource,
      status: 201,
      problems: forNewSessions,
    },
    get: {
      id: "listCheckoutSessions",
      summary: "List checkout sessions, the newest first",
      scope: "sessions:read",
      query: requests.SessionListQuery,
      answer: SessionList,
    },
  },
  "/checkout_sessions/{id}": {
    get: {
      id: "getCheckoutSession",
      summary: "Look at a checkout session",
      scope: "sessions:read",
      answer: SessionResource,
      problems: ["not_found"],
    },
  },
  "/checkout_sessions/{id}/expire": {
    post: {
      id: "expireCheckoutSession",
      summary: "End a session, and cancel its code where the channel can",
      scope: "sessions:write",
      body: requests.EmptyRequest,
      answer: SessionResource,
      problems: ["not_found", "not_possible"],
    },
  },
  "/checkout_sessions/{id}/payments": {
    post: {
      id: "createSessionPayment",
      summary: "Get a payment code, or an address to continue on, without our page",
      scope: "payments:write",
      body: requests.SessionPaymentRequest,
      answer: PaymentResource,
      status: 201,
      problems: [
        "not_found",
        "not_possible",
        "incomplete_customer",
        "channel_not_available",
        "refused_by_gateway",
      ],
    },
  },
  "/payments": {
    post: {
      id: "createPayment",
      summary: "A session and its payment in one call",
      scope: "payments:write",
      body: requests.PaymentRequest,
      answer: PaymentResource,
      status: 201,
      problems: [...forNewSessions, "not_possible", "incomplete_customer", "refused_by_gateway"],
    },
  },
  "/payments/{id}": {
    get: {
      id: "getPayment",
      summary: "Look at a payment",
      scope: "payments:read",
      answer: PaymentResource,
      problems: ["not_found"],
    },
    patch: {
      id: "changePayment",
      summary: "Change the amount of a code, or start its time again",
      scope: "payments:write",
      body: requests.PaymentChangeRequest,
      answer: PaymentResource,
      problems: ["not_found", "not_possible", "change_not_allowed", "refused_by_gateway"],
    },
  },
  "/payments/{id}/cancel": {
    post: {
      id: "cancelPayment",
      summary: "Cancel a code at DOKU",
      scope: "payments:write",
      body: requests.EmptyRequest,
      answer: PaymentResource,
      problems: ["not_found", "not_possible", "refused_by_gateway"],
    },
  },
  "/payments/{id}/check": {
    post: {
      id: "checkPayment",
      summary: "Ask DOKU now, at most once a minute",
      scope: "payments:write",
      body: requests.EmptyRequest,
      answer: PaymentResource,
      problems: ["not_found"],
    },
  },
  "/bills": {
    post: {
      id: "createBills",
      summary: "Make up to 10,000 bills for direct inquiry: all of them, or none",
      scope: "codes:write",
      body: requests.BillsRequest,
      answer: resources.BillList,
      status: 201,
      problems: ["not_switched_on", "code_taken"],
    },
    get: {
      id: "listBills",
      summary: "List bills, the newest first",
      scope: "codes:read",
      query: requests.BillListQuery,
      answer: resources.BillList,
    },
  },
  "/bills/{id}": {
    get: {
      id: "getBill",
      summary: "Look at a bill",
      scope: "codes:read",
      answer: resources.BillResource,
      problems: ["not_found"],
    },
  },
  "/top_up_codes": {
    post: {
      id: "createTopUpCode",
      summary: "Make a code that one customer pays again and again",
      scope: "codes:write",
      body: requests.TopUpCodeRequest,
      answer: resources.TopUpCodeResource,
      status: 201,
      problems: ["not_switched_on", "refused_by_gateway"],
    },
    get: {
      id: "listTopUpCodes",
      summary: "List top-up codes, the newest first",
      scope: "codes:read",
      query: requests.TopUpCodeListQuery,
      answer: resources.TopUpCodeList,
    },
  },
  "/top_up_codes/{id}": {
    get: {
      id: "getTopUpCode",
      summary: "Look at a top-up code",
      scope: "codes:read",
      answer: resources.TopUpCodeResource,
      problems: ["not_found"],
    },
  },
  "/events": {
    get: {
      id: "listEvents",
      summary: "What happened, the newest first, for 90 days",
      scope: "events:read",
      query: requests.EventListQuery,
      answer: resources.EventList,
    },
  },
  "/events/{id}": {
    get: {
      id: "getEvent",
      summary: "Look at an event",
      scope: "events:read",
      answer: resources.EventResource,
      problems: ["not_found"],
    },
  },
  "/webhook_endpoints": {
    post: {
      id: "createWebhookEndpoint",
      summary: "Be told of events at an address",
      scope: "webhooks:write",
      body: requests.WebhookEndpointRequest,
      answer: resources.WebhookEndpointResource,
      status: 201,
      problems: ["address_not_allowed"],
    },
    get: {
      id: "listWebhookEndpoints",
      summary: "List endpoints, the newest first",
      scope: "webhooks:read",
      answer: resources.WebhookEndpointList,
    },
  },
  "/webhook_endpoints/{id}": {
    get: {
      id: "getWebhookEndpoint",
      summary: "Look at an endpoint",
      scope: "webhooks:read",
      answer: resources.WebhookEndpointResource,
      problems: ["not_found"],
    },
    patch: {
      id: "changeWebhookEndpoint",
      summary: "Change an endpoint, or switch it off and on",
      scope: "webhooks:write",
      body: requests.WebhookEndpointChange,
      answer: resources.WebhookEndpointResource,
      problems: ["not_found", "address_not_allowed"],
    },
    delete: {
      id: "deleteWebhookEndpoint",
      summary: "Remove an endpoint",
      scope: "webhooks:write",
      answer: resources.WebhookEndpointResource,
      problems: ["not_found"],
    },
  },
  "/webhook_endpoints/{id}/rotate_secret": {
    post: {
      id: "rotateWebhookSecret",
      summary: "Replace the secret; the one before counts for another day",
      scope: "webhooks:write",
      body: requests.EmptyRequest,
      answer: resources.WebhookEndpointResource,
      problems: ["not_found"],
    },
  },
  "/webhook_endpoints/{id}/test": {
    post: {
      id: "testWebhookEndpoint",
      summary: "Send a `webhook.test` event to this endpoint alone",
      scope: "webhooks:write",
      body: requests.EmptyRequest,
      answer: resources.EventResource,
      problems: ["not_found"],
    },
  },
  "/webhook_endpoints/{id}/resend": {
    post: {
      id: "resendEvents",
      summary: "Send all events of a time again, at most 10,000",
      scope: "webhooks:write",
      body: requests.ResendRequest,
      answer: resources.ResentResource,
      problems: ["not_found"],
    },
  },
  "/webhook_deliveries": {
    get: {
      id: "listWebhookDeliveries",
      summary: "What became of the messages to an endpoint, the newest first",
      scope: "webhooks:read",
      query: requests.DeliveryListQuery,
      answer: resources.WebhookDeliveryList,
    },
  },
  "/webhook_deliveries/{id}/resend": {
    post: {
      id: "resendDelivery",
      summary: "Send one message again",
      scope: "webhooks:write",
      body: requests.EmptyRequest,
      answer: resources.ResentResource,
      problems: ["not_found"],
    },
  },
  ...paymentLinkOperations,
};

/** `GET /checkout_sessions/{id}` and so on. */
export const listOperations = (): string[] =>
  Object.entries(operations).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );

/** The OpenAPI 3.1 document, from the same schemas that parse the requests. @param server address of the API */
export function buildDocument(server: string): ApiDocument {
  const document = createDocument(
    {
      openapi: "3.1.0",
      info: {
        title: "Kode Bayar",
        version: "1.0.0",
        description: "Cash at Alfa Group and Indomaret, and pay later, through DOKU.",
      },
      servers: [{ url: server }],
      security: [{ key: [] }],
      components: {
        securitySchemes: {
          key: { type: "http", scheme: "bearer", description: "`kb_live_…` or `kb_test_…`" },
        },
      },
      paths: Object.fromEntries(
        Object.entries(operations).map(([path, methods]) => [
          path,
          Object.fromEntries(
            Object.entries(methods).map(([method, operation]) => [method, toOperation(path, operation)]),
          ),
        ]),
      ) satisfies ZodOpenApiPathsObject,
    },
    { override: leaveOpen },
  );
  // The library's type allows all of OpenAPI; a test holds that the document has these parts.
  return document as ApiDocument;
}

/** Answers may have new members in any release; a program that checks them against the document must not refuse one. */
function leaveOpen({
  jsonSchema,
  io,
}: {
  jsonSchema: { additionalProperties?: unknown };
  io: "input" | "output";
}) {
  if (io === "output" && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}
