import type { ProblemCode } from "./problem";

type Guide = {
  meaning: string;
  /** What the program or the person who wrote it should do. */
  remedy: string;
};

/** What the page about problems says of each code. Text between backticks is code. */
export const problemGuide: Record<ProblemCode, Guide> = {
  invalid_json: {
    meaning: "The body could not be read as JSON in UTF-8, or the connection ended before it was complete.",
    remedy: "Send the output of a JSON library. Nothing was made, so that the call can be repeated.",
  },
  invalid_request: {
    meaning: "A member is missing, unknown or has a wrong value.",
    remedy:
      "Look at `errors`: each entry has a JSON pointer to the member, such as `/line_items/0/price`, or the name of a query parameter, such as `?limit`. Members that the call does not know are refused, so that a typing error is not taken for an absent member.",
  },
  invalid_idempotency_key: {
    meaning:
      "The header `Idempotency-Key` is empty, longer than 255 characters, or has other signs than printable ASCII.",
    remedy: "Use your order number or a UUID.",
  },
  missing_key: {
    meaning: "There is no `Authorization` header.",
    remedy:
      "Send `Authorization: Bearer kb_…` with a key from the dashboard. Some web servers drop this header: check what arrives.",
  },
  invalid_key: {
    meaning: "The key does not exist, was revoked, or was not copied whole.",
    remedy: "Make a new key in the dashboard under “API keys”. Repeating the call does not help.",
  },
  wrong_environment: {
    meaning:
      "A key of production (`kb_live_…`) came to a shop that is not in production, or a test key (`kb_test_…`) to one that is.",
    remedy: "Check the address that you call, and take a key from the dashboard of that shop.",
  },
  missing_scope: {
    meaning: "The key is valid and may not make this call.",
    remedy: "`detail` names the scope. Make a key that has it; the scopes of a key cannot be changed.",
  },
  not_found: {
    meaning: "There is no call at this address, or nothing with this id.",
    remedy:
      "Check the id and its prefix, such as `cs_` for sessions and `pay_` for payments. Ids of one shop are unknown in another.",
  },
  reference_in_use: {
    meaning: "Another session with this `reference` is open, so that a second one could be paid as well.",
    remedy:
      "Send the shopper to the session that `checkout_session` names, or end it first with `POST /checkout_sessions/{id}/expire`.",
  },
  request_in_progress: {
    meaning: "A call with the same `Idempotency-Key` is still running.",
    remedy: "Repeat it after the seconds in `Retry-After`. You get the answer of the first call.",
  },
  not_possible: {
    meaning:
      "The state of the session or payment does not allow this: it is paid, has ended, or another payment is live.",
    remedy: "`detail` says what stands in the way. Get the session and decide by its `status`.",
  },
  too_large: {
    meaning: "The body is larger than this call takes.",
    remedy: "`detail` names the limit. Leave out long descriptions and metadata.",
  },
  wrong_content_type: {
    meaning: "There is a body, and its `Content-Type` is missing or of another kind than the call takes.",
    remedy:
      "Send `Content-Type: application/json`; many bills may come as `application/x-ndjson` too. Forms are not taken.",
  },
  amount_mismatch: {
    meaning:
      "`amount` is not the sum of price × quantity of all `line_items`, or that sum is too large for an amount.",
    remedy:
      "Leave out `amount`, or add shipping and discounts as a part of the prices. A price is above zero.",
  },
  no_channel_fits: {
    meaning: "None of the channels that may be offered takes this order.",
    remedy:
      "`errors` says for each channel why: the amount is below or above its limit, or there are too many items.",
  },
  channel_not_available: {
    meaning:
      "The channel does not exist, is switched off, is not among those of the session, or does not take this order.",
    remedy: "Get the session: `channels` lists what is offered, and why a channel is not available.",
  },
  incomplete_customer: {
    meaning: "The channel needs more about the customer than the session has.",
    remedy:
      "`errors` names the members. Repeat the call with them, or send the shopper to the `url` of the session, which asks for them.",
  },
  address_not_allowed: {
    meaning:
      "An address that browsers or webhooks would be sent to is none, or not one that production takes: it does not begin with `https://`, or leads to a private network.",
    remedy: "Use an address with TLS on the public internet. `errors` names the member.",
  },
  expires_at_out_of_range: {
    meaning: "`expires_at` is less than 30 minutes or more than 30 days away.",
    remedy: "`errors` has the earliest and the latest time. If your clock is wrong, correct it.",
  },
  change_not_allowed: {
    meaning: "The new amount is outside the limits of the channel, or does not fit this payment.",
    remedy: "`errors` says why. The code keeps its amount.",
  },
  idempotency_key_reused: {
    meaning: "This `Idempotency-Key` was used for another call, or with another body.",
    remedy:
      "Use a new key for every new thing that is made. To repeat a call, send the same bytes as before.",
  },
  not_switched_on: {
    meaning: "The shop does not offer this: top-up codes, bills for direct inquiry, or codes of its own.",
    remedy:
      "The merchant switches it on in the settings, once the account at DOKU has it. `detail` says more.",
  },
  code_taken: {
    meaning: "Another call made an open bill with the same `payment_code` at the same moment.",
    remedy: "Nothing was made. Repeat the call after the seconds in `Retry-After`.",
  },
  refused_by_gateway: {
    meaning: "DOKU answered and refused the request.",
    remedy:
      "`gateway` has DOKU's own code and message. Where it is about a change, the code may be paid already and stays payable: get the payment.",
  },
  rate_limited: {
    meaning: "The key made more calls in a minute than the shop allows.",
    remedy: "Wait for the seconds in `Retry-After`. The merchant can raise `API_CALLS_PER_MINUTE`.",
  },
  internal_error: {
    meaning: "A fault of the shop's software. It is in its log under the `request_id`.",
    remedy:
      "Repeat the call with the same `Idempotency-Key`. If it lasts, tell the merchant the `request_id`.",
  },
  unavailable: {
    meaning: "The database cannot be reached, for example during an update.",
    remedy: "Repeat the call with the same `Idempotency-Key` after the seconds in `Retry-After`.",
  },
};
